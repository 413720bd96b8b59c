/** `bench` runs everything, `bench pilot` what a pilot needs, `bench import` and the like one thing. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BenchResult } from './bench-result.ts'
import { benchCloseMonth } from './close-month.ts'
import { benchGatewayOverhead } from './gateway-overhead.ts'
import { benchGatewayPipeline } from './gateway-pipeline.ts'
import { benchGatewayQuery } from './gateway-query.ts'
import { benchImport } from './import.ts'
import { benchInference } from './inference.ts'
import { benchJobs } from './jobs.ts'
import { benchMetering } from './metering.ts'
import { benchOverload } from './overload/overload.ts'
import { benchProcesses } from './processes.ts'
import { benchReport } from './report.ts'
import { benchSoak } from './soak.ts'
import { table } from './table.ts'
import { benchUsage } from './usage.ts'

type Benchmark = () => Promise<BenchResult>

const PILOT: readonly Benchmark[] = [benchImport, benchInference, benchReport, benchGatewayQuery]

const BENCHMARKS: Readonly<Record<string, readonly Benchmark[]>> = {
  all: [
    ...PILOT,
    benchGatewayOverhead,
    benchGatewayPipeline,
    benchMetering,
    benchJobs,
    benchProcesses,
    benchUsage,
    benchCloseMonth,
    benchOverload,
  ],
  pilot: PILOT,
  import: [benchImport],
  inference: [benchInference],
  report: [benchReport],
  gateway: [benchGatewayQuery, benchGatewayOverhead, benchGatewayPipeline],
  metering: [benchMetering],
  jobs: [benchJobs],
  processes: [benchProcesses],
  overload: [benchOverload],
  usage: [benchUsage, benchCloseMonth],
  'close-month': [benchCloseMonth],
  // Half an hour, and no comparison: not among all.
  soak: [benchSoak],
}

const RESULTS = fileURLToPath(new URL('results/', import.meta.url))

const name = process.argv[2] ?? 'all'
const benchmarks = BENCHMARKS[name]
if (benchmarks === undefined) {
  console.error(`There is no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(', ')}.`)
  process.exit(2)
}
mkdirSync(RESULTS, { recursive: true })
const results: BenchResult[] = []
for (const benchmark of benchmarks) {
  const result = await benchmark()
  results.push(result)
  console.log(table([result]))
  writeFileSync(`${RESULTS}${result.name}.json`, `${JSON.stringify(result, null, 2)}\n`)
}
if (results.length > 1) writeFileSync(`${RESULTS}${name}.json`, `${JSON.stringify(results, null, 2)}\n`)
// As in `runProcess`: over the broken connections of a soak, Node did not end by itself.
process.exit()
