/**
 * HTTP/1.1 by hand, over connections that stay: a client that offers ten times what a server can do on the same two cores
 * must cost much less than the server does.
 */
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export type Heard =
  | { readonly kind: 'answered'; readonly status: number; readonly isWhole: boolean }
  | { readonly kind: 'broken' }

export type Sent = {
  /** Closes the connection; nothing is heard any more. */
  readonly giveUp: () => void
}

export type Connections = {
  /** Null where every connection is in use. */
  readonly send: (request: string, onHeard: (heard: Heard) => void) => Sent | null
  readonly close: () => void
}

type Connection = { readonly socket: Socket; waiting: ((heard: Heard) => void) | null; read: Buffer }

const END_OF_HEAD = '\r\n\r\n'
const LENGTH = /\r\ncontent-length: *(\d+)/i
const CLOSES = /\r\nconnection: *close/i
/** `HTTP/1.1 200`. */
const STATUS_AT = 9
const STATUS_DIGITS = 3

export const openConnections = (port: number, most: number): Connections => {
  const all = new Set<Connection>()
  const free: Connection[] = []

  const lose = (connection: Connection): void => {
    if (!all.delete(connection)) return
    const place = free.indexOf(connection)
    if (place !== -1) free.splice(place, 1)
    connection.socket.destroy()
    const { waiting } = connection
    connection.waiting = null
    waiting?.({ kind: 'broken' })
  }
  const hear = (connection: Connection, piece: Buffer): void => {
    connection.read = connection.read.length === 0 ? piece : Buffer.concat([connection.read, piece])
    const answer = readAnswer(connection.read)
    if (answer === null) return
    const { waiting } = connection
    connection.waiting = null
    connection.read = Buffer.alloc(0)
    if (answer.closes) lose(connection)
    else free.push(connection)
    waiting?.({ kind: 'answered', ...answer })
  }
  const open = (): Connection => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const connection: Connection = { socket, waiting: null, read: Buffer.alloc(0) }
    socket.on('data', (piece: Buffer) => hear(connection, piece))
    socket.on('error', () => lose(connection))
    socket.on('close', () => lose(connection))
    all.add(connection)
    return connection
  }
  return {
    send: (request, onHeard) => {
      const connection = free.pop() ?? (all.size < most ? open() : null)
      if (connection === null) return null
      connection.waiting = onHeard
      connection.socket.write(request)
      return {
        giveUp: () => {
          connection.waiting = null
          lose(connection)
        },
      }
    },
    close: () => {
      for (const connection of all) {
        connection.waiting = null
        lose(connection)
      }
    },
  }
}

type Answer = { readonly status: number; readonly isWhole: boolean; readonly closes: boolean }

/** Null until all of it is there. */
const readAnswer = (read: Buffer): Answer | null => {
  const headEnds = read.indexOf(END_OF_HEAD)
  if (headEnds === -1) return null
  const head = read.toString('latin1', 0, headEnds)
  const bodyBegins = headEnds + END_OF_HEAD.length
  const length = Number(LENGTH.exec(head)?.[1] ?? 0)
  if (read.length < bodyBegins + length) return null
  return {
    status: Number(head.slice(STATUS_AT, STATUS_AT + STATUS_DIGITS)),
    isWhole: read.includes('"data":{', bodyBegins) && !read.includes('"errors"', bodyBegins),
    closes: CLOSES.test(head),
  }
}
