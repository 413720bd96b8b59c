/**
 * A refresh token is its session, its generation, and a code over both that only the platform can write. None is kept:
 * whoever holds the key can write any of them again, which is how a lost answer is given twice.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export type RefreshToken = { readonly sessionId: string; readonly generation: number }

export type RefreshTokens = {
  readonly write: (token: RefreshToken) => string
  /** Null for whatever the platform did not write, letter by letter. */
  readonly read: (text: string) => RefreshToken | null
}

const SHAPE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(0|[1-9]\d{0,8})\.[A-Za-z0-9_-]{43}$/

export const refreshTokens = (key: string): RefreshTokens => {
  const write = ({ sessionId, generation }: RefreshToken): string => {
    const body = `${sessionId}.${generation}`
    return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
  }
  return {
    write,
    read: (text) => {
      const [, sessionId, generation] = SHAPE.exec(text) ?? []
      if (sessionId === undefined || generation === undefined) return null
      const token = { sessionId, generation: Number(generation) }
      // Compared as text: another spelling of the same bytes is not what was written.
      return timingSafeEqual(Buffer.from(write(token)), Buffer.from(text)) ? token : null
    },
  }
}
