/** The plan each company is on, as the gateway knows it: asked once for all requests of a few seconds. */
import { patience } from '@stormops/chassis/graphql/patience'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { TierOf } from '../permissions/permission-plugin.ts'

/** A plan that lost something holds everywhere within this time; one that gained is asked for before a refusal. */
export const TIER_MILLISECONDS = 5_000

/** A company whose plan could not be read is asked about again this soon, and not taken for a small one much longer. */
export const NO_TIER_MILLISECONDS = 500

/** Whoever is refused for their plan may not make every process ask for it more often than this. */
export const FRESH_MILLISECONDS = 100

/** A plan that is not read within this is not waited for: the operation has seconds itself, and needs them. */
const READ_MILLISECONDS = 3_000

/** Companies a process remembers; a busy platform has fewer that ask within five seconds. */
const KNOWN_TENANTS = 10_000

export type TenantTiersOptions = {
  /** Null for a company without a plan. */
  readonly load: TierOf
  readonly log: Log
  /** Milliseconds on a clock that does not go back. */
  readonly now?: () => number
}

type Known = { readonly tier: Promise<string | null>; readonly since: number; until: number }

export type TenantTiers = {
  readonly tierOf: TierOf
  /** The plan itself, not older than `FRESH_MILLISECONDS`; the answer is remembered. */
  readonly freshTierOf: TierOf
  /** The next request asks for the plan itself. */
  readonly forget: (tenantId: string) => void
}

/** While plans cannot be read the last known one holds, and a company of none is on none. */
export const tenantTiers = ({
  load,
  log,
  now = () => performance.now(),
}: TenantTiersOptions): TenantTiers => {
  const known = new Map<string, Known>()
  const ask = async (tenantId: string, before: Known | undefined): Promise<string | null> => {
    const waiting = patience(READ_MILLISECONDS)
    try {
      return await waiting.for(load(tenantId), () => undefined)
    } catch (cause) {
      log.warn({ err: cause, tenantId }, 'The plan of a company could not be read.')
      return before === undefined ? null : await before.tier
    } finally {
      waiting.end()
    }
  }
  const freshTierOf: TierOf = (tenantId) => {
    const found = known.get(tenantId)
    if (found !== undefined && now() < found.since + FRESH_MILLISECONDS) return found.tier
    if (known.size >= KNOWN_TENANTS) known.clear()
    const asked: Known = { tier: ask(tenantId, found), since: now(), until: now() + TIER_MILLISECONDS }
    known.set(tenantId, asked)
    return asked.tier.then((tier) => {
      if (tier === null) asked.until = Math.min(asked.until, now() + NO_TIER_MILLISECONDS)
      return tier
    })
  }
  return {
    tierOf: (tenantId) => {
      const found = known.get(tenantId)
      return found !== undefined && found.until > now() ? found.tier : freshTierOf(tenantId)
    },
    freshTierOf,
    forget: (tenantId) => void known.delete(tenantId),
  }
}
