import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { ApiKey } from '../domain/api-key.ts'

export type ApiKeyStore = {
  /** Until the transaction ends nobody else counts or makes keys of this company. */
  readonly holdOthers: () => Promise<void>
  readonly countLive: (now: Date) => Promise<number>
  /** `hash` is of its first secret. */
  readonly insert: (key: ApiKey, hash: string) => Promise<void>
  readonly maybeById: (id: string) => Promise<ApiKey | null>
  /** As `maybeById`; nobody else changes it until the transaction ends. */
  readonly maybeByIdToChange: (id: string) => Promise<ApiKey | null>
  /** Newest first, from after the key with this id, one more than the page holds. */
  readonly page: (page: PageRequest) => Promise<readonly ApiKey[]>
  readonly replaceSecret: (id: string, next: NextSecret) => Promise<void>
  readonly revoke: (id: string, at: Date) => Promise<void>
  /** Changes nothing where a use less than a minute before is written already. */
  readonly noteUse: (id: string, at: Date) => Promise<void>
}

/** The secret before goes on until `oldEndsAt`; one that was on its way out already ends now. */
export type NextSecret = {
  readonly hash: string
  readonly prefix: string
  readonly now: Date
  readonly oldEndsAt: Date
}

const COLUMNS = `id, name, prefix, environment, scopes, created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`

export const apiKeyStore = (tx: Tx): ApiKeyStore => {
  const one = async (id: string, lock = ''): Promise<ApiKey | null> => {
    const [key] = await tx.rows<ApiKey>(
      `select ${COLUMNS} from tenancy.api_key where tenant_id = $1 and id = $2 ${lock}`,
      [tx.tenantId, id],
    )
    return key ?? null
  }
  return {
    holdOthers: async () => {
      await tx.rows(`select from tenancy.tenant where id = $1 for no key update`, [tx.tenantId])
    },
    countLive: async (now) => {
      const [row] = await tx.rows<{ live: number }>(
        `select count(*)::integer as live from tenancy.api_key
         where tenant_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
        [tx.tenantId, now],
      )
      return row?.live ?? 0
    },
    insert: async (key, hash) => {
      await tx.change(
        `insert into tenancy.api_key
           (tenant_id, id, name, prefix, environment, scopes, created_at, created_by, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          tx.tenantId,
          key.id,
          key.name,
          key.prefix,
          key.environment,
          key.scopes,
          key.createdAt,
          key.createdBy,
          key.expiresAt,
        ],
      )
      await insertSecret(tx, key.id, hash, key.createdAt)
    },
    maybeById: (id) => one(id),
    maybeByIdToChange: (id) => one(id, 'for no key update'),
    page: ({ first, after }) =>
      tx.rows<ApiKey>(
        `select ${COLUMNS} from tenancy.api_key
         where tenant_id = $1 and ($3::uuid is null or id < $3) order by id desc limit $2`,
        [tx.tenantId, first + 1, after],
      ),
    replaceSecret: async (id, { hash, prefix, now, oldEndsAt }) => {
      await tx.change(
        `update tenancy.api_key_secret set ends_at = case when ends_at is null then $4 else least(ends_at, $3) end
         where tenant_id = $1 and api_key_id = $2`,
        [tx.tenantId, id, now, oldEndsAt],
      )
      await insertSecret(tx, id, hash, now)
      await tx.change(`update tenancy.api_key set prefix = $3 where tenant_id = $1 and id = $2`, [
        tx.tenantId,
        id,
        prefix,
      ])
    },
    revoke: async (id, at) => {
      await tx.change(
        `update tenancy.api_key set revoked_at = $3 where tenant_id = $1 and id = $2 and revoked_at is null`,
        [tx.tenantId, id, at],
      )
    },
    noteUse: async (id, at) => {
      await tx.change(
        `update tenancy.api_key set last_used_at = $3 where tenant_id = $1 and id = $2
           and (last_used_at is null or last_used_at <= $3::timestamptz - interval '1 minute')`,
        [tx.tenantId, id, at],
      )
    },
  }
}

const insertSecret = async (tx: Tx, keyId: string, hash: string, createdAt: Date): Promise<void> => {
  await tx.change(
    `insert into tenancy.api_key_secret (tenant_id, hash, api_key_id, created_at) values ($1, $2, $3, $4)`,
    [tx.tenantId, hash, keyId, createdAt],
  )
}

/** A secret that was not revoked, whether or not its time is over. */
export type KnownSecret = {
  readonly hash: string
  readonly tenantId: string
  readonly keyId: string
  readonly scopes: readonly string[]
  /** Of the key or of the secret, whichever is sooner. */
  readonly endsAt: Date | null
}

/** Of all companies; needs the platform's rights. */
export const secretsByHash = (tx: PlatformTx, hashes: readonly string[]): Promise<readonly KnownSecret[]> =>
  tx.rows<KnownSecret>(
    `select s.hash, k.tenant_id as "tenantId", k.id as "keyId", k.scopes, least(k.expires_at, s.ends_at) as "endsAt"
     from tenancy.api_key_secret s
     join tenancy.api_key k on k.tenant_id = s.tenant_id and k.id = s.api_key_id
     where s.hash = any($1) and k.revoked_at is null`,
    [hashes],
  )
