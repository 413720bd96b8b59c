/** Which commands end what a gateway remembers for a moment, so that it is told and need not wait that moment out. */
import type { TenancyContext } from '../context.ts'
import type { AccessChange, TenancyPorts } from '../ports.ts'
import { changeMemberRole, removeMember } from './change-members.ts'
import { endImpersonation } from './impersonation.ts'
import { retireOperation } from './retire-operation.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { rotateApiKey } from './rotate-api-key.ts'

const ACCESS: ReadonlySet<string> = new Set(
  [changeMemberRole, removeMember, endImpersonation, revokeApiKey, rotateApiKey].map(({ name }) => name),
)
const OPERATIONS: ReadonlySet<string> = new Set([retireOperation.name, 'tenancy.publishOperations'])

/** Null for a command that changes nothing of it. */
const changeTold = (command: string, tenantId: string): AccessChange | null => {
  if (ACCESS.has(command)) return { kind: 'access-changed', tenantId }
  return OPERATIONS.has(command) ? { kind: 'operations-changed', tenantId } : null
}

/** Runs commands, and tells what each has changed once it is committed. */
export const tellingRun =
  (
    { run, actor }: Pick<TenancyContext, 'run' | 'actor'>,
    accessChanged: TenancyPorts['accessChanged'],
  ): TenancyContext['run'] =>
  async (command, input, idempotencyKey, tenantId) => {
    const result = await run(command, input, idempotencyKey, tenantId)
    const changed = tenantId ?? actor().tenantId
    const change = result.kind === 'ok' && changed !== null ? changeTold(command.name, changed) : null
    if (change !== null) accessChanged(change)
    return result
  }
