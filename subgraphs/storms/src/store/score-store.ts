import type { Tx } from '@stormops/chassis/database/transaction'

export type ScoreSpread = { readonly scored: number; readonly mean: number; readonly stddev: number }

export type ScoreStore = {
  readonly clear: (stormId: string) => Promise<void>
  /** One score for each property, null where the model gave none. */
  readonly insert: (
    stormId: string,
    propertyIds: readonly string[],
    uplifts: readonly (number | null)[],
  ) => Promise<void>
  /** null when the storm has no score. */
  readonly spread: (stormId: string) => Promise<ScoreSpread | null>
  /** How many scores fall below the first cut point, between each two, and above the last. */
  readonly countsBetween: (stormId: string, cutPoints: readonly number[]) => Promise<readonly number[]>
  /** Whether the storm's properties were scored, if only to find that the model has none for them. */
  readonly any: (stormId: string) => Promise<boolean>
  /** Properties that are not left out and whose score is at or above the threshold. */
  readonly countAtLeast: (stormId: string, threshold: number) => Promise<number>
  readonly upliftById: (propertyIds: readonly string[]) => Promise<ReadonlyMap<string, number | null>>
}

export const scoreStore = ({ tenantId, rows, change }: Tx): ScoreStore => ({
  clear: async (stormId) => {
    await change(`delete from storms.score where tenant_id = $1 and storm_id = $2`, [tenantId, stormId])
  },
  insert: async (stormId, propertyIds, uplifts) => {
    await change(
      `insert into storms.score (tenant_id, storm_id, property_id, uplift)
       select $1, $2, t.property_id, t.uplift from unnest($3::uuid[], $4::float8[]) as t (property_id, uplift)`,
      [tenantId, stormId, propertyIds, uplifts],
    )
  },
  spread: async (stormId) => {
    const [row] = await rows<ScoreSpread>(
      `select count(uplift)::int as scored, avg(uplift) as mean, coalesce(stddev_samp(uplift), 0) as stddev
       from storms.score where tenant_id = $1 and storm_id = $2 having count(uplift) > 0`,
      [tenantId, stormId],
    )
    return row ?? null
  },
  countsBetween: async (stormId, cutPoints) => {
    const buckets = await rows<{ bucket: number; n: number }>(
      `select width_bucket(uplift, $3::float8[]) as bucket, count(*)::int as n
       from storms.score where tenant_id = $1 and storm_id = $2 and uplift is not null group by 1`,
      [tenantId, stormId, cutPoints],
    )
    const counts = Array.from({ length: cutPoints.length + 1 }, () => 0)
    for (const { bucket, n } of buckets) counts[bucket] = n
    return counts
  },
  any: async (stormId) =>
    (
      await rows(`select from storms.score where tenant_id = $1 and storm_id = $2 limit 1`, [
        tenantId,
        stormId,
      ])
    ).length > 0,
  countAtLeast: async (stormId, threshold) => {
    const [row] = await rows<{ n: number }>(
      `select count(*)::int as n from storms.score s
       join storms.property p on p.tenant_id = s.tenant_id and p.id = s.property_id
       where s.tenant_id = $1 and s.storm_id = $2 and s.uplift >= $3 and p.suppressed is null`,
      [tenantId, stormId, threshold],
    )
    return row?.n ?? 0
  },
  upliftById: async (propertyIds) => {
    const found = await rows<{ property_id: string; uplift: number | null }>(
      `select s.property_id, s.uplift from storms.property p
       join storms.score s on s.tenant_id = p.tenant_id and s.storm_id = p.storm_id and s.property_id = p.id
       where p.tenant_id = $1 and p.id = any ($2::uuid[])`,
      [tenantId, propertyIds],
    )
    return new Map(found.map(({ property_id, uplift }) => [property_id, uplift]))
  },
})
