/** `serve`: everything in one process, without the demo, logging JSON to standard output. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { createLog } from '@stormops/chassis/telemetry/log'
import { serve } from '../running.ts'
import { untilToldToStop } from '../stopping.ts'

export const serveCommand = (program: Command): void => {
  program
    .command('serve')
    .description('serve everything in one process; logs are JSON on standard output')
    .action(async () => {
      const config = readConfig(process.env)
      const log = createLog(config.logLevel)
      const told = untilToldToStop()
      const running = await serve(config, log)
      log.info({ url: running.url }, 'serving')
      await told
      await running.close()
      log.info('stopped')
    })
}
