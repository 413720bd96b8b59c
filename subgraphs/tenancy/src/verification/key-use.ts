/**
 * When a key was last used, for whoever wonders whether it still is. Written behind the requests, at most once a minute
 * for each key; a use that cannot be written is forgotten, since no request is to fail for it.
 */
import type { Log } from '@stormops/chassis/telemetry/log'

export type UsedKey = { readonly tenantId: string; readonly keyId: string; readonly at: Date }

export type KeyUse = {
  readonly note: (use: UsedKey) => void
  /** Writes what is noted, and takes no more. */
  readonly close: () => Promise<void>
}

const WRITE_EVERY_MS = 60_000
const LOOK_EVERY_MS = 1_000

export const keyUse = (write: (use: UsedKey) => Promise<void>, log: Log): KeyUse => {
  const noted = new Map<string, UsedKey>()
  /** By key, when it may be written again. */
  const notBefore = new Map<string, number>()
  let running = Promise.resolve()
  let isClosed = false

  const flush = async (isLast: boolean): Promise<void> => {
    const now = performance.now()
    for (const [keyId, until] of notBefore) if (until <= now) notBefore.delete(keyId)
    for (const [keyId, use] of noted) {
      if (notBefore.has(keyId) && !isLast) continue
      noted.delete(keyId)
      notBefore.set(keyId, now + WRITE_EVERY_MS)
      await write(use).catch((error: unknown) => {
        log.warn({ err: error, keyId }, 'the last use of an API key could not be written')
      })
    }
  }
  const timer = setInterval(() => {
    if (noted.size > 0) running = running.then(() => flush(false))
  }, LOOK_EVERY_MS).unref()

  return {
    note: (use) => {
      if (!isClosed) noted.set(use.keyId, use)
    },
    close: async () => {
      isClosed = true
      clearInterval(timer)
      await running
      await flush(true)
    },
  }
}
