/**
 * What it costs to count every operation on disk before its answer leaves. Clients of another process ask over HTTP, and
 * all subgraphs answer from memory, the worst case, since nothing hides the cost. In turns, a side after the other, so
 * that a busy machine slows all alike; a ratio is that of neighbours.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@stormops/chassis/clock'
import { signToken, temporaryKeys, tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { createGateway } from '@stormops/gateway'
import { createHttpServer } from '@stormops/gateway/http/server'
import { createLimits } from '@stormops/gateway/limits/limits'
import { UNLIMITED } from '@stormops/gateway/limits/rates/allowances'
import { eventIds } from '@stormops/chassis/values/event-ids'
import { startFlush } from '@stormops/gateway/metering/flush'
import { openMeter } from '@stormops/gateway/metering/meter'
import type { Meter } from '@stormops/gateway/metering/meter'
import { meteringPlugin } from '@stormops/gateway/metering/metering-plugin'
import { openSpool } from '@stormops/gateway/metering/spool'
import type { Held } from '@stormops/gateway/metering/spool'
import { metricsRegistry } from '@stormops/gateway/metrics'
import { openSharedStore } from '@stormops/gateway/redis'
import type { Asked, Asking } from './asking-process.ts'
import { median } from './bench-result.ts'
import type { BenchResult, BenchRow } from './bench-result.ts'
import { SMALL_QUERY, WIDE_QUERY, wideGraph } from './wide-graph.ts'
import type { WideGraph } from './wide-graph.ts'

const CLIENTS = 32
/** Many short turns: what else the machine does comes and goes in longer ones. */
const WARM_UP_TURNS = 20
const TURNS = 120
const SMALL_PER_TURN = 256
const WIDE_PER_TURN = 128
const SINGLE_PER_TURN = 64
const TOKEN_SECONDS = 3_600
const EXPECTED = '"homes":420'

/** Milliseconds a ledger takes for a batch: as a database of the same machine, and as one that is in trouble. */
const QUICK_MS = 2
const SLOW_MS = 2_000

/** Share of the throughput that counting may cost. */
const GOAL_SHARE = 0.03

const WITHOUT = 'without'
const WAITING = 'only waiting for the turn'
const COUNTED = 'counted'

type Side = {
  readonly what: string
  /** The side that it is compared with. */
  readonly against: string | null
  readonly port: number
  readonly close: () => Promise<void>
}

/** Takes about five minutes. */
export const benchMetering = async (): Promise<BenchResult> => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-bench-'))
  const clients = fork(fileURLToPath(new URL('asking-process.ts', import.meta.url)))
  const keys = await temporaryKeys()
  const open = async (what: string, against: string | null, counting: Counting | null): Promise<Side> =>
    openSide({ what, against, graph: wideGraph(), keys, counting })
  const sides = [
    await open(WITHOUT, null, null),
    await open('without, once more', WITHOUT, null),
    await open(WAITING, WITHOUT, waitingOnly()),
    await open(COUNTED, WITHOUT, await countingTo(join(directory, 'quick'), QUICK_MS)),
    await open('counted, against waiting', WAITING, await countingTo(join(directory, 'again'), QUICK_MS)),
    await open('counted, the ledger behind', WITHOUT, await countingTo(join(directory, 'slow'), SLOW_MS)),
    await open('counted, a write for each', WITHOUT, writingEach(join(directory, 'each'))),
  ]
  try {
    const claims = { subject: 'usr_bench', kind: 'USER', tenantId: newId(), role: 'ANALYST' } as const
    const token = await signToken(keys, claims, systemClock, TOKEN_SECONDS)
    const asking = { token, clients: CLIENTS, expected: EXPECTED }
    const small = { ...asking, body: bodyOf(SMALL_QUERY), requests: SMALL_PER_TURN }
    const wide = { ...asking, body: bodyOf(WIDE_QUERY), requests: WIDE_PER_TURN }
    const single = { ...small, clients: 1, requests: SINGLE_PER_TURN }
    return resultOf({
      'small query': await contest(clients, sides, small),
      '16 fetches': await contest(clients, sides, wide),
      'small query of one client': await contest(clients, sides, single),
    })
  } finally {
    clients.kill()
    for (const { close } of sides) await close()
    rmSync(directory, { recursive: true, force: true })
  }
}

type Counting = Pick<Meter, 'record' | 'close'>

const QUIET = { failed: () => undefined }

/** Answers leave at the end of a turn of the event loop, as they do when they are counted, and nothing is counted. */
const waitingOnly = (): Counting => ({ record: () => nextTurn(), close: async () => undefined })

const countingTo = (directory: string, milliseconds: number): Promise<Counting> =>
  openMeter({
    directory,
    writer: { write: () => sleep(milliseconds) },
    clock: systemClock,
    newId,
    log: createLog('silent'),
    registry: metricsRegistry(),
    closeMilliseconds: 0,
  })

/** What was decided against: each operation is a write of its own, and its answer leaves at once. */
const writingEach = (directory: string): Counting => {
  const log = createLog('silent')
  const spool = openSpool({ directory, newId, log, metrics: QUIET, now: () => performance.now() })
  const eventId = eventIds(Date.now)
  const flush = startFlush<Held>({
    next: spool.next,
    write: () => sleep(QUICK_MS),
    acknowledge: spool.acknowledge,
    onFailure: () => undefined,
    sleep: async () => undefined,
    random: Math.random,
  })
  return {
    record: async (heard) => {
      spool.append([{ eventId: eventId(), ...heard, at: Date.now() }])
      flush.wake()
    },
    close: async () => {
      flush.stop()
      spool.close()
    },
  }
}

const bodyOf = (query: string): string => JSON.stringify({ query, variables: { id: 'a' } })

type SideOptions = {
  readonly what: string
  readonly against: string | null
  readonly graph: WideGraph
  readonly keys: SigningKeys
  readonly counting: Counting | null
}

const openSide = async ({ what, against, graph, keys, counting }: SideOptions): Promise<Side> => {
  const log = createLog('silent')
  const registry = metricsRegistry()
  const shared = await openSharedStore({ url: null, log, registry })
  const tierOf = async () => 'ENTERPRISE'
  const limits = createLimits({ allowances: UNLIMITED, shared, tierOf, registry })
  const plugins = counting === null ? [] : [meteringPlugin({ ...counting, metrics: QUIET }, log)]
  const gateway = await createGateway({
    ...graph,
    log,
    clock: systemClock,
    registry,
    tierOf,
    limits,
    plugins,
  })
  const server = await createHttpServer({
    gateway,
    verify: tokenVerifier(keys, systemClock),
    limits,
    jwks: () => ({ keys: keys.keySet(new Date()) }),
    log,
    newRequestId: newId,
    readiness: async () => ({ ready: true, checks: {} }),
  })
  const { port } = await server.listen('127.0.0.1', 0)
  const close = async (): Promise<void> => {
    await server.close()
    await gateway.stop()
    await counting?.close()
  }
  return { what, against, port, close }
}

/** Microseconds for each operation, turn by turn. */
type Measured = Pick<Side, 'what' | 'against'> & { readonly wall: number[]; readonly cpu: number[] }

const contest = async (
  clients: ChildProcess,
  sides: readonly Side[],
  asking: Omit<Asking, 'port'>,
): Promise<readonly Measured[]> => {
  const measured = sides.map(({ what, against }): Measured => ({ what, against, wall: [], cpu: [] }))
  for (let turn = -WARM_UP_TURNS; turn < TURNS; turn += 1) {
    for (const step of sides.keys()) {
      // Another side begins each time, since whoever follows somebody finds another machine.
      const place = (step + turn + WARM_UP_TURNS) % sides.length
      const before = process.cpuUsage()
      const started = performance.now()
      await ask(clients, { ...asking, port: sides[place]?.port ?? 0 })
      const milliseconds = performance.now() - started
      const { user, system } = process.cpuUsage(before)
      if (turn < 0) continue
      measured[place]?.wall.push((milliseconds * 1_000) / asking.requests)
      measured[place]?.cpu.push((user + system) / asking.requests)
    }
  }
  return measured
}

const ask = async (clients: ChildProcess, asking: Asking): Promise<void> => {
  const answered = once(clients, 'message')
  clients.send(asking)
  const [asked] = (await answered) as [Asked]
  if (asked.failure !== null) throw new Error(asked.failure)
}

type Contests = Readonly<
  Record<'small query' | '16 fetches' | 'small query of one client', readonly Measured[]>
>

/** The promise is of a gateway under load. One client waits for its own answer, and its figures are for the reader. */
const resultOf = (contests: Contests): BenchResult => {
  const loaded = [contests['small query'], contests['16 fetches']]
  const lost = Math.max(...loaded.map((sides) => lostOf(sides, COUNTED, 'wall')))
  return {
    name: 'metering',
    rows: Object.entries(contests).flatMap(([name, sides]) => rowsOf(name, sides)),
    ratio: 1 / (1 - lost),
    goal: 'counting costs at most 3 % of the throughput',
    met: lost <= GOAL_SHARE,
  }
}

const rowsOf = (name: string, sides: readonly Measured[]): readonly BenchRow[] =>
  sides.flatMap(({ what, against, wall, cpu }) => [
    { what: `${name}, ${what}`, value: median(wall), unit: 'µs' },
    { what: `${name}, ${what}: processor`, value: median(cpu), unit: 'µs' },
    ...(against === null
      ? []
      : [
          { what: `${name}, ${what}: lost throughput`, value: lostOf(sides, what, 'wall') * 100, unit: '%' },
          { what: `${name}, ${what}: more processor`, value: lostOf(sides, what, 'cpu') * 100, unit: '%' },
        ]),
  ])

const lostOf = (sides: readonly Measured[], what: string, figure: 'wall' | 'cpu'): number => {
  const side = sides.find((one) => one.what === what)
  const other = sides.find((one) => one.what === side?.against)
  return side === undefined || other === undefined ? Number.NaN : share(other[figure], side[figure])
}

/** Of what is done without, the share that is not done any more; the median of neighbours. */
const share = (without: readonly number[], counted: readonly number[]): number =>
  median(counted.map((taken, turn) => 1 - (without[turn] ?? Number.NaN) / taken))

if (import.meta.main) process.stdout.write(`${JSON.stringify(await benchMetering(), null, 2)}\n`)
