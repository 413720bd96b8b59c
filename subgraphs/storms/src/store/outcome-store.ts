import type { Tx } from '@stormops/chassis/database/transaction'
import type { GivenOutcome } from '../domain/outcome.ts'

export type GivenEvent = {
  readonly stormId: string
  readonly externalId: string
  readonly kind: string
  readonly at: Date
  readonly clientEventId: string
}

export type OutcomeStore = {
  /** Places in `outcomes` whose property an earlier one names, be it by its other id. */
  readonly repeated: (stormId: string, outcomes: readonly GivenOutcome[]) => Promise<readonly number[]>
  /** Places in `outcomes` whose property is not in the storm, or has no decision. */
  readonly unassigned: (stormId: string, outcomes: readonly GivenOutcome[]) => Promise<readonly number[]>
  /** Writes each outcome over what was recorded before, and returns how many. */
  readonly record: (stormId: string, outcomes: readonly GivenOutcome[]) => Promise<number>
  /** Places in `events` whose storm and external id are no property of the tenant's. */
  readonly unknownProperties: (events: readonly GivenEvent[]) => Promise<readonly number[]>
  /** Returns how many were new. Kinds in `outreach` mark their property as touched from the earliest of them on. */
  readonly ingest: (events: readonly GivenEvent[], outreach: readonly string[]) => Promise<number>
}

const NAMED_OUTCOMES = `
  select t.place, coalesce(t.property_id, p.id) as property_id
  from unnest($3::int[], $4::uuid[], $5::text[]) as t (place, property_id, external_id)
  left join storms.property p on p.tenant_id = $1 and p.storm_id = $2 and p.external_id = t.external_id`

const namesOf = (outcomes: readonly GivenOutcome[]): readonly unknown[] => [
  outcomes.map((_outcome, place) => place),
  outcomes.map(({ propertyId }) => propertyId),
  outcomes.map(({ externalId }) => externalId),
]

export const outcomeStore = ({ tenantId, rows, change }: Tx): OutcomeStore => ({
  repeated: async (stormId, outcomes) => {
    const found = await rows<{ place: number }>(
      `select place from (
         select place, row_number() over (partition by property_id order by place) as mention
         from (${NAMED_OUTCOMES}) named where property_id is not null
       ) mentioned where mention > 1 order by place`,
      [tenantId, stormId, ...namesOf(outcomes)],
    )
    return found.map(({ place }) => place)
  },
  unassigned: async (stormId, outcomes) => {
    const found = await rows<{ place: number }>(
      `select named.place from (${NAMED_OUTCOMES}) named
       left join storms.assignment a on a.tenant_id = $1 and a.storm_id = $2 and a.property_id = named.property_id
       where a.property_id is null order by named.place`,
      [tenantId, stormId, ...namesOf(outcomes)],
    )
    return found.map(({ place }) => place)
  },
  record: (stormId, outcomes) =>
    change(
      `with named as materialized (${NAMED_OUTCOMES}
       ), held as materialized (
         select a.property_id from storms.assignment a
         where a.tenant_id = $1 and a.storm_id = $2 and a.property_id in (select property_id from named)
         order by a.property_id for update
       )
       update storms.assignment a
       set converted = given.converted, value = given.value, currency = given.currency, outcome_at = given.at
       from named
       join held using (property_id)
       join unnest($3::int[], $6::bool[], $7::bigint[], $8::text[], $9::timestamptz[])
         as given (place, converted, value, currency, at) on given.place = named.place
       where a.tenant_id = $1 and a.storm_id = $2 and a.property_id = named.property_id`,
      [
        tenantId,
        stormId,
        ...namesOf(outcomes),
        outcomes.map(({ converted }) => converted),
        outcomes.map(({ value }) => value),
        outcomes.map(({ currency }) => currency),
        outcomes.map(({ at }) => at),
      ],
    ),
  unknownProperties: async (events) => {
    const found = await rows<{ place: number }>(
      `select t.place from unnest($2::int[], $3::uuid[], $4::text[]) as t (place, storm_id, external_id)
       left join storms.property p on p.tenant_id = $1 and p.storm_id = t.storm_id and p.external_id = t.external_id
       where p.id is null order by t.place`,
      [
        tenantId,
        events.map((_event, place) => place),
        events.map((e) => e.stormId),
        events.map((e) => e.externalId),
      ],
    )
    return found.map(({ place }) => place)
  },
  ingest: async (events, outreach) => {
    // A policy that is being applied marks the touches it sees; these wait for it, or it for these.
    await rows(
      `select from storms.storm where tenant_id = $1 and id = any ($2::uuid[]) order by id for share`,
      [tenantId, events.map((e) => e.stormId)],
    )
    const [row] = await rows<{ n: number }>(
      `with given as (
         select t.*, p.id as property_id
         from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
           as t (storm_id, external_id, kind, at, client_event_id)
         join storms.property p on p.tenant_id = $1 and p.storm_id = t.storm_id and p.external_id = t.external_id
       ), fresh as (
         insert into storms.journey_event (tenant_id, client_event_id, storm_id, property_id, kind, at)
         select $1, client_event_id, storm_id, property_id, kind, at from given order by client_event_id
         on conflict (tenant_id, client_event_id) do nothing
         returning storm_id, property_id, at, kind
       ), first as (
         select storm_id, property_id, min(at) as at from fresh where kind = any ($7::text[]) group by 1, 2
       ), held as materialized (
         -- In one order, so that two requests about the same properties wait for each other and not in a circle.
         select a.storm_id, a.property_id from storms.assignment a
         where a.tenant_id = $1 and (a.storm_id, a.property_id) in (select storm_id, property_id from first)
         order by a.storm_id, a.property_id for update
       ), touched as (
         update storms.assignment a set touched_at = least(a.touched_at, first.at)
         from first join held using (storm_id, property_id)
         where a.tenant_id = $1 and a.storm_id = first.storm_id and a.property_id = first.property_id
       )
       select count(*)::int as n from fresh`,
      [
        tenantId,
        events.map((e) => e.stormId),
        events.map((e) => e.externalId),
        events.map((e) => e.kind),
        events.map((e) => e.at),
        events.map((e) => e.clientEventId),
        outreach,
      ],
    )
    return row?.n ?? 0
  },
})
