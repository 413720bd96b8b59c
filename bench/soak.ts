/**
 * A week in half an hour: the platform as separate processes under steady mixed work, while every few seconds one of them
 * is killed or a line is spoilt, by a seed. Nobody helps it. It ends with the count of what was harmed, which is promised
 * to be none.
 *
 *     bench soak --minutes 30 --seed 7
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { violationsOf } from '../test/faults/invariants.ts'
import type { BenchResult, BenchRow } from './bench-result.ts'
import { seededNumbers } from './seeded-numbers.ts'
import { soakFaults } from '../test/faults/soak-faults.ts'
import { withSoakPlatform } from '../test/faults/soak-platform.ts'
import type { SoakPlatform } from '../test/faults/soak-platform.ts'
import { startWork } from '../test/faults/soak-work.ts'

const DEFAULT_MINUTES = 30
const MINUTE_MS = 60_000
/** Between two faults: the platform meets some four hundred of them in half an hour. */
const SHORTEST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 6_000
/** After the last fault everything has to be behind it by itself. */
const HEALS_WITHIN_MS = 90_000

type Settings = { readonly minutes: number; readonly seed: number }

const settings = (): Settings => {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { minutes: { type: 'string' }, seed: { type: 'string' } },
  })
  const minutes = Number(values.minutes ?? DEFAULT_MINUTES)
  const seed = Number(values.seed ?? 1)
  if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('--minutes and --seed are numbers.')
  return { minutes, seed }
}

export const benchSoak = (): Promise<BenchResult> => {
  const { minutes, seed } = settings()
  return withSoakPlatform((platform) => soak(platform, minutes, seed))
}

const soak = async (platform: SoakPlatform, minutes: number, seed: number): Promise<BenchResult> => {
  const random = seededNumbers(seed)
  const end = performance.now() + minutes * MINUTE_MS
  const faults = soakFaults(platform, random)
  const work = startWork(platform)
  const done = new Map<string, number>()
  let next = performance.now() + MINUTE_MS
  while (performance.now() < end) {
    await sleep(SHORTEST_PAUSE_MS + (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS) * random())
    const fault = faults[Math.floor(random() * faults.length)]
    if (fault === undefined) throw new Error('There are no faults.')
    await fault.happen()
    done.set(fault.name, (done.get(fault.name) ?? 0) + 1)
    if (performance.now() > next) {
      next += MINUTE_MS
      const left = Math.max(0, Math.round((end - performance.now()) / 1_000))
      console.log(
        `${sum(done)} faults, ${platform.journal.acknowledged.length} acknowledged writes, ${left} s left`,
      )
    }
  }
  await work.stop()
  const started = performance.now()
  const violations = await violationsOf({ ...platform.suspect, healsWithinMs: HEALS_WITHIN_MS })
  const healed = (performance.now() - started) / 1_000
  for (const violation of violations) console.log(`✗ ${violation}`)
  return result(platform, { minutes, seed, done, violations, healed, counts: work.counts() })
}

type Outcome = Settings & {
  readonly done: ReadonlyMap<string, number>
  readonly violations: readonly string[]
  readonly healed: number
  readonly counts: Readonly<Record<string, number>>
}

const result = (
  { journal }: SoakPlatform,
  { minutes, seed, done, violations, healed, counts }: Outcome,
): BenchResult => {
  const asked = journal.companies.map((company) => journal.countsOf(company))
  const total = (of: 'sent' | 'answered' | 'lost' | 'retried'): number =>
    asked.reduce((sum, one) => sum + one[of], 0)
  const rows: readonly BenchRow[] = [
    { what: 'time', value: minutes, unit: 'min' },
    { what: 'seed', value: seed, unit: '' },
    ...[...done]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([name, times]) => ({ what: `fault: ${name}`, value: times, unit: '×' })),
    { what: 'operations sent', value: total('sent'), unit: '' },
    { what: 'operations answered with data', value: total('answered'), unit: '' },
    { what: 'operations whose answer was lost', value: total('lost'), unit: '' },
    { what: 'operations asked again under their key', value: total('retried'), unit: '' },
    { what: 'writes acknowledged', value: journal.acknowledged.length, unit: '' },
    ...Object.entries(counts).map(([what, value]) => ({ what, value, unit: '' })),
    { what: 'all proven and healed after the last fault', value: healed, unit: 's' },
    { what: 'manual steps', value: 0, unit: '' },
    { what: 'violations', value: violations.length, unit: '' },
  ]
  return {
    name: 'soak',
    rows,
    ratio: violations.length,
    goal: 'nothing lost, doubled, seen by others or left over',
    met: violations.length === 0,
  }
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)
