/** `storm create` and `storm import`: a storm and its properties. */
import { openAsBlob } from 'node:fs'
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { succeeded, upload } from '../client.ts'
import { CREATE_STORM, IMPORT } from '../demo/documents.ts'
import { endedImport } from '../demo/pilot-run.ts'
import { asOwner } from '../session.ts'
import { stormOf } from '../storm-lookup.ts'
import { printLine } from '../terminal.ts'

type Union = { __typename: string; message?: string }

/** Enough to see what is wrong with a file; the graph has them all. */
const REJECTIONS_SHOWN = 20

export const stormCommand = (program: Command): void => {
  const storm = program.command('storm').description('storms')
  storm
    .command('create <eventId> <name>')
    .description('create a storm in planning')
    .requiredOption('--tenant <slug>', 'the company that works it')
    .requiredOption('--starts-at <instant>', 'when the work begins, such as 2026-03-01T00:00:00Z')
    .requiredOption('--ends-at <instant>', 'when the work ends')
    .option('--json', 'print JSON')
    .action(
      async (
        eventId: string,
        name: string,
        options: { tenant: string; startsAt: string; endsAt: string; json?: boolean },
      ) => {
        await asOwner(readConfig(process.env), options.tenant, async (client) => {
          const input = { eventId, name, startsAt: options.startsAt, endsAt: options.endsAt }
          const { createStorm } = await client.ask<{ createStorm: Union & { storm: { id: string } } }>(
            CREATE_STORM,
            { input },
          )
          const { id } = succeeded(createStorm).storm
          printLine(options.json === true ? JSON.stringify({ id, eventId, name }) : `${name} is ${id}.`)
        })
      },
    )
  storm
    .command('import <storm> <file>')
    .description('import properties from CSV into a storm, named by its id or your event id')
    .requiredOption('--tenant <slug>', 'the company that works it')
    .option('--json', 'print JSON')
    .action(async (name: string, file: string, options: { tenant: string; json?: boolean }) => {
      await asOwner(readConfig(process.env), options.tenant, async (client) => {
        const { id: stormId } = await stormOf(client, name)
        const uploadId = await upload(client, await openAsBlob(file))
        const { importProperties } = await client.ask<{
          importProperties: Union & { import: { id: string } }
        }>(IMPORT, {
          input: { stormId, uploadId },
        })
        const ended = await endedImport(client, succeeded(importProperties).import.id)
        if (options.json === true) return printLine(JSON.stringify(ended, null, 2))
        printLine(`${ended.rowsAccepted} properties imported, ${ended.rowsRejected} lines refused.`)
        for (const { line, reason } of ended.rejections.slice(0, REJECTIONS_SHOWN))
          printLine(`  line ${line}: ${reason}`)
      })
    })
}
