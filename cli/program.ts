/** What `stormops` can be told to do. */
import { Command } from 'commander'
import { COMMAND_LOADERS } from './command-list.ts'

const program = new Command('stormops').description('storm-restoration pilots, measured')
const [, , asked = ''] = process.argv
const wanted = Object.entries(COMMAND_LOADERS).filter(([name]) => name === asked)
for (const [, load] of wanted.length > 0 ? wanted : Object.entries(COMMAND_LOADERS)) (await load())(program)

/** In words; LOG_LEVEL=debug adds where it happened. */
const told = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  // Where it happened helps whoever mends it, and nobody else.
  return process.env['LOG_LEVEL'] === 'debug' ? (error.stack ?? error.message) : error.message
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${told(error)}\n`)
  process.exitCode = 1
}
