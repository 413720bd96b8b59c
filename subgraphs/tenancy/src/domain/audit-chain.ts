/**
 * A company's audit is sealed into a chain: each line's hash covers the line and the hash before it, so that a line
 * changed, taken out or moved afterwards no longer fits. The place of a line is given when it is sealed and not when
 * it was written: of two requests at once, the one that ends later comes later. Whoever writes a whole chain anew, or
 * takes its last lines off together with their seals, is found out only by a head hash that was kept elsewhere.
 */
import { canonicalHash } from '@stormops/chassis/values/canonical'

/** A line as its hash covers it. */
export type AuditRecord = {
  readonly id: string
  /** ISO 8601 in UTC with microseconds, which a Date would lose. */
  readonly at: string
  readonly actorKind: string
  readonly actorId: string
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  /** JSON as the database prints it, since numbers beyond 2^53 would not survive being parsed. */
  readonly detail: string
  readonly requestId: string
}

export type AuditSeal = {
  /** 1, 2, 3 … without a gap. */
  readonly position: number
  readonly eventId: string
  readonly previousHash: string
  readonly hash: string
}

/** A seal with the line it is of; null when the line is not there any more. */
export type SealedLine = AuditSeal & { readonly event: AuditRecord | null }

export type ChainHead = { readonly position: number; readonly hash: string }

/** What the first line is tied to. */
export const GENESIS_HASH = '0'.repeat(64)

export const EMPTY_CHAIN: ChainHead = { position: 0, hash: GENESIS_HASH }

/** Lower-case hex sha-256 of the canonical JSON of `{ previousHash, event }`. */
export const sealHash = (previousHash: string, event: AuditRecord): string =>
  canonicalHash({ previousHash, event })

/** The seals of lines that follow the head, in the order given. */
export const sealsAfter = (head: ChainHead, events: readonly AuditRecord[]): readonly AuditSeal[] => {
  let { position, hash } = head
  return events.map((event) => {
    const previousHash = hash
    position += 1
    hash = sealHash(previousHash, event)
    return { position, eventId: event.id, previousHash, hash }
  })
}

export type ChainVerification = {
  /** How many lines are sealed. */
  readonly length: number
  readonly valid: boolean
  /** The hash of the last seal; `GENESIS_HASH` for an empty chain. */
  readonly headHash: string
  /** Where the chain first does not fit, or null. */
  readonly brokenAt: number | null
  /** How many lines wait to be sealed. */
  readonly unsealed: number
}

/** What is known after some of the lines; `lastPosition` is where to read on. */
export type PartlyVerified = Omit<ChainVerification, 'valid' | 'unsealed'> & { readonly lastPosition: number }

export const NOTHING_VERIFIED: PartlyVerified = {
  length: 0,
  headHash: GENESIS_HASH,
  brokenAt: null,
  lastPosition: 0,
}

/** Goes on with the lines that follow, in the order of their positions. */
export const verifyFurther = (before: PartlyVerified, lines: readonly SealedLine[]): PartlyVerified => {
  let { length, headHash, brokenAt, lastPosition } = before
  for (const line of lines) {
    if (brokenAt === null) brokenAt = breakOf(lastPosition, headHash, line)
    length += 1
    headHash = line.hash
    lastPosition = line.position
  }
  return { length, headHash, brokenAt, lastPosition }
}

/** The whole chain at once, with how many lines wait to be sealed. */
export const verifyChain = (lines: readonly SealedLine[], unsealed = 0): ChainVerification =>
  verificationOf(verifyFurther(NOTHING_VERIFIED, lines), unsealed)

export const verificationOf = (
  { length, headHash, brokenAt }: PartlyVerified,
  unsealed: number,
): ChainVerification => ({ length, valid: brokenAt === null, headHash, brokenAt, unsealed })

/** The position at which the line does not fit what is before it, or null. A missing seal is named by its own place. */
const breakOf = (lastPosition: number, headHash: string, line: SealedLine): number | null => {
  const expected = lastPosition + 1
  if (line.position !== expected) return expected
  const fits =
    line.event !== null &&
    line.event.id === line.eventId &&
    line.previousHash === headHash &&
    line.hash === sealHash(line.previousHash, line.event)
  return fits ? null : expected
}
