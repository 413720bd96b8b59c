/**
 * The two shapes in which a test meets the platform. `process` has everything in one process. `processes` is the very
 * composition of `serve gateway`, `serve subgraph NAME` and `work`, each behind a port of the loopback of its own: who
 * asks crosses HTTP under a signature, and jobs are done by whoever has only the queue. They share the test's process,
 * so that it may give them its clock, its keys and its Stripe.
 */
import { readConfig } from '@stormops/chassis/config'
import type { Clock } from '@stormops/chassis/clock'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import type { StripeClient } from '@stormops/billing/ports'
import { openPlatform } from '@stormops/cli/all-in-one'
import type { Platform, PlatformOptions } from '@stormops/cli/all-in-one'
import { prepareCells } from '@stormops/cli/cell-databases'
import type { CellAdmin } from '@stormops/cli/cell-databases'
import { declareEveryQueue } from '@stormops/cli/every-queue'
import type { MailSettings } from '@stormops/cli/mail'
import type { GivenParts } from '@stormops/cli/processes/given-parts'
import { openGatewayProcess } from '@stormops/cli/processes/gateway-process'
import type { RunningProcess } from '@stormops/cli/processes/running-process'
import { openSubgraphProcess } from '@stormops/cli/processes/subgraph-process'
import { openWorkerProcess } from '@stormops/cli/processes/worker-process'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import type { TestDatabase } from './database.ts'

export type Shape = 'process' | 'processes'

/** What a test may take hold of beside its clients. */
export type OpenShape = Pick<Platform, 'gateway' | 'sandboxBundle' | 'payments'> & {
  readonly url: string
  readonly close: () => Promise<void>
}

export type ShapeParts = {
  readonly database: TestDatabase
  /** Databases beside that one. */
  readonly cells: readonly CellAdmin[]
  readonly home: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly log: Log
  readonly stripe: StripeClient | null
  readonly mail: MailSettings
  readonly operationsMail: string | null
  readonly gateway: Pick<PlatformOptions, 'introspection' | 'limits' | 'trustProxy' | 'sandbox' | 'meter'>
}

/** What `STORMOPS_TEST_SHAPE` says; everything in one process unless it says otherwise. */
export const chosenShape = (): Shape => {
  const chosen = process.env['STORMOPS_TEST_SHAPE'] ?? 'process'
  if (chosen === 'process' || chosen === 'processes') return chosen
  throw new Error(`STORMOPS_TEST_SHAPE is process or processes, and not ${chosen}.`)
}

export const openShape = (shape: Shape, parts: ShapeParts): Promise<OpenShape> =>
  shape === 'process' ? inOneProcess(parts) : acrossProcesses(parts)

const inOneProcess = async ({ database, gateway: settings, ...parts }: ShapeParts): Promise<OpenShape> => {
  let url = ''
  const { admin, secret } = database
  const platform = await openPlatform({ ...parts, ...settings, admin, secret, newId, publicUrl: () => url })
  url = (await platform.http.listen('127.0.0.1', 0)).url
  const { gateway, sandboxBundle, payments, close } = platform
  return { url, gateway, sandboxBundle, payments, close }
}

const acrossProcesses = async (parts: ShapeParts): Promise<OpenShape> => {
  let url = ''
  const { home, log } = parts
  const variables = {
    STORMOPS_HOME: home,
    PORT: '0',
    NODE_ENV: 'test',
    REDIS_URL: process.env['REDIS_URL'],
    OPERATIONS_MAIL: parts.operationsMail ?? undefined,
  }
  const config = readConfig(variables)
  // Limits are counted apart, since the worlds of other test files come from this address too.
  const gateway = { redisUrl: null, ...parts.gateway }
  const given: GivenParts = { ...parts, gateway, publicUrl: () => url, noticeMilliseconds: 0 }
  await prepareCells(parts.database, parts.cells, log)
  await declareEveryQueue(config, { ...parts.database, cells: parts.cells }, log)
  const opened: RunningProcess[] = []
  const close = async (): Promise<void> => {
    for (const process of opened.toReversed()) await process.close()
  }
  try {
    const urls: string[] = []
    // Models comes first: storms asks it.
    for (const name of SUBGRAPHS.toSorted((a, b) => Number(b === 'models') - Number(a === 'models'))) {
      const process = await openSubgraphProcess(name, { ...config, ...addresses(urls) }, log, given)
      opened.push(process)
      urls.push(`${name}=${process.url}`)
    }
    opened.push(await openWorkerProcess(config, log, given))
    const process = await openGatewayProcess({ ...config, ...addresses(urls) }, log, given)
    opened.push(process)
    url = process.url
    const { sandboxBundle, payments } = process
    return { url, gateway: process.gateway, sandboxBundle, payments, close }
  } catch (error) {
    await close()
    throw error
  }
}

const addresses = (urls: readonly string[]) => {
  const { subgraphUrls } = readConfig({ SUBGRAPH_URLS: urls.join(',') })
  return { subgraphUrls }
}
