/** What a process can be told, and where each listens unless it is told otherwise: read from the code, not from memory. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault, readConfig } from '@stormops/chassis/config'
import type { Config, Needs } from '@stormops/chassis/config'
import { GATEWAY_NEEDS } from '@stormops/cli/processes/gateway-process'
import { subgraphNeeds } from '@stormops/cli/processes/subgraph-process'
import { WORKER_NEEDS } from '@stormops/cli/processes/worker-process'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'

export const ROOT = join(import.meta.dirname, '..', '..')

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Variables of .env.example, which a test of the chassis compares with what the configuration reads. */
export const VARIABLES: readonly string[] = [
  ...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm),
].map(([, name = '']) => name)

/** Variables that the driver of the database, and not the platform, reads. */
export const DRIVER_VARIABLES: readonly string[] = ['PGPASSWORD']

export type ProcessName = SubgraphName | 'gateway' | 'worker'
export const PROCESSES: readonly ProcessName[] = ['gateway', ...SUBGRAPHS, 'worker']

/** The number after `DEFAULT_PORT =` or `FIRST_PORT =`. */
const portIn = (file: string): number => Number(/(?:DEFAULT|FIRST)_PORT = (\d+)/.exec(read(file))?.[1])

export const PORTS: ReadonlyMap<ProcessName, number> = new Map([
  ['gateway', portIn('cli/processes/gateway-process.ts')],
  ...SUBGRAPHS.map((name, place): [ProcessName, number] => [
    name,
    portIn('cli/processes/subgraph-process.ts') + place,
  ]),
  ['worker', portIn('cli/processes/worker-process.ts')],
])

const NEEDS: Readonly<Record<'gateway' | 'worker', Needs>> = { gateway: GATEWAY_NEEDS, worker: WORKER_NEEDS }

/** What each process is started with. */
export const COMMANDS: ReadonlyMap<ProcessName, readonly string[]> = new Map<ProcessName, readonly string[]>([
  ['gateway', ['serve', 'gateway']],
  ...SUBGRAPHS.map((name): [ProcessName, readonly string[]] => [name, ['serve', 'subgraph', name]]),
  ['worker', ['work']],
])

export const needsOf = (name: ProcessName): Needs =>
  name === 'gateway' || name === 'worker' ? NEEDS[name] : subgraphNeeds(name)

/** The configuration that a process makes of these variables, or what it complains of. */
export const configOf = (
  name: ProcessName,
  environment: Readonly<Record<string, string>>,
): Config | readonly string[] => {
  try {
    return readConfig(environment, needsOf(name))
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults
    throw error
  }
}
