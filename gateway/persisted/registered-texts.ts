/**
 * Documents that frontends registered by sending them once with their hash, which Apollo calls automatic persisted
 * queries. They save bytes and are no safelist, so partners have no part in them. What one company registered is never
 * answered to another: a hit would tell that somebody else asks the same.
 */
import type { Clock } from '@stormops/chassis/clock'
import type { Actor } from '@stormops/chassis/identity'
import { LONGEST_KEPT_TEXT, RecentlyUsed } from '../parsed-documents.ts'
import type { RedisConnection } from '../redis-connection.ts'
import { idOfDocument } from './named-document.ts'

/** A working day and the night after it; a client that comes back later sends its text once more. */
export const REGISTERED_SECONDS = 86_400

const MILLISECONDS = 1_000

/**
 * Runs work on Redis. It never rejects: any symbol means that Redis is away and the work is to be done without, and
 * whoever gives this decides how long it tries.
 */
export type OnRedis = <Result>(
  work: (redis: Pick<RedisConnection, 'get' | 'set'>) => Promise<Result>,
) => Promise<Result | symbol>

export type RegisteredTexts = {
  readonly find: (actor: Actor | null, hash: string) => Promise<string | null>
  /** False for a text that is too long to be kept. The hash must be the text's own. */
  readonly register: (actor: Actor | null, hash: string, text: string) => Promise<boolean>
}

type Kept = { readonly text: string; readonly until: number }

/** Without Redis each process remembers what it was told itself, and so do all while Redis is away. */
export const registeredTexts = (clock: Clock, onRedis: OnRedis | null): RegisteredTexts => {
  const ofPeople = new RecentlyUsed<Kept>()
  // Anybody can register here, so it can push out nothing of those who signed in, and never reaches Redis.
  const ofStrangers = new RecentlyUsed<Kept>()
  const memoryOf = (actor: Actor | null) => (actor === null ? ofStrangers : ofPeople)
  const remember = (actor: Actor | null, key: string, text: string): void => {
    const until = clock.now().getTime() + REGISTERED_SECONDS * MILLISECONDS
    memoryOf(actor).keep(key, { text, until }, text.length)
  }

  return {
    find: async (actor, hash) => {
      const key = keyOf(actor, hash)
      const kept = memoryOf(actor).get(key)
      if (kept !== undefined && kept.until > clock.now().getTime()) return kept.text
      if (onRedis === null || actor === null) return null
      const text = await onRedis((redis) => redis.get(key))
      // Redis is shared, and only the hash says that a text is what its client registered.
      if (typeof text !== 'string' || idOfDocument(text) !== hash) return null
      remember(actor, key, text)
      return text
    },
    register: async (actor, hash, text) => {
      if (text.length > LONGEST_KEPT_TEXT) return false
      const key = keyOf(actor, hash)
      remember(actor, key, text)
      if (onRedis !== null && actor !== null) {
        await onRedis((redis) => redis.set(key, text, 'EX', REGISTERED_SECONDS))
      }
      return true
    },
  }
}

/** Staff who act in no company share a place of their own. The braces keep a company's keys on one node of a cluster. */
const keyOf = (actor: Actor | null, hash: string): string =>
  `stormops:apq:{${actor === null ? 'nobody' : (actor.tenantId ?? 'staff')}}:${hash}`
