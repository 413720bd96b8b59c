/**
 * A command changes something. What must not be forgotten — who may, what the audit says — is part of its
 * definition, and one function runs them all: permission, transaction, idempotency key, work, audit line.
 */
import type { Clock } from './clock.ts'
import type { Database } from './database/database.ts'
import type { Tx } from './database/transaction.ts'
import { failpoint } from './failpoint.ts'
import { Fault } from './fault.ts'
import type { Actor } from './identity.ts'
import { readOnlyFault, requireScope, tenantOf } from './identity.ts'
import type { Queue } from './jobs/queue.ts'
import type { Scope } from './permission.ts'
import type { Log } from './telemetry/log.ts'
import { canonicalHash } from './values/canonical.ts'
import type { NewId } from './values/ids.ts'

export type CommandContext<Stores> = {
  readonly tx: Tx
  readonly stores: Stores
  readonly actor: Actor
  readonly clock: Clock
  readonly newId: NewId
  readonly queue: Queue
}

/** `kind: 'ok'` commits; any other kind is an expected failure and leaves nothing behind. All of it must be JSON. */
export type CommandResult = { readonly kind: string }

export type AuditNote = {
  readonly subjectKind: string
  readonly subjectId: string
  /** Facts worth reading later: never personal data, never secrets. */
  readonly detail: Readonly<Record<string, unknown>>
}

export type Command<Input, Result extends CommandResult, Stores> = {
  readonly name: string
  /** `authenticated` is whoever signed in; `run` then decides for itself. */
  readonly permission: Scope | 'authenticated'
  /** Staff may run it too, for the company they name. Nobody else may name one. */
  readonly orStaff?: true
  readonly audit: (input: Input, result: Extract<Result, { kind: 'ok' }>) => AuditNote
  readonly run: (context: CommandContext<Stores>, input: Input) => Promise<Result>
  /** For commands that go over a whole storm in one statement. */
  readonly statementTimeoutMs?: number
  /** What a repeat is told where that is less than the result: a secret is shown once, and kept nowhere. */
  readonly kept?: (result: Extract<Result, { kind: 'ok' }>) => Extract<Result, { kind: 'ok' }>
  /**
   * A suspended company changes nothing, but for what settles its bill and what ends an access to its data. Its
   * permission is asked as ever.
   */
  readonly duringSuspension?: true
  /** Staff who may only look change nothing, but for ending their own looking. */
  readonly whileOnlyLooking?: true
}

export const defineCommand = <Input, Result extends CommandResult, Stores>(
  command: Command<Input, Result, Stores>,
): Command<Input, Result, Stores> => command

export type AuditLine = AuditNote & {
  readonly action: string
  readonly actor: Actor
  readonly requestId: string
}
/** Writes the line in the same transaction; when it cannot, the command fails. */
export type WriteAudit = (tx: Tx, line: AuditLine) => Promise<void>

/** Throws when the actor may not change anything in this tenant now, whatever its permissions. */
export type RequireStanding = (tx: Tx, actor: Actor) => Promise<void>

export type CommandDependencies<Stores> = {
  readonly database: Pick<Database, 'withTenant'>
  readonly queue: Queue
  readonly clock: Clock
  readonly newId: NewId
  readonly writeAudit: WriteAudit
  readonly requireStanding: RequireStanding
  readonly stores: (tx: Tx) => Stores
  /** Is told of every refusal, with its kind and field, and nothing of what was asked. */
  readonly log: Pick<Log, 'info'>
}

export type IdempotencyKeyReused = { readonly kind: 'idempotency-key-reused'; readonly message: string }

export type Invocation = {
  readonly actor: Actor
  readonly requestId: string
  readonly idempotencyKey: string | null
  /** The tenant acted on when it is not the actor's own: staff provisioning one. */
  readonly tenantId?: string
}

/** Carries an expected failure out of the transaction, which rolls back. */
class ExpectedFailure<Result> extends Error {
  readonly result: Result

  constructor(result: Result) {
    super('expected failure')
    this.result = result
  }
}

const KEY_REUSED: IdempotencyKeyReused = {
  kind: 'idempotency-key-reused',
  message: 'This idempotency key was used before with a different request. Use a new key for a new request.',
}

/** Longest key that is kept; clients send UUIDs. */
const KEY_LENGTH = 200

export const commandRunner =
  <Stores>(dependencies: CommandDependencies<Stores>) =>
  async <Input, Result extends CommandResult>(
    command: Command<Input, Result, Stores>,
    invocation: Invocation,
    input: Input,
  ): Promise<Result | IdempotencyKeyReused> => {
    const { database, queue, clock, newId } = dependencies
    requirePermission(invocation, command)
    const tenantId = invocation.tenantId ?? tenantOf(invocation.actor)
    checkKey(invocation.idempotencyKey)
    try {
      const answer = await database.withTenant(
        tenantId,
        async (tx) => {
          if (command.duringSuspension !== true) await dependencies.requireStanding(tx, invocation.actor)
          const claim = await claimKey(tx, command.name, invocation.idempotencyKey, input)
          // What was stored is what this very command returned for this very input.
          if (claim.kind === 'repeated') return claim.result as Result
          if (claim.kind === 'reused') throw new ExpectedFailure(KEY_REUSED)
          const stores = dependencies.stores(tx)
          const result = await command.run(
            { tx, stores, actor: invocation.actor, clock, newId, queue },
            input,
          )
          if (!isOk(result)) throw new ExpectedFailure(result)
          await dependencies.writeAudit(tx, {
            ...command.audit(input, result),
            action: command.name,
            actor: invocation.actor,
            requestId: invocation.requestId,
          })
          await storeResult(tx, invocation.idempotencyKey, command.kept?.(result) ?? result)
          await failpoint(`${command.name}.worked`)
          return result
        },
        command.statementTimeoutMs === undefined ? {} : { statementTimeoutMs: command.statementTimeoutMs },
      )
      await failpoint(`${command.name}.committed`)
      return answer
    } catch (error) {
      // Only thrown above, with a result of this command or the reused key.
      if (!(error instanceof ExpectedFailure)) throw error
      const refused = error.result as Result | IdempotencyKeyReused
      dependencies.log.info(
        { command: command.name, tenantId, requestId: invocation.requestId, ...reasonOf(refused) },
        'command refused',
      )
      return refused
    }
  }

const requirePermission = (
  { actor, tenantId }: Pick<Invocation, 'actor' | 'tenantId'>,
  {
    permission,
    orStaff,
    whileOnlyLooking,
  }: Pick<Command<never, CommandResult, never>, 'permission' | 'orStaff' | 'whileOnlyLooking'>,
): void => {
  // The gateway refuses it before; this holds for whoever gets round the gateway.
  if (actor.impersonation?.readOnly === true && whileOnlyLooking !== true) throw readOnlyFault()
  if (orStaff === true && tenantId !== undefined && tenantId !== actor.tenantId) {
    requireScope(actor, 'platform:staff')
    return
  }
  if (permission !== 'authenticated') requireScope(actor, permission)
}

/** The input's own values stay out of the log. */
const reasonOf = (refused: CommandResult): object =>
  'field' in refused ? { kind: refused.kind, field: refused.field } : { kind: refused.kind }

const isOk = <Result extends CommandResult>(result: Result): result is Extract<Result, { kind: 'ok' }> =>
  result.kind === 'ok'

const checkKey = (key: string | null): void => {
  if (key !== null && (key.length === 0 || key.length > KEY_LENGTH || key.includes('\0'))) {
    throw new Fault('BAD_INPUT', `An idempotency key has 1 to ${KEY_LENGTH} characters.`, {
      facts: { field: 'idempotencyKey' },
    })
  }
}

type Claim =
  | { readonly kind: 'new' }
  | { readonly kind: 'reused' }
  | { readonly kind: 'repeated'; readonly result: unknown }

/** A second request with the same key waits here until the first has committed or rolled back. */
const claimKey = async (tx: Tx, command: string, key: string | null, input: unknown): Promise<Claim> => {
  if (key === null) return { kind: 'new' }
  const bodyHash = canonicalHash({ command, input })
  const inserted = await tx.change(
    `insert into chassis.idempotency_key (tenant_id, key, command, body_hash) values ($1, $2, $3, $4)
     on conflict (tenant_id, key) do nothing`,
    [tx.tenantId, key, command, bodyHash],
  )
  if (inserted === 1) return { kind: 'new' }
  const [row] = await tx.rows<{ body_hash: string; result: unknown }>(
    `select body_hash, result from chassis.idempotency_key where tenant_id = $1 and key = $2`,
    [tx.tenantId, key],
  )
  return row?.body_hash === bodyHash ? { kind: 'repeated', result: row.result } : { kind: 'reused' }
}

const storeResult = async (tx: Tx, key: string | null, result: CommandResult): Promise<void> => {
  if (key === null) return
  await tx.change(`update chassis.idempotency_key set result = $3 where tenant_id = $1 and key = $2`, [
    tx.tenantId,
    key,
    JSON.stringify(result),
  ])
}
