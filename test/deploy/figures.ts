/** The names of all figures that the processes tell, read from the code that makes them. */
import { globSync } from 'node:fs'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { read, ROOT } from './settings.ts'

const SOURCES = globSync('{chassis,cli,gateway,subgraphs}/**/*.ts', {
  cwd: ROOT,
  exclude: (path) => path.includes('node_modules'),
}).filter((file) => !/\.(test|fixture)\.ts$/.test(file))

/** Every name given to something in a file that makes figures; some of them may be names of other things. */
export const NAMES_IN_CODE: ReadonlySet<string> = new Set(
  SOURCES.map(read)
    .filter((text) => text.includes('prom-client'))
    .flatMap((text) =>
      [...text.matchAll(/['"]([a-z][a-z0-9]*(?:_[a-z0-9]+)+)['"]/g)].map(([, name = '']) => name),
    ),
)

/** What the library tells of every process, where the code asks it to. */
const ofTheProcess = (): readonly string[] => {
  if (!SOURCES.some((file) => read(file).includes('collectDefaultMetrics('))) return []
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry.getMetricsAsArray().map(({ name }) => name)
}
export const OF_THE_PROCESS: readonly string[] = ofTheProcess()

/** Those that Prometheus makes itself. */
export const OF_PROMETHEUS: readonly string[] = ['up', 'ALERTS']

/** A histogram is told as three series. */
export const withoutSuffix = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '')
