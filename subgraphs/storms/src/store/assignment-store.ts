import type { Tx } from '@stormops/chassis/database/transaction'
import type { AppliedCounts } from '../domain/applied-counts.ts'
import type { Policy, PolicyOutcome } from '../domain/policy.ts'
import type { Assignment } from '../domain/property.ts'

/** What a policy needs of a property. */
export type ScoredProperty = {
  readonly id: string
  readonly uplift: number | null
  readonly suppressed: boolean
  readonly zip: string | null
  readonly persona: string | null
}

export type Decided = ScoredProperty & PolicyOutcome & { readonly draw: number }

export type DecisionCounts = { readonly treat: number; readonly hold: number; readonly excluded: number }

export type AssignmentStore = {
  /** Every property of the storm once, `size` at a time, with its score. */
  readonly scoredPages: (stormId: string, size: number) => AsyncGenerator<readonly ScoredProperty[]>
  readonly clear: (stormId: string) => Promise<void>
  readonly insert: (
    stormId: string,
    policy: Policy,
    modelVersion: string,
    decided: readonly Decided[],
  ) => Promise<void>
  /** Marks properties that the crew touched before they were decided over; kinds in `outreach` count. */
  readonly markTouched: (stormId: string, outreach: readonly string[]) => Promise<void>
  /**
   * Holds back the lowest-scored treated properties until at most `capacity` are treated; equal scores by draw, then
   * id. Returns the highest score cut, null when nothing was.
   */
  readonly cutToCapacity: (stormId: string, capacity: number) => Promise<number | null>
  readonly counts: (stormId: string) => Promise<DecisionCounts>
  readonly countsByStorm: (stormIds: readonly string[]) => Promise<ReadonlyMap<string, AppliedCounts>>
  readonly anyOutcome: (stormId: string) => Promise<boolean>
  readonly manyByPropertyId: (propertyIds: readonly string[]) => Promise<readonly Assignment[]>
}

type AssignmentRow = Omit<Assignment, 'value'> & { readonly value: string | null }

export const assignmentStore = ({ tenantId, rows, change }: Tx): AssignmentStore => ({
  scoredPages: async function* (stormId, size) {
    let after: string | null = null
    for (;;) {
      const page: readonly ScoredProperty[] = await rows(
        `select p.id, s.uplift, p.suppressed is not null as suppressed, p.zip, p.persona
         from storms.property p
         left join storms.score s on s.tenant_id = p.tenant_id and s.storm_id = p.storm_id and s.property_id = p.id
         where p.tenant_id = $1 and p.storm_id = $2 and ($3::uuid is null or p.id > $3) order by p.id limit $4`,
        [tenantId, stormId, after, size],
      )
      const last = page.at(-1)
      if (last === undefined) return
      yield page
      if (page.length < size) return
      after = last.id
    }
  },
  clear: async (stormId) => {
    await change(`delete from storms.assignment where tenant_id = $1 and storm_id = $2`, [tenantId, stormId])
  },
  insert: async (stormId, policy, modelVersion, decided) => {
    const column = <Value>(of: (row: Decided) => Value): Value[] => decided.map(of)
    await change(
      `insert into storms.assignment (tenant_id, storm_id, threshold, holdout_share, exploration_share, model_version,
         property_id, decision, reason, uplift, draw, zip, persona)
       select $1, $2, $3, $4, $5, $6, t.*
       from unnest($7::uuid[], $8::text[], $9::text[], $10::float8[], $11::float8[], $12::text[], $13::text[])
         as t (property_id, decision, reason, uplift, draw, zip, persona)`,
      [
        tenantId,
        stormId,
        policy.threshold,
        policy.holdoutShare,
        policy.explorationShare,
        modelVersion,
        column((row) => row.id),
        column((row) => row.decision),
        column((row) => row.reason),
        column((row) => row.uplift),
        column((row) => row.draw),
        column((row) => row.zip),
        column((row) => row.persona),
      ],
    )
  },
  markTouched: async (stormId, outreach) => {
    await change(
      `update storms.assignment a set touched_at = first.at
       from (select property_id, min(at) as at from storms.journey_event
             where tenant_id = $1 and storm_id = $2 and kind = any ($3::text[]) group by property_id) first
       where a.tenant_id = $1 and a.storm_id = $2 and a.property_id = first.property_id`,
      [tenantId, stormId, outreach],
    )
  },
  cutToCapacity: async (stormId, capacity) => {
    const [row] = await rows<{ cut: number | null }>(
      `with lowest as (
         select property_id, row_number() over (order by uplift desc, draw desc, property_id desc) as place
         from storms.assignment where tenant_id = $1 and storm_id = $2 and decision = 'TREAT'
       ), cut as (
         update storms.assignment a set decision = 'HOLD', reason = 'CAPACITY'
         from lowest where lowest.place > $3 and a.tenant_id = $1 and a.storm_id = $2 and a.property_id = lowest.property_id
         returning a.uplift
       )
       select max(uplift) as cut from cut`,
      [tenantId, stormId, capacity],
    )
    return row?.cut ?? null
  },
  counts: async (stormId) => {
    const [row] = await rows<DecisionCounts>(
      `select count(*) filter (where decision = 'TREAT')::int as treat,
              count(*) filter (where decision = 'HOLD')::int as hold,
              count(*) filter (where decision = 'EXCLUDED')::int as excluded
       from storms.assignment where tenant_id = $1 and storm_id = $2`,
      [tenantId, stormId],
    )
    return row ?? { treat: 0, hold: 0, excluded: 0 }
  },
  countsByStorm: async (stormIds) => {
    const counts = await rows<AppliedCounts & { storm_id: string }>(
      `select storm_id, count(*) filter (where decision = 'TREAT')::int as treat,
              count(*) filter (where decision = 'HOLD')::int as hold,
              count(*) filter (where decision = 'EXCLUDED')::int as excluded,
              count(converted) > 0 as frozen
       from storms.assignment where tenant_id = $1 and storm_id = any ($2::uuid[]) group by storm_id`,
      [tenantId, stormIds],
    )
    return new Map(counts.map(({ storm_id, ...rest }) => [storm_id, rest]))
  },
  anyOutcome: async (stormId) => {
    const found = await rows(
      `select from storms.assignment where tenant_id = $1 and storm_id = $2 and converted is not null limit 1`,
      [tenantId, stormId],
    )
    return found.length > 0
  },
  manyByPropertyId: async (propertyIds) => {
    const found = await rows<AssignmentRow>(
      `select a.property_id as "propertyId", a.decision, a.reason, a.uplift, a.converted, a.value, a.currency,
         a.outcome_at as "outcomeAt"
       from storms.property p
       join storms.assignment a on a.tenant_id = p.tenant_id and a.storm_id = p.storm_id and a.property_id = p.id
       where p.tenant_id = $1 and p.id = any ($2::uuid[])`,
      [tenantId, propertyIds],
    )
    return found.map((row) => ({ ...row, value: row.value === null ? null : Number(row.value) }))
  },
})
