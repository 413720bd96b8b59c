/**
 * Who sends an API key, and whether staff still act in a company's place: both asked before any company is known, and
 * answered from what was looked up within the last second.
 */
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import type { Actor } from '@stormops/chassis/identity'
import { KEY_SCOPES } from '@stormops/chassis/permission'
import { hashOfSecret, isWellFormedSecret } from '../domain/api-key-secret.ts'
import { apiKeyIds, impersonationIds } from '../port.ts'
import type { KnownSecret } from '../store/api-key-store.ts'
import type { StandingGrant } from '../store/impersonation-store.ts'
import { briefAnswers } from './brief-answers.ts'
import type { KeyUse } from './key-use.ts'

export type Bearers = {
  /** Null for whatever is no key that can be used now. */
  readonly actorOfKey: (bearer: string) => Promise<Actor | null>
  /** Whether what the token of an impersonation says was granted, and is not over. */
  readonly isImpersonating: (actor: Actor) => Promise<boolean>
  /** Keys and grants may have changed: each is looked up anew when it comes next. */
  readonly forgetBearers: () => void
}

export type BearerSources = {
  /** By hash; a fault for one that nobody can tell of now. */
  readonly secretsByHash: (hashes: readonly string[]) => Promise<ReadonlyMap<string, KnownSecret | Fault>>
  /** By id, as above. */
  readonly standingImpersonations: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, StandingGrant | Fault>>
  readonly use: KeyUse
  readonly clock: Clock
}

type KnownKey = { readonly actor: Actor; readonly secret: KnownSecret }

export const bearers = (sources: BearerSources): Bearers => {
  const { clock, use } = sources
  const keys = briefAnswers<KnownKey | Fault>(async (hashes) => {
    const secrets = await sources.secretsByHash(hashes)
    return new Map(
      [...secrets].map(([hash, secret]) => [
        hash,
        secret instanceof Fault ? secret : { actor: actorOf(secret), secret },
      ]),
    )
  })
  const grants = briefAnswers<StandingGrant | Fault>(sources.standingImpersonations)
  return {
    forgetBearers: () => {
      keys.forget()
      grants.forget()
    },
    actorOfKey: async (bearer) => {
      if (!isWellFormedSecret(bearer)) return null
      // Found by its hash and compared with nothing: how long it takes tells nothing of any other key.
      const known = await keys.of(hashOfSecret(bearer))
      if (known instanceof Fault) throw known
      const now = clock.now()
      if (known === null || isOver(known.secret.endsAt, now)) return null
      use.note({ tenantId: known.secret.tenantId, keyId: known.secret.keyId, at: now })
      return known.actor
    },
    isImpersonating: async ({ impersonation, tenantId, role }) => {
      const id = impersonation === null ? null : impersonationIds.decode(impersonation.id)
      const grant = id === null ? null : await grants.of(id)
      if (grant instanceof Fault) throw grant
      return (
        grant !== null &&
        !isOver(grant.expiresAt, clock.now()) &&
        grant.tenantId === tenantId &&
        grant.role === role &&
        grant.staffId === impersonation?.staffId &&
        grant.readOnly === impersonation.readOnly
      )
    },
  }
}

const isOver = (endsAt: Date | null, now: Date): boolean => endsAt !== null && endsAt <= now

/** A permission that keys were given once and are given no more is not theirs any more. */
const actorOf = ({ tenantId, keyId, scopes }: KnownSecret): Actor => ({
  kind: 'API_KEY',
  id: apiKeyIds.encode(keyId),
  tenantId,
  role: 'PARTNER',
  scopes: new Set(KEY_SCOPES.filter((scope) => scopes.includes(scope))),
  sessionId: null,
  impersonation: null,
})
