/** A mover in a process of its own, which ends without warning in the state that it is told. */
import { moveCompany } from '@stormops/chassis/cells/move/move-company'
import type { WantedMove } from '@stormops/chassis/cells/move/move-journal'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { secret } from '@stormops/chassis/secret'

export type MoverPlace = {
  /** Passwords are told apart: a setting keeps its own to itself when it is written down. */
  readonly owners: readonly (readonly [string, ConnectionSettings, string])[]
  readonly wanted: WantedMove
  readonly dieIn: string
}

// What the test passes is what the type says.
const { owners, wanted, dieIn } = JSON.parse(process.argv[2] ?? '{}') as MoverPlace

await moveCompany(
  {
    home: 'home',
    owners: new Map(
      owners.map(([name, settings, password]) => [name, { ...settings, password: secret(password) }]),
    ),
    reached: (state) => {
      if (state === dieIn) process.kill(process.pid, 'SIGKILL')
    },
  },
  wanted,
)
