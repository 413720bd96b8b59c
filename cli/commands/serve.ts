/** `serve`: everything in one process, or one part of it, logging JSON to standard output. */
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'
import { GATEWAY_NEEDS, openGatewayProcess } from '../processes/gateway-process.ts'
import { openSubgraphProcess, subgraphNeeds } from '../processes/subgraph-process.ts'
import { runProcess } from '../processes/running-process.ts'
import type { RunningProcess } from '../processes/running-process.ts'
import { serve } from '../running.ts'

type PortOption = { readonly port?: string }

export const serveCommand = (program: Command): void => {
  const command = program
    .command('serve')
    .description('serve everything in one process; logs are JSON on standard output')
    .action(async () => {
      const config = readConfig(process.env)
      const whole = async (log: Log, telemetry: Telemetry): Promise<RunningProcess> => {
        const running = await serve(config, log, { telemetry })
        const { loopbackStripe: url } = running
        if (url !== null) log.warn({ url }, 'payments go to a loopback of Stripe, which takes no money')
        return running
      }
      await runProcess(config, 'all-in-one', whole, null)
    })
  command
    .command('gateway')
    .description('serve the graph over subgraphs that run elsewhere, which SUBGRAPH_URLS names')
    .option('--port <port>', 'instead of PORT')
    .action(async (options: PortOption) => {
      const config = readConfig(withPort(options), GATEWAY_NEEDS)
      await runProcess(config, 'gateway', (log, telemetry) => openGatewayProcess(config, log, { telemetry }))
    })
  command
    .command('subgraph')
    .description('serve one subgraph to gateways that sign what they ask')
    .argument('<name>', `one of ${SUBGRAPHS.join(', ')}`, subgraphName)
    .option('--port <port>', 'instead of PORT')
    .action(async (name: SubgraphName, options: PortOption) => {
      const config = readConfig(withPort(options), subgraphNeeds(name))
      await runProcess(config, `subgraph ${name}`, (log, telemetry) =>
        openSubgraphProcess(name, config, log, { telemetry }),
      )
    })
}

export const withPort = ({ port }: PortOption): NodeJS.ProcessEnv =>
  port === undefined ? process.env : { ...process.env, PORT: port }

const subgraphName = (text: string): SubgraphName => {
  const name = SUBGRAPHS.find((known) => known === text)
  if (name === undefined) throw new InvalidArgumentError(`There are ${SUBGRAPHS.join(', ')}.`)
  return name
}
