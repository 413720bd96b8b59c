/** The telemetry of a process of the platform, and the log whose lines have what it knows. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Config } from '@stormops/chassis/config'
import { createLog } from '@stormops/chassis/telemetry/log'
import type { Log } from '@stormops/chassis/telemetry/log'
import { openTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import type { DestinationStream } from 'pino'
import { z } from 'zod'

export type ProcessTelemetry = { readonly telemetry: Telemetry; readonly log: Log }

const VERSION_FILE = fileURLToPath(new URL('../package.json', import.meta.url))

export const platformVersion = (): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(VERSION_FILE, 'utf8'))).version

/** `name` says which process it is: `all-in-one`, `gateway`, `subgraph storms`, `worker`. */
export const processTelemetry = async (
  { tracing, logLevel }: Pick<Config, 'tracing' | 'logLevel'>,
  name: string,
  destination?: DestinationStream,
): Promise<ProcessTelemetry> => {
  const telemetry = await openTelemetry({ process: name, version: platformVersion(), tracing })
  const log = createLog(logLevel, destination, telemetry.marks)
  telemetry.tellTo(log)
  return { telemetry, log }
}
