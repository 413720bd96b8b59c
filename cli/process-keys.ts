/** The signing keys of a process that runs. They are read again and again: a rotation adds a file, and tells nobody. */
import type { Config } from '@stormops/chassis/config'
import { signingKeys } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'

/** A key is announced for minutes before it signs; it must be known well within them. */
const KEYS_READ_EVERY_MS = 30_000

export type ProcessKeys = {
  readonly keys: SigningKeys
  /** Reads them no more. */
  readonly stop: () => void
}

export const openKeys = async (
  { home, keysDirectory }: Pick<Config, 'home' | 'keysDirectory'>,
  log: Log,
): Promise<ProcessKeys> => {
  const keys = await signingKeys(home, keysDirectory)
  const reading = setInterval(() => {
    keys.reload().catch((error: unknown) => log.error({ err: error }, 'the signing keys could not be read'))
  }, KEYS_READ_EVERY_MS).unref()
  return { keys, stop: () => clearInterval(reading) }
}
