/**
 * `npx -y pnpm@12 test`: every test, with a real PostgreSQL and a real Redis; then what differs most across processes
 * once more, with the platform of each test opened as `serve gateway`, `serve subgraph NAME` and `work` do. What follows
 * `test` goes to vitest, and `--shape processes` opens all of it so:
 *
 *     npx -y pnpm@12 test subgraphs/billing -t 'third failed payment'
 *     npx -y pnpm@12 test --shape processes
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JsonTestResults } from 'vitest/node'
import { provideChromium } from './chromium.ts'
import { provideDeployTools } from './deploy/tools.ts'
import { NoRedis, openRedis } from './redis.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

/** A file that fails beside its tests, as when it does not load or its set-up throws, counts as one failure. */
const countsIn = (file: string): Counts => {
  const account: JsonTestResults = JSON.parse(readFileSync(file, 'utf8'))
  const broken = account.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: account.numPassedTests,
    failed: account.numFailedTests + broken.length,
    skipped: account.numPendingTests + account.numTodoTests,
  }
}

const NOTHING_RAN: Counts = { passed: 0, failed: 1, skipped: 0 }

type Run = { readonly shape: string | undefined; readonly parameters: readonly string[] }

/** Every root field, every refusal, and what is kept or told between processes. All of it takes as long as the rest. */
const ACROSS_PROCESSES: Run = {
  shape: 'processes',
  parameters: [
    'test/gateway/every-root-field',
    'test/gateway/attacks',
    'test/gateway/limits.test.ts',
    'test/invariants/isolation',
    'test/billing/premium',
    'test/billing/ledger',
    'test/billing/stripe-reconcile',
    'test/storms/pilots.test.ts',
    'test/tenancy/sessions',
    'test/tenancy/impersonation',
    'test/tenancy/persisted-operations',
  ],
}

/** `--shape NAME` is ours; vitest is told all the rest. */
const runsOf = (given: readonly string[]): readonly Run[] => {
  if (given.length === 0) return [{ shape: undefined, parameters: [] }, ACROSS_PROCESSES]
  const at = given.indexOf('--shape')
  return at < 0
    ? [{ shape: undefined, parameters: given }]
    : [{ shape: given[at + 1], parameters: given.toSpliced(at, 2) }]
}

const runVitest = async ({ shape, parameters }: Run, redisUrl: string, account: string): Promise<number> => {
  const reporting = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${account}`]
  const vitest = spawn(join(ROOT, 'node_modules', '.bin', 'vitest'), [...reporting, ...parameters], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      ...(shape === undefined ? {} : { STORMOPS_TEST_SHAPE: shape }),
      REDIS_URL: redisUrl,
    },
  })
  const forward = (signal: NodeJS.Signals): boolean => vitest.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  const [code] = await once(vitest, 'close')
  process.off('SIGINT', forward).off('SIGTERM', forward)
  return typeof code === 'number' ? code : STOPPED
}

/** A signal ended it, and ends the runs after it too. */
const STOPPED = -1

const run = async (): Promise<Counts> => {
  await provideChromium()
  await provideDeployTools()
  const redis = await openRedis()
  const directory = mkdtempSync(join(tmpdir(), 'stormops-run-'))
  let total: Counts = { passed: 0, failed: 0, skipped: 0 }
  try {
    for (const [index, one] of runsOf(process.argv.slice(2)).entries()) {
      const account = join(directory, `tests-${index}.json`)
      const code = await runVitest(one, redis.url, account)
      const counts = code === STOPPED ? NOTHING_RAN : countsIn(account)
      // Vitest may fail beside its tests, as when no test was found or the database did not start.
      total = sum(total, code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) })
      if (code === STOPPED) break
    }
    return total
  } finally {
    await redis.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

const sum = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
})

const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

const counts = await run().catch((error: unknown): Counts => {
  console.error(error instanceof NoRedis ? error.message : error)
  return NOTHING_RAN
})
console.log(`\n${closingLine(counts)}`)
process.exitCode = counts.failed === 0 ? 0 : 1
