/**
 * What one process changed and others may remember for a moment longer: a plan, a key, a session, a published
 * operation. It is told to this process at once and to the others through Redis. Where there is no Redis, or it is
 * away, nobody else hears of it, and what is remembered ends by itself within its five seconds at most.
 */
import { z } from 'zod'
import type { Log } from '@stormops/chassis/telemetry/log'
import { connectRedis } from './redis-connection.ts'
import type { RedisConnection } from './redis-connection.ts'

const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan-changed'), tenantId: z.uuid() }),
  /** Keys, roles, or who of staff may act for a company. */
  z.object({ kind: z.literal('access-changed'), tenantId: z.uuid() }),
  z.object({ kind: z.literal('operations-changed'), tenantId: z.uuid() }),
  z.object({ kind: z.literal('session-ended'), sessionId: z.uuid() }),
])

export type Change = z.infer<typeof change>

export type TellChange = (change: Change) => void

export type ChangeNews = {
  /** Call it once the change is committed. Never fails. */
  readonly tell: TellChange
  readonly listen: (hear: TellChange) => void
  readonly close: () => void
}

export type ChangeNewsOptions = { readonly redisUrl: string | null; readonly log: Log }

const CHANNEL = 'stormops:changes'

export const openChangeNews = ({ redisUrl, log }: ChangeNewsOptions): ChangeNews => {
  const listeners: TellChange[] = []
  const connections: RedisConnection[] = []
  const hear = (heard: Change): void => {
    for (const listener of listeners) listener(heard)
  }
  const connect = (): RedisConnection | null => {
    if (redisUrl === null) return null
    const redis = connectRedis(redisUrl)
    // Each failed attempt to connect is one of these; the store that counts limits says that Redis is away.
    redis.on('error', () => undefined)
    connections.push(redis)
    return redis
  }
  const teller = connect()
  return {
    tell: (told) => {
      hear(told)
      teller?.publish(CHANNEL, JSON.stringify(told)).catch((cause: unknown) => {
        log.debug({ err: cause, change: told.kind }, 'Other processes were not told of a change.')
      })
    },
    listen: (listener) => {
      listeners.push(listener)
      // A connection that listens can do nothing else.
      if (listeners.length === 1) subscribe(connect(), hear, log)
    },
    close: () => {
      for (const connection of connections) connection.disconnect()
    },
  }
}

const subscribe = (redis: RedisConnection | null, hear: TellChange, log: Log): void => {
  if (redis === null) return
  redis.on('message', (_channel: string, text: string) => {
    const heard = readChange(text)
    if (heard === null) log.warn('A change was told that is none; another version may have told it.')
    else hear(heard)
  })
  redis.on('ready', () => {
    redis.subscribe(CHANNEL).catch((cause: unknown) => {
      log.debug({ err: cause }, 'Changes of other processes are not heard.')
    })
  })
}

const readChange = (text: string): Change | null => {
  try {
    return change.parse(JSON.parse(text))
  } catch {
    return null
  }
}
