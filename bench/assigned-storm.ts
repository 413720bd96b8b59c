/** A storm whose every property is scored, decided over by the MODERATE policy, worked and measured, made in SQL. */
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { POLICIES } from '../subgraphs/storms/src/domain/policy.ts'

export type AssignedStorm = {
  readonly tenantId: string
  readonly stormId: string
  readonly salt: string
  readonly windowEnd: Date
}

const SALT = 'bench'
const WINDOW_START = '2026-04-01T05:00:00Z'
const WINDOW_END = '2026-04-15T05:00:00Z'

/** Shares and rates are those of the invented storms of the demo, roughly; the draw is the policy's own. */
const INSERT = `
  insert into storms.assignment (tenant_id, storm_id, property_id, decision, reason, uplift, draw, threshold,
    holdout_share, exploration_share, model_version, zip, persona, converted, value, currency, outcome_at, touched_at)
  select $1, $2, id, case when reason in ('ABOVE_THRESHOLD', 'EXPLORATION') then 'TREAT' when reason = 'SUPPRESSED'
      then 'EXCLUDED' else 'HOLD' end, reason, uplift, draw, $5::float8, $6::float8, $7::float8, 'uplift v2',
    (75990 + floor(8 * a ^ 1.6))::int::text,
    (array['FAMILY', 'RETIREE', 'FIRST_TIME_OWNER', 'CAREFUL_PLANNER', 'LANDLORD', 'INVESTOR'])[1 + floor(6 * b ^ 1.4)::int],
    known.converted, case when known.converted then round(1500000 * exp(0.35 * n - 0.06)) end,
    case when known.converted then 'USD' end,
    case when known.converted is not null then $4::timestamptz + (14 * 86400 * c) * interval '1 second' end,
    case when reason in ('ABOVE_THRESHOLD', 'EXPLORATION') and d < 0.97
      then $4::timestamptz + (7 * 86400 * d) * interval '1 second' end
  from (
    select *, case
        when a < 0.02 then 'SUPPRESSED'
        when uplift >= $5::float8 and draw < $6::float8 then 'RANDOM_CONTROL' when uplift >= $5::float8 then 'ABOVE_THRESHOLD'
        when draw >= 1 - $7::float8 then 'EXPLORATION' else 'BELOW_THRESHOLD' end as reason
    from (
      select id, uplift, a, b, c, d, e, n, ('x' || substr(encode(sha256(convert_to($3, 'UTF8') || '\\x00'::bytea
          || convert_to(id::text, 'UTF8')), 'hex'), 1, 12))::bit(48)::bigint / 281474976710656::float8 as draw
      from (
        select uuidv7() as id, least(greatest(random_normal(0.14, 0.07), -0.2), 0.6) as uplift, random() as a,
          random() as b, random() as c, random() as d, random() as e, random_normal() as n
        from generate_series(1, $8::int)
      ) made
    ) drawn
  ) decided
  cross join lateral (
    select case when reason = 'SUPPRESSED' then null
      else e < 0.17 + case when reason in ('ABOVE_THRESHOLD', 'EXPLORATION') then 0.58 * uplift else 0 end end as converted
  ) known`

/** The same storm every time, but for its ids. Takes about a quarter of a minute for a million. */
export const insertAssignedStorm = async (admin: Client, properties: number): Promise<AssignedStorm> => {
  const [tenantId, stormId] = [randomUUID(), randomUUID()]
  const { threshold, holdoutShare, explorationShare } = POLICIES.MODERATE
  await admin.query('select setseed(0.5)')
  await admin.query(INSERT, [
    tenantId,
    stormId,
    SALT,
    WINDOW_START,
    threshold,
    holdoutShare,
    explorationShare,
    properties,
  ])
  // What the server does by itself within the minute.
  await admin.query('vacuum (analyze) storms.assignment')
  await admin.query('checkpoint')
  return { tenantId, stormId, salt: SALT, windowEnd: new Date(WINDOW_END) }
}
