/**
 * A line between two parties that can be spoilt: slow, thin, cut, silent, or open in one direction alone. It carries bytes
 * and knows nothing of what they mean, so PostgreSQL, Redis, HTTP, Stripe and SMTP go over it alike.
 */
import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { unreachable } from '@stormops/chassis/fault'

/** Where the line leads: a port of this machine, or a Unix socket. */
export type LineEnd = { readonly host: string; readonly port: number } | { readonly path: string }

export type LineState =
  | { readonly kind: 'pass' }
  /** Each piece of data takes so long, give or take the jitter, in either direction. */
  | { readonly kind: 'delay'; readonly milliseconds: number; readonly jitter?: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  /** Whoever is connected is reset, and whoever connects too. */
  | { readonly kind: 'cut' }
  /** Connects, takes what comes, and passes nothing on, in either direction. */
  | { readonly kind: 'black-hole' }
  /** What is asked arrives; what is answered does not. */
  | { readonly kind: 'half-open' }
  /** So many bytes of answers are still passed on each connection, and then it is reset. */
  | { readonly kind: 'cut-after'; readonly bytes: number }

export type FaultProxy = {
  readonly host: string
  readonly port: number
  /** Holds from now on, on connections that are open too. */
  readonly set: (state: LineState) => void
  /** Resets what is open now; what comes next is treated as before. */
  readonly cutNow: () => void
  /** Spoils the line while `work` runs, and mends it whatever happens. */
  readonly during: <T>(state: LineState, work: () => Promise<T>) => Promise<T>
  /** Leads elsewhere from the next connection on. */
  readonly lead: (to: LineEnd) => void
  readonly counts: () => LineCounts
  readonly close: () => Promise<void>
}

export type LineCounts = {
  readonly open: number
  readonly accepted: number
  readonly asked: number
  readonly answered: number
}

type Direction = 'asked' | 'answered'

type Connection = {
  readonly client: Socket
  readonly target: Socket
  /** Bytes answered since the state of the line last changed. */
  answeredSince: number
}

/** Of a throttled line, how often a portion is passed on. */
const PORTIONS_PER_SECOND = 20

export const openFaultProxy = async (
  to: LineEnd,
  random: () => number = Math.random,
): Promise<FaultProxy> => {
  let target = to
  let state: LineState = { kind: 'pass' }
  let changed = Promise.withResolvers<void>()
  const connections = new Set<Connection>()
  const counted = { accepted: 0, asked: 0, answered: 0 }

  const set = (next: LineState): void => {
    state = next
    for (const connection of connections) connection.answeredSince = 0
    changed.resolve()
    changed = Promise.withResolvers<void>()
    if (next.kind === 'cut') cutNow()
  }
  const cutNow = (): void => {
    for (const { client, target: far } of connections) {
      reset(client)
      reset(far)
    }
  }

  /** Waits until a piece may go on; false when its connection was cut instead. */
  const passes = async (connection: Connection, direction: Direction): Promise<boolean> => {
    const now = state
    switch (now.kind) {
      case 'pass':
      case 'throttle':
      case 'cut-after':
        return true
      case 'delay':
        await sleep(Math.max(0, now.milliseconds + (now.jitter ?? 0) * (2 * random() - 1)))
        return true
      case 'cut':
        return false
      case 'black-hole':
      case 'half-open':
        if (now.kind === 'half-open' && direction === 'asked') return true
        await Promise.race([changed.promise, closed(connection.client), closed(connection.target)])
        if (connection.client.destroyed || connection.target.destroyed) return false
        return passes(connection, direction)
      default:
        return unreachable(now)
    }
  }

  const write = async (connection: Connection, direction: Direction, piece: Buffer): Promise<boolean> => {
    const socket = direction === 'asked' ? connection.target : connection.client
    const now = state
    const left = now.kind === 'cut-after' ? now.bytes - connection.answeredSince : Infinity
    const whole = direction === 'asked' || piece.length <= left
    const sent = whole ? piece : piece.subarray(0, Math.max(0, left))
    if (now.kind === 'throttle') await drip(socket, sent, now.bytesPerSecond)
    else await send(socket, sent)
    counted[direction] += sent.length
    if (direction === 'answered') connection.answeredSince += sent.length
    return whole
  }

  const carry = async (connection: Connection, direction: Direction): Promise<void> => {
    const { client, target: far } = connection
    const [from, into] = direction === 'asked' ? [client, far] : [far, client]
    for await (const piece of from.iterator({ destroyOnReturn: false })) {
      if (!(await passes(connection, direction)) || !(await write(connection, direction, piece as Buffer))) {
        reset(client)
        reset(far)
        return
      }
    }
    into.end()
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    counted.accepted += 1
    if (state.kind === 'cut') {
      reset(client.on('error', () => undefined))
      return
    }
    const far = connect({ ...target, allowHalfOpen: true })
    const connection: Connection = { client, target: far, answeredSince: 0 }
    connections.add(connection)
    for (const socket of [client, far]) {
      socket.setNoDelay(true)
      // Whoever is reset by one side is reset to the other, as a line does that is torn.
      socket.on('error', () => reset(socket === client ? far : client))
      socket.on('close', () => {
        if (client.destroyed && far.destroyed) connections.delete(connection)
      })
    }
    // A side that goes away ends the loop of the other with an error, which has been dealt with.
    void carry(connection, 'asked').catch(() => far.destroy())
    void carry(connection, 'answered').catch(() => client.destroy())
  })
  const port = await listen(server)
  return {
    host: '127.0.0.1',
    port,
    set,
    cutNow,
    during: async (spoilt, work) => {
      set(spoilt)
      try {
        return await work()
      } finally {
        set({ kind: 'pass' })
      }
    },
    lead: (elsewhere) => {
      target = elsewhere
    },
    counts: () => ({ open: connections.size, ...counted }),
    close: async () => {
      const ended = new Promise((resolve) => server.close(resolve))
      cutNow()
      await ended
    },
  }
}

/** A Unix socket knows no reset; its end is one to whoever was in the middle of something. */
const reset = (socket: Socket): void => {
  if (socket.remoteAddress === undefined) socket.destroy()
  else socket.resetAndDestroy()
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const closed = (socket: Socket): Promise<void> =>
  socket.destroyed
    ? Promise.resolve()
    : new Promise((resolve) => {
        socket.once('close', () => resolve())
      })

const send = async (socket: Socket, piece: Buffer): Promise<void> => {
  if (piece.length === 0 || socket.destroyed || socket.write(piece)) return
  await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed(socket)])
}

const drip = async (socket: Socket, piece: Buffer, bytesPerSecond: number): Promise<void> => {
  const portion = Math.max(1, Math.floor(bytesPerSecond / PORTIONS_PER_SECOND))
  for (let from = 0; from < piece.length && !socket.destroyed; from += portion) {
    await send(socket, piece.subarray(from, from + portion))
    await sleep(1_000 / PORTIONS_PER_SECOND)
  }
}
