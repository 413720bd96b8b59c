import type { Tx } from '@stormops/chassis/database/transaction'
import { maybeRowOf, rowsOf } from '@stormops/chassis/database/row'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Storm } from '../domain/storm.ts'
import { StormEntity } from './entities.ts'

export type StormStore = {
  readonly maybeById: (id: string) => Promise<Storm | null>
  /** Keeps everything else that changes the storm waiting until this transaction ends. */
  readonly lockById: (id: string) => Promise<Storm | null>
  readonly maybeByEventId: (eventId: string) => Promise<Storm | null>
  /** In any order; what is not there is left out. */
  readonly manyById: (ids: readonly string[]) => Promise<readonly Storm[]>
  /** Newest first, one more than the page holds. */
  readonly page: (page: PageRequest) => Promise<readonly Storm[]>
  /** False when a storm of the tenant has the event id. */
  readonly insert: (storm: Storm) => Promise<boolean>
  readonly update: (id: string, change: Partial<Omit<Storm, 'id'>>) => Promise<void>
}

export const stormStore = ({ em, tenantId, change, rows }: Tx): StormStore => ({
  maybeById: async (id) => maybeRowOf(await em.findOne(StormEntity, { tenantId, id })),
  lockById: async (id) => {
    await rows(`select from storms.storm where tenant_id = $1 and id = $2 for update`, [tenantId, id])
    return maybeRowOf(await em.findOne(StormEntity, { tenantId, id }, { refresh: true }))
  },
  maybeByEventId: async (eventId) => maybeRowOf(await em.findOne(StormEntity, { tenantId, eventId })),
  manyById: async (ids) => rowsOf(await em.find(StormEntity, { tenantId, id: { $in: [...ids] } })),
  page: async (page) =>
    rowsOf(
      await em.find(
        StormEntity,
        { tenantId, ...(page.after === null ? {} : { id: { $lt: page.after } }) },
        { orderBy: { id: 'desc' }, limit: page.first + 1 },
      ),
    ),
  insert: async (storm) => {
    const inserted = await change(
      `insert into storms.storm (tenant_id, id, event_id, name, status, starts_at, ends_at, salt, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (tenant_id, event_id) do nothing`,
      [
        tenantId,
        storm.id,
        storm.eventId,
        storm.name,
        storm.status,
        storm.startsAt,
        storm.endsAt,
        storm.salt,
        storm.createdAt,
      ],
    )
    return inserted === 1
  },
  update: async (id, changes) => {
    await em.nativeUpdate(StormEntity, { tenantId, id }, changes)
  },
})
