/** A platform that serves: database, every part, and an address; and how other commands of the same home find it. */
import { createServer } from 'node:net'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { systemClock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import { newId } from '@stormops/chassis/values/ids'
import { openPlatform } from './all-in-one.ts'
import type { Platform } from './all-in-one.ts'
import { backupPlace } from './backups.ts'
import { configuredCells } from './cell-databases.ts'
import { openDatabaseHome } from './database-home.ts'
import type { DatabaseHome } from './database-home.ts'
import { openDisk } from './disk.ts'
import { gatewaySettings } from './gateway-settings.ts'
import { mailSettings } from './mail.ts'
import { openKeys } from './process-keys.ts'
import type { ProcessKeys } from './process-keys.ts'
import { addressFile } from './running-address.ts'
import { openStripe } from './stripe.ts'
import type { OpenStripe } from './stripe.ts'

export const DEFAULT_PORT = 4000
/** How far to look for a free port; beyond it something else is wrong. */
const PORTS_TRIED = 100

export type Running = {
  readonly url: string
  /** Set when the usual port was taken and another was chosen. */
  readonly portInstead: number | null
  readonly platform: Platform
  readonly database: DatabaseHome
  readonly keys: SigningKeys
  /** Where this process plays Stripe; null where it does not. */
  readonly loopbackStripe: string | null
  readonly close: () => Promise<void>
}

/** One line of what is under way, for whoever waits. */
export type Progress = <T>(title: string, work: () => Promise<T>) => Promise<T>

const silently: Progress = (_title, work) => work()

export type ServeOptions = {
  /** Default nobody waits. */
  readonly progress?: Progress
  /** Of the process. Default one of its own, which traces nothing. */
  readonly telemetry?: Telemetry
}

export const serve = async (
  config: Config,
  log: Log,
  { progress = silently, telemetry = quietTelemetry() }: ServeOptions = {},
): Promise<Running> => {
  mkdirSync(config.home, { recursive: true })
  const database = await progress('PostgreSQL', () => openDatabaseHome(config, log))
  let url = config.publicUrl ?? ''
  let opened: Platform | null = null
  let reading: ProcessKeys | null = null
  let stripe: OpenStripe | null = null
  const disk = await openDisk(config, log, database.embedded?.dataDirectory ?? null)
  try {
    reading = await openKeys(config, log)
    const { keys, stop } = reading
    const paying = await openStripe(config, log, telemetry.tracer)
    stripe = paying
    const platform = await progress('Schemas, subgraphs, gateway and worker', () =>
      openPlatform({
        admin: database.admin,
        secret: database.secret,
        cells: configuredCells(config),
        enterpriseCell: config.enterpriseCell,
        home: config.home,
        keysDirectory: config.keysDirectory,
        keys,
        clock: systemClock,
        newId,
        log,
        telemetry,
        ...gatewaySettings(config),
        mail: mailSettings(config),
        operationsMail: config.operationsMail,
        backups: backupPlace(config),
        stripe: paying.client,
        disk,
        publicUrl: () => url,
      }),
    )
    opened = platform
    const port = config.port ?? (await freePort(config.host))
    const listening = await platform.http.listen(config.host, port).catch((error: unknown) => {
      throw addressFault(error, config.host, port)
    })
    url = config.publicUrl ?? listening.url
    paying.tell(listening.url)
    if (config.sandbox === 'graphiql') platform.sandboxBundle.prepare()
    writeFileSync(addressFile(config.home), JSON.stringify({ url: listening.url, pid: process.pid }))
    return {
      url: listening.url,
      portInstead: config.port === null && port !== DEFAULT_PORT ? port : null,
      platform,
      database,
      keys,
      loopbackStripe: paying.loopback?.url ?? null,
      close: async () => {
        stop()
        disk.stop()
        rmSync(addressFile(config.home), { force: true })
        await platform.close()
        await paying.close()
        await database.stop()
      },
    }
  } catch (error) {
    reading?.stop()
    disk.stop()
    await opened?.close()
    await stripe?.close()
    await database.stop()
    throw error
  }
}

const ADDRESS_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program',
  EADDRNOTAVAIL: 'is no address of this machine',
  EACCES: 'may not be used by this account',
}

const addressFault = (error: unknown, host: string, port: number): unknown => {
  const reason = error instanceof Error && 'code' in error ? ADDRESS_FAULTS[String(error.code)] : undefined
  return reason === undefined
    ? error
    : new Fault('UNAVAILABLE', `${host}:${port} ${reason}. Set HOST or PORT to another.`, { cause: error })
}

const freePort = async (host: string): Promise<number> => {
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS_TRIED; port++) {
    if (await isFree(host, port)) return port
  }
  return 0
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
