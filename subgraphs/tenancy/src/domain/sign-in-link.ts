/**
 * A link in a mail signs a person in: whoever reads the address's mail is believed to be its owner. It works once and
 * not for long, and only the hash of its token is kept.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'

export const LINK_MINUTES = 15
/** Enough for somebody who mistypes, too few to fill somebody's mailbox. */
export const MOST_REQUESTS = 5
export const REQUEST_WINDOW_MINUTES = 15

const TOKEN_BYTES = 32

export const newLinkToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/** Of the text and not of its bytes, so that one token has one spelling. */
export const linkTokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Counts requests for an address without keeping it: without the key nobody can try addresses against it. */
export const addressHash = (key: string, email: string): Buffer =>
  createHmac('sha256', key).update(email.toLowerCase()).digest()

export const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
export const minutesAfter = (now: Date, minutes: number): Date => minutesBefore(now, -minutes)
