/**
 * Commands about jobs run where the jobs lie. The platform's own have their audit in the home cell, wherever they lie:
 * its line is committed before the work, so that the audit may tell of a rerun that then failed, and never keeps silent
 * about one that did not.
 */
import { commandRunner } from '@stormops/chassis/command'
import type { CommandDependencies } from '@stormops/chassis/command'
import { HOME_CELL } from '@stormops/chassis/database/database'
import type { CellDatabase, Database } from '@stormops/chassis/database/database'
import { unreachable } from '@stormops/chassis/fault'
import type { Actor } from '@stormops/chassis/identity'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import type { OperationsContext, OperationsStores } from './context.ts'

type Dependencies = CommandDependencies<OperationsStores> & { readonly database: Database }

type Asking = {
  readonly run: OperationsContext['run']
  readonly actor: () => Actor
  readonly requestId: string
  readonly forget: () => void
}

export const runnerOnJobs =
  (dependencies: Dependencies, { run, actor, requestId, forget }: Asking): OperationsContext['runOn'] =>
  async (on, command, input, idempotencyKey = null) => {
    switch (on.kind) {
      case 'own':
        return run(command, input, idempotencyKey)
      case 'company':
        return run(command, input, idempotencyKey, on.tenantId)
      case 'platform': {
        const cell = dependencies.database.cells.find(({ name }) => name === on.cell)
        if (on.cell === HOME_CELL || cell === undefined) {
          return run(command, input, idempotencyKey, PLATFORM_TENANT_ID)
        }
        const invocation = { actor: actor(), requestId, idempotencyKey, tenantId: PLATFORM_TENANT_ID }
        const result = await commandRunner(inCell(dependencies, cell))(command, invocation, input)
        forget()
        return result
      }
      default:
        return unreachable(on)
    }
  }

const inCell = (
  dependencies: Dependencies,
  { withTenant }: CellDatabase,
): CommandDependencies<OperationsStores> => ({
  ...dependencies,
  database: { withTenant },
  writeAudit: (_tx, line) =>
    dependencies.database.withTenant(PLATFORM_TENANT_ID, (atHome) => dependencies.writeAudit(atHome, line)),
})
