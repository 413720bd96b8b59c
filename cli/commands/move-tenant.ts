/** `tenant move SLUG --to CELL`: moves a company to another database, and shows how far it is. */
import type { Command } from 'commander'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { tenantIds } from '@stormops/tenancy/port'
import { succeeded } from '../client.ts'
import type { GraphClient } from '../client.ts'
import { MOVE, MOVE_STANDS } from '../demo/documents.ts'
import { asStaff } from '../session.ts'
import { tenantOfSlug } from '../tenant-lookup.ts'
import { printLine } from '../terminal.ts'

type Asked = {
  readonly __typename: string
  readonly message?: string
  readonly move: { readonly id: string }
}

type Standing = {
  readonly state: string
  readonly error: string | null
  readonly fencedForSeconds: number | null
  readonly tables: readonly {
    readonly name: string
    readonly rowCount: number
    readonly caughtUpCount: number
  }[]
}

const LOOK_EVERY_MS = 200

export const moveCommand = (tenant: Command): void => {
  tenant
    .command('move <slug>')
    .description('move a company to another database while it works')
    .requiredOption('--to <cell>', 'the name of the cell, as in CELL_URLS; home for the platform’s own')
    .option('--json', 'print JSON')
    .action(async (slug: string, { to, json }: { readonly to: string; readonly json?: boolean }) => {
      const config = readConfig(process.env)
      await asStaff(config, async (client) => {
        const { id } = await tenantOfSlug(config, slug)
        const { moveTenant } = await client.ask<{ moveTenant: Asked }>(MOVE, {
          input: { tenantId: tenantIds.encode(id), cell: to },
        })
        const { move } = succeeded(moveTenant)
        const ended = await watch(client, move.id, json === true ? () => undefined : printLine)
        if (json === true) {
          printLine(JSON.stringify({ id: move.id, ...ended }))
          return
        }
        const rows = ended.tables.reduce((sum, table) => sum + table.rowCount, 0)
        printLine(
          `${slug} lives in ${to}: ${rows} rows in ${ended.tables.length} tables are the same on both sides. ` +
            `It could not be changed for ${ended.fencedForSeconds ?? 0} s.`,
        )
      })
    })
}

/** A mover that fails tries again by itself; each failure is said once. */
const watch = async (client: GraphClient, id: string, say: (line: string) => void): Promise<Standing> => {
  let said = ''
  for (;;) {
    const { tenantMove } = await client.ask<{ tenantMove: Standing | null }>(MOVE_STANDS, { id })
    const line = `${tenantMove?.state ?? 'QUEUED'}${tenantMove?.error ? `: ${tenantMove.error}` : ''}`
    if (line !== said) say(line)
    said = line
    if (tenantMove?.state === 'SWITCHED' || tenantMove?.state === 'CLEANED') return tenantMove
    if (tenantMove?.state === 'ABANDONED') {
      throw new Fault('UNAVAILABLE', `The move was given up: ${tenantMove.error ?? 'nobody said why'}`)
    }
    await sleep(LOOK_EVERY_MS)
  }
}
