/** Clients in a process of their own. In an open loop requests come when they come, whatever became of those before. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openConnections } from './connections.ts'
import type { Connections, Heard, Sent } from './connections.ts'
import { GIVES_UP_MS, IN_TIME_MS, latency } from './load.ts'
import type { ClosedLoad, Load, Loaded, OpenLoad, Outcome, Stream } from './load.ts'
import { seededNumbers } from '../seeded-numbers.ts'

const TICK_MS = 2
const UNAVAILABLE = 503
const OK = 200

type Tally = {
  offered: number
  late: number
  unsent: number
  givenUp: number
  broken: number
  readonly answers: number[]
  readonly refusals: number[]
}

const newTally = (): Tally => ({
  offered: 0,
  late: 0,
  unsent: 0,
  givenUp: 0,
  broken: 0,
  answers: [],
  refusals: [],
})

type InFlight = { readonly sent: Sent; readonly tally: Tally; readonly since: number; isHeard: boolean }

const tell = (tally: Tally, heard: Heard, milliseconds: number): void => {
  if (heard.kind === 'answered' && heard.status === OK && heard.isWhole) {
    tally.answers.push(milliseconds)
    if (milliseconds > IN_TIME_MS) tally.late += 1
  } else if (heard.kind === 'answered' && heard.status === UNAVAILABLE) tally.refusals.push(milliseconds)
  else tally.broken += 1
}

const outcomeOf = (tally: Tally): Outcome => {
  const { offered, late, unsent, givenUp, broken, answers, refusals } = tally
  return {
    offered,
    inTime: answers.length - late,
    late,
    refused: refusals.length,
    unsent,
    givenUp,
    broken,
    answers: latency(answers),
    refusals: latency(refusals),
  }
}

type Arrivals = { readonly stream: Stream; readonly tally: Tally; next: number }

const openLoop = async (load: OpenLoad): Promise<Omit<Loaded, 'processor'>> => {
  const connections = openConnections(load.port, load.connections)
  const random = seededNumbers(load.seed)
  const begun = performance.now()
  const end = begun + load.seconds * 1_000
  const all = load.streams.map((stream): Arrivals => ({ stream, tally: newTally(), next: begun }))
  const inFlight: InFlight[] = []
  const lateSending: number[] = []
  const sendDue = (now: number): void => {
    for (const arrivals of all) {
      const { stream, tally } = arrivals
      while (arrivals.next <= now && arrivals.next < end) {
        lateSending.push(now - arrivals.next)
        offer(connections, stream.requests[Math.floor(random() * stream.requests.length)], {
          tally,
          since: arrivals.next,
          inFlight,
        })
        // Gaps as of many who do not know of each other.
        arrivals.next += (-Math.log(1 - random()) * 1_000) / stream.rate
      }
    }
  }
  while (performance.now() < end) {
    sendDue(performance.now())
    hangUp(inFlight)
    await sleep(TICK_MS)
  }
  while (inFlight.some(({ isHeard }) => !isHeard)) {
    hangUp(inFlight)
    await sleep(TICK_MS)
  }
  connections.close()
  return {
    seconds: load.seconds,
    outcomes: Object.fromEntries(all.map(({ stream, tally }) => [stream.name, outcomeOf(tally)])),
    lateSending: latency(lateSending),
  }
}

type Offered = { readonly tally: Tally; readonly since: number; readonly inFlight: InFlight[] }

const offer = (
  connections: Connections,
  request: string | undefined,
  { tally, since, inFlight }: Offered,
): void => {
  if (request === undefined) throw new Error('A stream has no requests.')
  tally.offered += 1
  let flight: InFlight | null = null
  const sent = connections.send(request, (heard) => {
    if (flight !== null) flight.isHeard = true
    tell(tally, heard, performance.now() - since)
  })
  if (sent === null) {
    tally.unsent += 1
    return
  }
  flight = { sent, tally, since, isHeard: false }
  inFlight.push(flight)
}

/** Whoever came first gives up first. */
const hangUp = (inFlight: InFlight[]): void => {
  const now = performance.now()
  let done = 0
  for (const flight of inFlight) {
    if (!flight.isHeard && now - flight.since < GIVES_UP_MS) break
    if (!flight.isHeard) {
      flight.isHeard = true
      flight.tally.givenUp += 1
      flight.sent.giveUp()
    }
    done += 1
  }
  inFlight.splice(0, done)
}

const closedLoop = async (load: ClosedLoad): Promise<Omit<Loaded, 'processor'>> => {
  const connections = openConnections(load.port, load.clients)
  const tally = newTally()
  const begun = performance.now()
  const end = begun + load.seconds * 1_000
  let turn = 0
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const request = load.requests[(turn += 1) % load.requests.length] ?? ''
      const since = performance.now()
      tally.offered += 1
      const heard = await new Promise<Heard>((resolve) => connections.send(request, resolve))
      tell(tally, heard, performance.now() - since)
    }
  }
  await Promise.all(Array.from({ length: load.clients }, client))
  const seconds = (performance.now() - begun) / 1_000
  connections.close()
  return { seconds, outcomes: { all: outcomeOf(tally) }, lateSending: latency([]) }
}

const bear = async (load: Load): Promise<Loaded> => {
  const before = process.cpuUsage()
  const started = performance.now()
  const loaded = load.kind === 'open' ? await openLoop(load) : await closedLoop(load)
  const { user, system } = process.cpuUsage(before)
  return { ...loaded, processor: (user + system) / 1_000 / (performance.now() - started) }
}

process.on('message', (load: Load) => {
  bear(load)
    .then((loaded) => process.send?.(loaded))
    .catch((cause: unknown) => {
      console.error(cause)
      process.exit(1)
    })
})
