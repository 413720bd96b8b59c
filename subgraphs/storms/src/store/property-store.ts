import type { Tx } from '@stormops/chassis/database/transaction'
import { rowsOf } from '@stormops/chassis/database/row'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Decision } from '../domain/policy.ts'
import type { Property } from '../domain/property.ts'
import type { PropertyRow } from '../import/read-properties.ts'
import { PropertyEntity } from './entities.ts'

/** One page of a walk over a storm's properties, in the order of their ids. */
export type FeaturePage = {
  readonly ids: readonly string[]
  readonly features: readonly (readonly (number | null)[])[]
}

export type PropertyStore = {
  readonly manyById: (ids: readonly string[]) => Promise<readonly Property[]>
  /** In the order of external ids, one more than the page holds. */
  readonly page: (
    stormId: string,
    page: PageRequest,
    decision: Decision | null,
  ) => Promise<readonly Property[]>
  readonly countByStorm: (stormIds: readonly string[]) => Promise<ReadonlyMap<string, number>>
  /** Inserts what the storm does not have yet, and returns the external ids that it had already. */
  readonly insertNew: (stormId: string, batch: readonly PropertyRow[]) => Promise<ReadonlySet<string>>
  /** Every property once, `size` at a time, with its features in the columns' order. */
  readonly featurePages: (stormId: string, size: number) => AsyncGenerator<FeaturePage>
}

const featuresText = (features: readonly (number | null)[]): string =>
  `{${features.map((value) => value ?? 'NULL').join(',')}}`

/**
 * A column of a batch as PostgreSQL writes arrays, which differs from JSON by its brackets, and by its escapes: a column
 * that needs one is left to the driver, which looks at every value and takes several times as long.
 */
const columnParameter = (values: readonly (string | number | null)[]): unknown => {
  const json = JSON.stringify(values)
  return json.includes('\\') ? values : `{${json.slice(1, -1)}}`
}

export const propertyStore = ({ em, tenantId, rows }: Tx): PropertyStore => ({
  manyById: async (ids) => rowsOf(await em.find(PropertyEntity, { tenantId, id: { $in: [...ids] } })),
  page: async (stormId, page, decision) => {
    const ids = await rows<{ id: string }>(
      `select p.id from storms.property p
       ${decision === null ? '' : `join storms.assignment a on a.tenant_id = p.tenant_id and a.storm_id = p.storm_id and a.property_id = p.id and a.decision = $5`}
       where p.tenant_id = $1 and p.storm_id = $2 and ($3::text is null or p.external_id > $3)
       order by p.external_id limit $4`,
      [tenantId, stormId, page.after, page.first + 1, ...(decision === null ? [] : [decision])],
    )
    return rowsOf(
      await em.find(
        PropertyEntity,
        { tenantId, id: { $in: ids.map(({ id }) => id) } },
        { orderBy: { externalId: 'asc' } },
      ),
    )
  },
  countByStorm: async (stormIds) => {
    const counts = await rows<{ storm_id: string; n: number }>(
      `select storm_id, count(*)::int as n from storms.property
       where tenant_id = $1 and storm_id = any ($2::uuid[]) group by storm_id`,
      [tenantId, stormIds],
    )
    return new Map(counts.map(({ storm_id, n }) => [storm_id, n]))
  },
  insertNew: async (stormId, batch) => {
    const column = (of: (row: PropertyRow) => string | number | null): unknown =>
      columnParameter(batch.map(of))
    // The ids come back only where some are missing: mostly none are, and a million of them are read for nothing.
    const [taken] = await rows<{ ids: readonly string[] | null }>(
      `with taken as (
         insert into storms.property (tenant_id, storm_id, external_id, address, city, state, zip, persona, owner_name,
           owner_phone, owner_email, latitude, longitude, suppressed, features)
         select $1, $2, t.external_id, t.address, t.city, t.state, t.zip, t.persona, t.owner_name, t.owner_phone,
           t.owner_email, t.latitude, t.longitude, t.suppressed, t.features::real[]
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
           $11::text[], $12::float8[], $13::float8[], $14::text[], $15::text[])
           as t (external_id, address, city, state, zip, persona, owner_name, owner_phone, owner_email, latitude,
             longitude, suppressed, features)
         on conflict (tenant_id, storm_id, external_id) do nothing
         returning external_id
       )
       select case when count(*) < $16 then coalesce(array_agg(external_id), '{}') end as ids from taken`,
      [
        tenantId,
        stormId,
        column((row) => row.externalId),
        column((row) => row.address),
        column((row) => row.city),
        column((row) => row.state),
        column((row) => row.zip),
        column((row) => row.persona),
        column((row) => row.ownerName),
        column((row) => row.ownerPhone),
        column((row) => row.ownerEmail),
        column((row) => row.latitude),
        column((row) => row.longitude),
        column((row) => row.suppressed),
        column((row) => featuresText(row.features)),
        batch.length,
      ],
    )
    const ids = taken?.ids ?? null
    return ids === null
      ? new Set()
      : new Set(batch.map(({ externalId }) => externalId)).difference(new Set(ids))
  },
  featurePages: async function* (stormId, size) {
    let after: string | null = null
    for (;;) {
      const page: readonly { id: string; features: (number | null)[] }[] = await rows(
        `select id, features from storms.property
         where tenant_id = $1 and storm_id = $2 and ($3::uuid is null or id > $3) order by id limit $4`,
        [tenantId, stormId, after, size],
      )
      const last = page.at(-1)
      if (last === undefined) return
      yield { ids: page.map(({ id }) => id), features: page.map(({ features }) => features) }
      if (page.length < size) return
      after = last.id
    }
  },
})
