import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import {
  EMPTY_CHAIN,
  NOTHING_VERIFIED,
  sealsAfter,
  verificationOf,
  verifyFurther,
} from '../domain/audit-chain.ts'
import type {
  AuditRecord,
  AuditSeal,
  ChainHead,
  ChainVerification,
  SealedLine,
} from '../domain/audit-chain.ts'

export type SealOfEvent = { readonly id: string; readonly sealedAt: Date; readonly hash: string }

export type AuditChainStore = {
  /** Ties waiting lines to the chain, and returns how many; 0 also while somebody else seals for this company. */
  readonly seal: () => Promise<number>
  /** Reads the whole chain once, page by page: its cost grows with the audit. */
  readonly verify: () => Promise<ChainVerification>
  /** The seals of these events, by event; none for a line that waits. */
  readonly sealsOf: (eventIds: readonly string[]) => Promise<readonly SealOfEvent[]>
}

/** Enough that statements cost little beside the hashes, and few enough that a transaction stays short. */
export const LINES_A_TRANSACTION = 1_000

const LINES_A_PAGE = 2_000

/** Any number; with a company's own it only has to be the same in every process. */
export const SEALING_LOCK = 7_201_944

/** The columns of `AuditRecord`, from an `audit_event` called `e`. */
const RECORD = `
  e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.actor_kind as "actorKind",
  e.actor_id as "actorId", e.action, e.subject_kind as "subjectKind", e.subject_id as "subjectId",
  e.detail::text as detail, e.request_id as "requestId"`

export const auditChainStore = (tx: Tx): AuditChainStore => ({
  seal: async () => {
    if (!(await isAlone(tx))) return 0
    const head = await headOf(tx)
    const events = await waitingLines(tx)
    if (events.length > 0) await append(tx, sealsAfter(head, events))
    return events.length
  },
  verify: async () => {
    let verified = NOTHING_VERIFIED
    for (;;) {
      const lines = await sealedLines(tx, verified.lastPosition)
      verified = verifyFurther(verified, lines)
      if (lines.length < LINES_A_PAGE)
        return verificationOf(verified, await countUnsealed(tx, verified.lastPosition))
    }
  },
  sealsOf: (eventIds) =>
    tx.rows<SealOfEvent>(
      `select event_id as id, sealed_at as "sealedAt", hash
       from tenancy.audit_seal where tenant_id = $1 and event_id = any($2)`,
      [tx.tenantId, eventIds],
    ),
})

/** Companies with lines that wait; needs the platform's rights. */
export const tenantsWithUnsealedLines = async (tx: PlatformTx): Promise<readonly string[]> => {
  const rows = await tx.rows<{ id: string }>(`select distinct tenant_id as id from tenancy.audit_pending`)
  return rows.map(({ id }) => id)
}

/** Until the transaction ends. Business transactions never ask for this lock, so nobody waits behind a sealer. */
const isAlone = async (tx: Tx): Promise<boolean> => {
  const [row] = await tx.rows<{ alone: boolean }>(
    `select pg_try_advisory_xact_lock($1, hashtext($2)) as alone`,
    [SEALING_LOCK, tx.tenantId],
  )
  return row?.alone === true
}

/** Read after the lock was taken, so that what the sealer before wrote is seen. */
const headOf = async (tx: Tx): Promise<ChainHead> => {
  const [row] = await tx.rows<{ position: string; hash: string }>(
    `select position, hash from tenancy.audit_seal where tenant_id = $1 order by position desc limit 1`,
    [tx.tenantId],
  )
  return row === undefined ? EMPTY_CHAIN : { position: Number(row.position), hash: row.hash }
}

const waitingLines = (tx: Tx): Promise<readonly AuditRecord[]> =>
  tx.rows<AuditRecord>(
    `select ${RECORD}
     from tenancy.audit_pending p
     join tenancy.audit_event e on e.tenant_id = p.tenant_id and e.id = p.event_id
     where p.tenant_id = $1 order by p.event_id limit $2`,
    [tx.tenantId, LINES_A_TRANSACTION],
  )

const append = async (tx: Tx, seals: readonly AuditSeal[]): Promise<void> => {
  const eventIds = seals.map(({ eventId }) => eventId)
  await tx.change(
    `insert into tenancy.audit_seal (tenant_id, position, event_id, previous_hash, hash)
     select $1, * from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[])`,
    [
      tx.tenantId,
      seals.map(({ position }) => position),
      eventIds,
      seals.map(({ previousHash }) => previousHash),
      seals.map(({ hash }) => hash),
    ],
  )
  await tx.change(`delete from tenancy.audit_pending where tenant_id = $1 and event_id = any($2)`, [
    tx.tenantId,
    eventIds,
  ])
}

type LineRow = {
  readonly position: string
  readonly eventId: string
  readonly previousHash: string
  readonly hash: string
} & { readonly [Column in keyof AuditRecord]: AuditRecord[Column] | null }

/** Each line is looked up by its key (`limit 1`): a join over statistics of yesterday may read the whole audit a page. */
const sealedLines = async (tx: Tx, after: number): Promise<readonly SealedLine[]> => {
  const rows = await tx.rows<LineRow>(
    `select s.position, s.event_id as "eventId", s.previous_hash as "previousHash", s.hash, event.*
     from (select * from tenancy.audit_seal where tenant_id = $1 and position > $2 order by position limit $3) s
     left join lateral (
       select ${RECORD} from tenancy.audit_event e where e.tenant_id = $1 and e.id = s.event_id limit 1
     ) event on true
     order by s.position`,
    [tx.tenantId, after, LINES_A_PAGE],
  )
  return rows.map(({ position, eventId, previousHash, hash, ...event }) => ({
    position: Number(position),
    eventId,
    previousHash,
    hash,
    event: isThere(event) ? event : null,
  }))
}

/** No column of a line can be null, so one that is tells that there is no line. */
const isThere = (event: {
  readonly [Column in keyof AuditRecord]: AuditRecord[Column] | null
}): event is AuditRecord => event.id !== null

/**
 * Lines without a seal at that place or before it, and lines that were taken away while they waited for one. What was sealed
 * while the lines before were read is behind it.
 */
const countUnsealed = async (tx: Tx, lastPosition: number): Promise<number> => {
  const [row] = await tx.rows<{ unsealed: string }>(
    `select count(*) as unsealed from (
       select event_id from tenancy.audit_pending where tenant_id = $1
       union
       select e.id from tenancy.audit_event e where e.tenant_id = $1
         and not exists (select from tenancy.audit_seal s where s.tenant_id = $1 and s.event_id = e.id and s.position <= $2)
     ) waiting`,
    [tx.tenantId, lastPosition],
  )
  return Number(row?.unsealed ?? 0)
}
