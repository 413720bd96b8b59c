/** What every subgraph's context has: who asks, what was read, and a way to change something. */
import { commandRunner } from '../command.ts'
import type { Command, CommandDependencies, CommandResult, IdempotencyKeyReused } from '../command.ts'
import type { Tx } from '../database/transaction.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../identity.ts'
import { openReading } from './reading.ts'
import type { Reading } from './reading.ts'
import type { OpenedFetch } from './subgraph.ts'

export type SessionContext<Stores> = {
  /** Throws UNAUTHENTICATED for nobody. */
  readonly actor: () => Actor
  /** Null for nobody; for what is answered to everybody. */
  readonly maybeActor: Actor | null
  readonly reading: Reading
  /** Reads through the subgraph's stores, in the fetch's one read transaction. */
  readonly read: <T>(work: (stores: Stores, tx: Tx) => Promise<T>) => Promise<T>
  /** Runs a command, and forgets what was read before it. `tenantId` is given only where staff act on another's. */
  readonly run: <Input, Result extends CommandResult>(
    command: Command<Input, Result, Stores>,
    input: Input,
    idempotencyKey: string | null | undefined,
    tenantId?: string,
  ) => Promise<Result | IdempotencyKeyReused>
}

export const sessionContext = <Stores>(
  dependencies: CommandDependencies<Stores>,
  { actor, requestId, signal }: OpenedFetch,
): SessionContext<Stores> => {
  const reading = openReading(dependencies.database, actor?.tenantId ?? null, signal)
  const runCommand = commandRunner(dependencies)
  const signedIn = (): Actor => {
    if (actor === null) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
    return actor
  }
  return {
    actor: signedIn,
    maybeActor: actor,
    reading,
    read: (work) => reading.read((tx) => work(dependencies.stores(tx), tx)),
    run: async (command, input, idempotencyKey, tenantId) => {
      const invocation = {
        actor: signedIn(),
        requestId,
        idempotencyKey: idempotencyKey ?? null,
        ...(tenantId === undefined ? {} : { tenantId }),
      }
      // Gives the read transaction's connection back first: requests that each hold one while they wait for a
      // second could otherwise wait for each other.
      await reading.forget()
      const result = await runCommand(command, invocation, input)
      await reading.forget()
      return result
    },
  }
}
