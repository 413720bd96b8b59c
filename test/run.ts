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
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import type { JsonTestResults } from 'vitest/node'
import { provideChromium } from './chromium.ts'
import { provideDeployTools } from './deploy/tools.ts'
import { NoRedis, openRedis } from './redis.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

type Outcome = { readonly passed: number; readonly failures: readonly string[]; readonly skipped: number }

type FileResult = JsonTestResults['testResults'][number]

/** A file that fails beside its tests, as when it does not load or its set-up throws, counts as one failure. */
const failuresOf = ({ name, status, message, assertionResults }: FileResult): readonly string[] => {
  const file = relative(ROOT, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  return status === 'failed' && failed.length === 0
    ? [`${file}\n${message}`]
    : failed.map(({ fullName, failureMessages }) =>
        [`${file} > ${fullName}`, ...(failureMessages ?? []).map(withoutRunner)].join('\n'),
      )
}

/** Without the lines of a stack that lie in packages. */
const withoutRunner = (message: string): string =>
  message
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .join('\n')

const outcomeIn = (file: string): Outcome => {
  const account: JsonTestResults = JSON.parse(readFileSync(file, 'utf8'))
  return {
    passed: account.numPassedTests,
    failures: account.testResults.flatMap(failuresOf),
    skipped: account.numPendingTests + account.numTodoTests,
  }
}

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

const runVitest = async (
  { shape, parameters }: Run,
  redisUrl: string,
  directory: string,
  account: string,
): Promise<number> => {
  const reporting = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${account}`]
  const vitest = spawn(join(ROOT, 'node_modules', '.bin', 'vitest'), [...reporting, ...parameters], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      ...(shape === undefined ? {} : { STORMOPS_TEST_SHAPE: shape }),
      REDIS_URL: redisUrl,
      TMPDIR: directory,
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

/** Vitest may fail beside its tests, as when no test was found or the database did not start. */
const outcomeOf = (code: number, account: string): Outcome => {
  if (code === STOPPED) return { passed: 0, failures: ['stopped by a signal'], skipped: 0 }
  const outcome = outcomeIn(account)
  return code === 0 || outcome.failures.length > 0
    ? outcome
    : { ...outcome, failures: [`vitest ended with ${code} though no test failed`] }
}

/** What tests leave goes with it, of processes that were killed too. Open to all as `/tmp` is: a server of root's steps down. */
const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-'))
  chmodSync(directory, 0o1777)
  return directory
}

/** What cannot be removed says nothing of the tests. */
const remove = (directory: string): void => {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
  } catch (error) {
    console.error(`${directory} could not be removed:`, error)
  }
}

const run = async (): Promise<readonly Outcome[]> => {
  await provideChromium()
  await provideDeployTools()
  const redis = await openRedis()
  const directory = temporaryDirectory()
  const outcomes: Outcome[] = []
  try {
    for (const [index, one] of runsOf(process.argv.slice(2)).entries()) {
      const account = join(directory, `tests-${index}.json`)
      const code = await runVitest(one, redis.url, directory, account)
      outcomes.push(outcomeOf(code, account))
      if (code === STOPPED) break
    }
    return outcomes
  } finally {
    await redis.stop()
    remove(directory)
  }
}

const outcomes = await run().catch((error: unknown): readonly Outcome[] => [
  {
    passed: 0,
    failures: [error instanceof NoRedis ? error.message : inspect(error)],
    skipped: 0,
  },
])

const passed = outcomes.reduce((sum, one) => sum + one.passed, 0)
const skipped = outcomes.reduce((sum, one) => sum + one.skipped, 0)
const failures = outcomes.flatMap((one) => one.failures)

// Once more at the end: where the first of thousands of lines are gone, these say what failed.
for (const failure of failures) console.log(`\nFAILED ${failure}`)
console.log(`\n${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failures.length === 0 ? 0 : 1
