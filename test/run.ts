/**
 * `npx -y pnpm@12 test`: every test, with a real PostgreSQL and a real Redis. What follows `test` goes to vitest:
 *
 *     npx -y pnpm@12 test subgraphs/billing -t 'third failed payment'
 *
 * `--shape processes` opens the platform of each test as `serve gateway`, `serve subgraph NAME` and `work` do.
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

/** `--shape NAME` is ours; vitest is told all the rest. */
const asked = (parameters: readonly string[]) => {
  const at = parameters.indexOf('--shape')
  return at < 0
    ? { shape: {}, given: parameters }
    : { shape: { STORMOPS_TEST_SHAPE: parameters[at + 1] }, given: parameters.toSpliced(at, 2) }
}

const runVitest = async (redisUrl: string, account: string): Promise<number> => {
  const parameters = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${account}`]
  const { shape, given } = asked(process.argv.slice(2))
  const vitest = spawn(join(ROOT, 'node_modules', '.bin', 'vitest'), [...parameters, ...given], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...shape, REDIS_URL: redisUrl },
  })
  const forward = (signal: NodeJS.Signals): boolean => vitest.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  const [code] = await once(vitest, 'close')
  return typeof code === 'number' ? code : 1
}

const run = async (): Promise<Counts> => {
  await provideChromium()
  await provideDeployTools()
  const redis = await openRedis()
  const directory = mkdtempSync(join(tmpdir(), 'stormops-run-'))
  const account = join(directory, 'tests.json')
  try {
    const code = await runVitest(redis.url, account)
    const counts = countsIn(account)
    // Vitest may fail beside its tests, as when no test was found or the database did not start.
    return code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) }
  } finally {
    await redis.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

const NOTHING_RAN: Counts = { passed: 0, failed: 1, skipped: 0 }

const counts = await run().catch((error: unknown): Counts => {
  console.error(error instanceof NoRedis ? error.message : error)
  return NOTHING_RAN
})
console.log(`\n${closingLine(counts)}`)
process.exitCode = counts.failed === 0 ? 0 : 1
