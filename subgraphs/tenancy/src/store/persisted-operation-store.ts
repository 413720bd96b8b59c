import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { PersistedOperation } from '../domain/persisted-operation.ts'

export type FoundOperation = { readonly document: string; readonly name: string }

/** A key that is none of the registry's, `apiKeyId` null, may ask for what every key may. */
export type AskedBy =
  | { readonly kind: 'company' }
  | { readonly kind: 'key'; readonly apiKeyId: string | null }

export type PersistedOperationStore = {
  /** Newest first, from after the operation with this id, one more than the page holds. */
  readonly page: (page: PageRequest, includeRetired: boolean) => Promise<readonly PersistedOperation[]>
  readonly maybeById: (id: string) => Promise<PersistedOperation | null>
  /** In the order of the ids; throws when one is not there. */
  readonly manyById: (ids: readonly string[]) => Promise<readonly PersistedOperation[]>
  /** In any order; null for whichever key stands for every key. */
  readonly manyByDocument: (
    documentIds: readonly string[],
    apiKeyId: string | null,
  ) => Promise<readonly PersistedOperation[]>
  /** What may be asked for by this hash: by the company's own people, or by one of its keys. */
  readonly maybeLive: (documentId: string, by: AskedBy) => Promise<FoundOperation | null>
  /** How many can be asked for; holds back others who publish until this transaction ends. */
  readonly lockAndCountLive: () => Promise<number>
  /** Adds the operation, or brings it back when it was retired; a live one stays as it is. */
  readonly publish: (operations: readonly PersistedOperation[]) => Promise<void>
  /** An operation that is retired already keeps its time. */
  readonly retire: (id: string, at: Date) => Promise<void>
}

const COLUMNS = `id, api_key_id as "apiKeyId", document_id as "documentId", name, document,
  published_at as "publishedAt", published_by as "publishedBy", retired_at as "retiredAt"`

/** Any number; with a company's own it only has to be the same in every process. */
const PUBLISHING_LOCK = 7_201_946

export const persistedOperationStore = (tx: Tx): PersistedOperationStore => ({
  page: ({ first, after }, includeRetired) =>
    tx.rows<PersistedOperation>(
      `select ${COLUMNS} from tenancy.persisted_operation
       where tenant_id = $1 and ($2 or retired_at is null) and ($3::uuid is null or id < $3)
       order by id desc limit $4`,
      [tx.tenantId, includeRetired, after, first + 1],
    ),
  maybeById: async (id) => {
    const [found] = await tx.rows<PersistedOperation>(
      `select ${COLUMNS} from tenancy.persisted_operation where tenant_id = $1 and id = $2`,
      [tx.tenantId, id],
    )
    return found ?? null
  },
  manyById: async (ids) => {
    const found = await tx.rows<PersistedOperation>(
      `select ${COLUMNS} from tenancy.persisted_operation where tenant_id = $1 and id = any($2)`,
      [tx.tenantId, ids],
    )
    const byId = new Map(found.map((operation) => [operation.id, operation]))
    return ids.map((id) => byId.get(id) ?? missing(id))
  },
  manyByDocument: (documentIds, apiKeyId) =>
    tx.rows<PersistedOperation>(
      `select ${COLUMNS} from tenancy.persisted_operation
       where tenant_id = $1 and document_id = any($2) and api_key_id is not distinct from $3`,
      [tx.tenantId, documentIds, apiKeyId],
    ),
  maybeLive: async (documentId, by) => {
    const [found] = await tx.rows<FoundOperation>(
      `select document, name from tenancy.persisted_operation
       where tenant_id = $1 and document_id = $2 and retired_at is null
         and ($3 or api_key_id is null or api_key_id = $4::uuid)
       limit 1`,
      [tx.tenantId, documentId, by.kind === 'company', by.kind === 'key' ? by.apiKeyId : null],
    )
    return found ?? null
  },
  lockAndCountLive: async () => {
    await tx.rows('select pg_advisory_xact_lock($1, hashtext($2))', [PUBLISHING_LOCK, tx.tenantId])
    const [row] = await tx.rows<{ live: number }>(
      `select count(*)::int as live from tenancy.persisted_operation where tenant_id = $1 and retired_at is null`,
      [tx.tenantId],
    )
    return row?.live ?? 0
  },
  publish: async (operations) => {
    const column = <Name extends keyof PersistedOperation>(name: Name) =>
      operations.map((operation) => operation[name])
    await tx.change(
      `insert into tenancy.persisted_operation
         (tenant_id, id, api_key_id, document_id, name, document, published_at, published_by)
       select $1, given.* from unnest(
         $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[]) as given
       on conflict (tenant_id, document_id, api_key_id) do update
         set retired_at = null, published_at = excluded.published_at, published_by = excluded.published_by
         where persisted_operation.retired_at is not null`,
      [
        tx.tenantId,
        column('id'),
        column('apiKeyId'),
        column('documentId'),
        column('name'),
        column('document'),
        column('publishedAt'),
        column('publishedBy'),
      ],
    )
  },
  retire: async (id, at) => {
    await tx.change(
      `update tenancy.persisted_operation set retired_at = $3
       where tenant_id = $1 and id = $2 and retired_at is null`,
      [tx.tenantId, id, at],
    )
  },
})

const missing = (id: string): never => {
  throw new Fault('INTERNAL', `The published operation ${id} is not there.`)
}
