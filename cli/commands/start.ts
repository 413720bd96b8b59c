/** `start`: everything on this machine, with a measured demo the first time. */
import { existsSync, mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '@stormops/chassis/clock'
import { readConfig } from '@stormops/chassis/config'
import type { Config } from '@stormops/chassis/config'
import { SCHEMA_DIRECTORY } from '@stormops/schema/subgraphs.ts'
import { destination } from 'pino'
import { demoExists, firstDemoKey, seedDemo, writeDemoEnv } from '../demo/demo.ts'
import { mailSettings } from '../mail.ts'
import { processTelemetry } from '../process-telemetry.ts'
import type { ProcessTelemetry } from '../process-telemetry.ts'
import { readOperations } from '../operation-files.ts'
import { reportLines } from '../report-lines.ts'
import { serve } from '../running.ts'
import type { Running } from '../running.ts'
import { untilToldToStop } from '../stopping.ts'
import { heading, printLine, timedSteps } from '../terminal.ts'

export const startCommand = (program: Command): void => {
  program
    .command('start')
    .description('start everything on this machine; the first time, seed and measure the demo')
    .option('--no-demo', 'serve an empty platform')
    .action(async (options: { demo: boolean }) => {
      const config = readConfig(process.env)
      // The demo writes tokens to a file, which has no place in production.
      const demo = options.demo && config.environment !== 'production'
      const told = untilToldToStop()
      const { log, telemetry } = await withFileLog(config)
      printLine(heading('StormOps Graph'))
      const progress = timedSteps(printLine)
      const running = await serve(config, log, { progress, telemetry })
      try {
        const shown = demo ? showDemo(config, running, progress) : Promise.resolve()
        // Told to stop in the middle of the demo, it stops; the next start goes on with it.
        const stopped = await Promise.race([told.then(() => true), shown.then(() => false)])
        if (!stopped) {
          printAddresses(config, running, demo)
          await told
        }
        shown.catch(() => undefined)
      } catch (error) {
        await running.close()
        throw error
      }
      await progress('stopped; everything is kept', running.close)
      await telemetry.close()
    })
}

/** The terminal shows steps; everything else goes to a file. */
const withFileLog = (config: Config): Promise<ProcessTelemetry> => {
  const directory = join(config.home, 'logs')
  mkdirSync(directory, { recursive: true })
  const file = destination({ dest: join(directory, 'stormops.log'), sync: false })
  return processTelemetry(config, 'all-in-one', file)
}

const showDemo = async (
  config: Config,
  running: Running,
  progress: ReturnType<typeof timedSteps>,
): Promise<void> => {
  const demo = { url: running.url, home: config.home, keys: running.keys, clock: systemClock }
  if (!demoExists(config.home)) {
    const results = await seedDemo(demo, progress)
    for (const { company, pilot, pdfFile } of results) {
      printLine('')
      if (pilot.report !== null) for (const line of reportLines(company, pilot.report)) printLine(line)
      printLine(`  report: ${relative(process.cwd(), pdfFile)}`)
    }
  }
  await writeDemoEnv(demo)
}

const printAddresses = (config: Config, running: Running, demo: boolean): void => {
  const envFile = relative(process.cwd(), join(config.home, 'demo.env'))
  printLine('')
  if (running.portInstead !== null) printLine(`Port 4000 is taken, so this is on ${running.portInstead}.`)
  printLine(`${heading('GraphQL')}   ${running.url}/graphql`)
  if (config.sandbox !== 'off') printLine(`${heading('Sandbox')}   ${running.url}/sandbox`)
  printLine(`${heading('Health')}    ${running.url}/readyz   ${running.url}/metrics`)
  printLine(`${heading('Sign in')}   ${running.url}/sign-in`)
  if (mailSettings(config).kind === 'mailbox') printLine(`${heading('Mail')}      ${running.url}/dev/mail`)
  if (running.loopbackStripe !== null) {
    printLine(
      `${heading('Payments')}  ${running.loopbackStripe}    # a loopback of Stripe, which takes no money`,
    )
  }
  if (demo && existsSync(join(config.home, 'demo.env'))) {
    printLine(
      `${heading('Tokens')}    set -a; . ${envFile}; set +a    # ids, tokens and keys of both companies`,
    )
    printLine(
      `${heading('Try')}       curl -s $STORMOPS_URL/graphql -H "authorization: Bearer $STORMOPS_OWNER_TOKEN" \\\n` +
        `            -H 'content-type: application/json' -d '{"query":"{ viewer { tenant { name } } }"}'`,
    )
    const [document] = readOperations(join(SCHEMA_DIRECTORY, 'operations', 'partner', 'storms.graphql'))
    printLine(`${heading('Demo key')}  ${firstDemoKey(config.home)}    # $STORMOPS_API_KEY`)
    printLine(
      `${heading('Partner')}   curl -s "$STORMOPS_URL/graphql/${document?.id ?? ''}" \\\n` +
        `            -H "authorization: Bearer $STORMOPS_API_KEY"    # a key asks what was published, by its id`,
    )
  }
  printLine('Ctrl-C stops it; the next start goes on where this one ended.')
}
