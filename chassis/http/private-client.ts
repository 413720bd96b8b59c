/**
 * How one process of ours calls another, of which several may run: in turn, over connections that are kept, with a
 * deadline, and without believing that what answers is the one that was called. A process that is away or leaves is
 * passed over until it says that it is ready. What was never sent is sent to the next one; what may have been read is
 * asked of another one once if it changes nothing, and never again if it does.
 */
import { notAvailable, tooLate } from '../graphql/patience.ts'
import { NotSent, privateConnection, StaleConnection } from './private-connection.ts'
import type { ConnectionCall, PrivateAnswer, PrivateConnection } from './private-connection.ts'

export type { PrivateAnswer } from './private-connection.ts'

export type PrivateCall = ConnectionCall & {
  /** Milliseconds for the whole answer. */
  readonly milliseconds: number
  /** Whether it changes nothing, and may be asked once more where nobody knows what became of it. */
  readonly isRepeatable: boolean
  /** Aborts once nobody waits for the answer any more. */
  readonly gone?: AbortSignal
}

export type PrivateClient = {
  /** Throws `Fault` UNAVAILABLE when there is no whole answer, TIMEOUT when there is none in time. Follows nobody. */
  readonly post: (call: PrivateCall) => Promise<PrivateAnswer>
  /** Whether any of the processes says that it may be sent work. */
  readonly isReady: (milliseconds: number) => Promise<boolean>
  readonly close: () => void
}

/** How often a process that was away is asked whether it is back, and how long it may take to say so. */
const LOOK_EVERY_MS = 250
const LOOK_MS = 1_000

/** By the address of each process that does the same. */
export const privateClient = (url: string, ...others: readonly string[]): PrivateClient => {
  const instances = [url, ...others].map((address) => instanceAt(address, others.length === 0))
  let turn = 0

  const inTurn = (): readonly Instance[] => {
    turn = (turn + 1) % instances.length
    const order = [...instances.slice(turn), ...instances.slice(0, turn)]
    // Those that are away come last, whoever left just now behind whoever may be back: they are asked where nobody else is left.
    return order.toSorted((one, other) => one.awaySince() - other.awaySince())
  }
  const post = async (call: PrivateCall): Promise<PrivateAnswer> => {
    const ends = endOf(call)
    try {
      return await postTo(inTurn(), call, ends.signal)
    } catch (cause) {
      throw ends.reason() ?? notAvailable(cause)
    } finally {
      ends.stop()
    }
  }
  return {
    post,
    isReady: async (milliseconds) => {
      const ends = endOf({ milliseconds })
      try {
        const ready = await Promise.all(instances.map(({ connection }) => connection.isReady(ends.signal)))
        return ready.includes(true)
      } finally {
        ends.stop()
      }
    },
    close: () => {
      for (const instance of instances) instance.close()
    },
  }
}

/** Throws what became of the last call that was sent, or that none was. */
const postTo = async (
  order: readonly Instance[],
  call: PrivateCall,
  signal: AbortSignal,
): Promise<PrivateAnswer> => {
  let mayRepeat = call.isRepeatable
  let lost: unknown
  const stale: Instance[] = []
  for (const [place, instance] of order.entries()) {
    try {
      const answer = await answerOf(instance, call, signal)
      const isTaken = place === order.length - 1 || !mayRepeat || !AWAY_STATUSES.has(answer.status)
      if (isTaken) return answer
      mayRepeat = false
    } catch (cause) {
      lost = cause
      if (signal.aborted) throw cause
      if (cause instanceof StaleConnection) stale.push(instance)
      if (cause instanceof NotSent) continue
      if (!mayRepeat) throw cause
      mayRepeat = false
    }
  }
  const [closed] = stale
  // It closed a connection that was kept, and may be there all the same.
  if (closed !== undefined && call.isRepeatable) return answerOf(closed, call, signal)
  throw lost
}

const answerOf = async (
  { connection, isGone, isBack }: Instance,
  call: PrivateCall,
  signal: AbortSignal,
): Promise<PrivateAnswer> => {
  try {
    const answer = await connection.post(call, signal)
    if (answer.isLeaving) isGone()
    else isBack()
    return answer
  } catch (cause) {
    if (!signal.aborted && !(cause instanceof StaleConnection)) isGone()
    throw cause
  }
}

/** What stands before a process says so when that one is away. */
const AWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504])

type Instance = {
  readonly connection: PrivateConnection
  /** On the clock of this process; 0 when it is there. */
  readonly awaySince: () => number
  /** It is passed over until it says that it is ready. */
  readonly isGone: () => void
  readonly isBack: () => void
  readonly close: () => void
}

/** The only process of its kind is asked whatever it says, and so is not looked after. */
const instanceAt = (url: string, isOnly: boolean): Instance => {
  const connection = privateConnection(url)
  let looking: NodeJS.Timeout | null = null
  let awaySince = 0
  const stop = (): void => {
    if (looking !== null) clearTimeout(looking)
    looking = null
    awaySince = 0
  }
  const look = async (): Promise<void> => {
    const isReady = await connection.isReady(AbortSignal.timeout(LOOK_MS))
    // It may have answered a call meanwhile, or be asked no more.
    if (looking === null) return
    if (isReady) stop()
    else lookLater()
  }
  const lookLater = (): void => {
    looking = setTimeout(() => void look(), LOOK_EVERY_MS).unref()
  }
  return {
    connection,
    awaySince: () => awaySince,
    isGone: () => {
      if (isOnly || looking !== null) return
      awaySince = performance.now()
      connection.closeIdle()
      lookLater()
    },
    isBack: stop,
    close: () => {
      stop()
      connection.close()
    },
  }
}

type End = {
  readonly signal: AbortSignal
  /** Why it ended before its time, or undefined. */
  readonly reason: () => Error | undefined
  readonly stop: () => void
}

const endOf = ({ milliseconds, gone }: Pick<PrivateCall, 'milliseconds' | 'gone'>): End => {
  const end = new AbortController()
  const tooLateNow = (): void => end.abort(tooLate())
  const timer = setTimeout(tooLateNow, milliseconds)
  gone?.addEventListener('abort', tooLateNow, { once: true })
  if (gone?.aborted === true) tooLateNow()
  return {
    signal: end.signal,
    reason: () => (end.signal.reason instanceof Error ? end.signal.reason : undefined),
    stop: () => {
      clearTimeout(timer)
      gone?.removeEventListener('abort', tooLateNow)
    },
  }
}
