/** `npx -y pnpm@12 check`: everything that can be said about the platform without running it. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

type Finding = { readonly ok: boolean; readonly output: string }
type Step = {
  readonly name: string
  readonly run: () => Promise<Finding>
  /** The command that puts right what the step finds, where there is one. */
  readonly repair?: string
}
type Failure = { readonly step: Step; readonly output: string }

/** Without colours, since what failed is told at the end, in a log as on a screen; CI and FORCE_COLOR bring them back. */
const PLAIN: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'CI' && name !== 'FORCE_COLOR'),
  ),
  NO_COLOR: '1',
}

/** A tool of the workspace, by the name of its command. */
const tool =
  (command: string, ...parameters: readonly string[]) =>
  (): Promise<Finding> =>
    new Promise((resolve) => {
      const chunks: Buffer[] = []
      const child = spawn(join(ROOT, 'node_modules', '.bin', command), parameters, {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: PLAIN,
      })
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.once('error', (error) => resolve({ ok: false, output: error.message }))
      child.once('close', (code) => {
        resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8') })
      })
    })

const both =
  (first: Step['run'], second: Step['run']): Step['run'] =>
  async () => {
    const findings = [await first(), await second()]
    return { ok: findings.every(({ ok }) => ok), output: findings.map(({ output }) => output).join('') }
  }

/** The committed supergraph and API schema against what the subgraphs' documents compose to now. */
const composition = async (): Promise<Finding> => {
  try {
    const { outdatedFiles } = await import('@stormops/schema/compose.ts')
    const outdated = outdatedFiles().map((file) => relative(ROOT, file))
    return { ok: outdated.length === 0, output: outdated.map((file) => `${file} is outdated.`).join('\n') }
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) }
  }
}

/** What the Stripe loopback knows of Stripe's operations, against the SDK that is installed. */
const stripeOperations = async (): Promise<Finding> => {
  try {
    const { isCurrent } = await import('@stormops/stripe-loopback/sdk/generate')
    return {
      ok: isCurrent(),
      output: isCurrent() ? '' : 'stripe-loopback/generated/operations.ts is outdated.',
    }
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) }
  }
}

/** What clients saw last, and the operations kept with the schema, against the schema as it is now. */
const release = async (): Promise<Finding> => {
  try {
    const { checkAgainstRelease, checkLines, isPassed } = await import('./schema-check.ts')
    const check = await checkAgainstRelease()
    return { ok: isPassed(check), output: checkLines(check).join('\n') }
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) }
  }
}

/** The longest first, so that the last step to end is a short one. */
const STEPS: readonly Step[] = [
  {
    name: 'lint',
    run: tool('oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
  },
  {
    name: 'types',
    // A page lives in a browser and not in Node, so it is compiled apart.
    run: both(
      tool('tsc', '--noEmit', '--project', '.'),
      tool('tsc', '--noEmit', '--project', 'gateway/sandbox/app'),
    ),
  },
  { name: 'schema lint', run: tool('eslint', '--max-warnings', '0', 'schema') },
  {
    name: 'generated files',
    run: both(tool('graphql-codegen', '--config', 'codegen.yml', '--check'), stripeOperations),
    repair: 'codegen',
  },
  { name: 'composition', run: composition, repair: 'stormops schema compose' },
  { name: 'last release', run: release },
  { name: 'format', run: tool('oxfmt', '--check', '.'), repair: 'format' },
]

/** The compiler and the linter each keep more than one core busy. */
const SIDE_BY_SIDE = Math.min(2, availableParallelism())

const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`

/** Runs every step, says of each how it went, and returns what failed. */
const runAll = async (): Promise<readonly Failure[]> => {
  const waiting = STEPS.values()
  const failures: Failure[] = []
  const lane = async (): Promise<void> => {
    for (const step of waiting) {
      const start = performance.now()
      const { ok, output } = await step.run()
      console.log(`${ok ? '✓' : '✗'} ${step.name.padEnd(16)} ${seconds(start).padStart(7)}`)
      if (!ok) failures.push({ step, output })
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane))
  return failures
}

const start = performance.now()
const failures = await runAll()
for (const { step, output } of failures) {
  console.log(`\n── ${step.name}\n${output.trim()}`)
  if (step.repair !== undefined) console.log(`To put it right: npx -y pnpm@12 ${step.repair}`)
}
console.log(
  failures.length === 0
    ? `All ${STEPS.length} checks passed in ${seconds(start)}.`
    : `\n${failures.length} of ${STEPS.length} checks failed: ${failures.map(({ step }) => step.name).join(', ')}.`,
)
process.exitCode = failures.length === 0 ? 0 : 1
