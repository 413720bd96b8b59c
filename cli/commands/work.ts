/** `work`: the jobs of every subgraph in a process of their own. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { runProcess } from '../processes/running-process.ts'
import { openWorkerProcess, WORKER_NEEDS } from '../processes/worker-process.ts'
import { withPort } from './serve.ts'

export const workCommand = (program: Command): void => {
  program
    .command('work')
    .description('do the jobs of every subgraph; says on its port whether it is ready')
    .option('--port <port>', 'instead of PORT')
    .action(async (options: { readonly port?: string }) => {
      const config = readConfig(withPort(options), WORKER_NEEDS)
      await runProcess(config, 'worker', (log, telemetry) => openWorkerProcess(config, log, { telemetry }))
    })
}
