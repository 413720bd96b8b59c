/**
 * A line of the spool: a checksum, what it says, and its fields, with tabs between them. There are two: an operation
 * that was counted, and a mark up to which everything before it in its file has been written to the ledger.
 *
 *     8 hex digits ⇥ o ⇥ event ⇥ tenant ⇥ kind ⇥ "actor" ⇥ name ⇥ type ⇥ cost ⇥ outcome ⇥ at
 *     8 hex digits ⇥ w ⇥ bytes
 *
 * A line is ASCII, so that its characters are its bytes. A hyphen stands for null.
 */
import { crc32 } from 'node:zlib'
import { ACTOR_KINDS } from '@stormops/chassis/identity'
import { METERED_OUTCOMES } from './metered-operation.ts'
import type { MeteredOperation } from './metered-operation.ts'

export type SpoolLine =
  | { readonly kind: 'operation'; readonly operation: MeteredOperation }
  /** `written` counts bytes from the beginning of the file. */
  | { readonly kind: 'mark'; readonly written: number }
  | { readonly kind: 'damaged' }

const NONE = '-'
/** Beside the checksum. */
const OPERATION_FIELDS = 10
const MARK_FIELDS = 2
const TYPES = ['query', 'mutation', 'subscription'] as const
const CHECKSUM_DIGITS = 8

/** With its line break. */
export const operationLine = (operation: MeteredOperation): string => {
  const { eventId, tenantId, actorKind, actorId, operationName, operationType, cost, outcome, at } = operation
  const actor = actorId === null ? NONE : asciiText(actorId)
  return checked(
    `o\t${eventId}\t${tenantId}\t${actorKind ?? NONE}\t${actor}\t${operationName ?? NONE}\t${operationType}\t${cost}\t${outcome}\t${at}`,
  )
}

/** With its line break. */
export const markLine = (written: number): string => checked(`w\t${written}`)

/** `line` without its line break. Whatever is not wholly as it was written is damaged. */
export const readLine = (line: string): SpoolLine => {
  const body = line.slice(CHECKSUM_DIGITS + 1)
  if (line !== checked(body).slice(0, -1)) return DAMAGED
  const fields = body.split('\t')
  if (fields[0] === 'o' && fields.length === OPERATION_FIELDS) return operationOf(fields)
  const written = Number(fields[1])
  return fields[0] === 'w' && fields.length === MARK_FIELDS && Number.isSafeInteger(written)
    ? { kind: 'mark', written }
    : DAMAGED
}

const DAMAGED: SpoolLine = { kind: 'damaged' }

const checked = (body: string): string =>
  `${crc32(body).toString(16).padStart(CHECKSUM_DIGITS, '0')}\t${body}\n`

/** Everything but printable ASCII is escaped as JSON has it, tabs and line breaks too. */
const asciiText = (text: string): string =>
  PLAIN.test(text)
    ? `"${text}"`
    : JSON.stringify(text).replaceAll(
        BEYOND_ASCII,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )

const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/
const BEYOND_ASCII = /[^\x20-\x7e]/g

const operationOf = (fields: readonly string[]): SpoolLine => {
  const [, eventId = '', tenantId = '', kind = '', actor = '', name = '', type, cost, result, at] = fields
  const actorKind = kind === NONE ? null : ACTOR_KINDS.find((known) => known === kind)
  const actorId = actor === NONE ? null : textOf(actor)
  const operationType = TYPES.find((known) => known === type)
  const outcome = METERED_OUTCOMES.find((known) => known === result)
  const numbers = { cost: Number(cost), at: Number(at) }
  // The checksum holds, so this was written by another release, whose events this one does not understand.
  if (actorKind === undefined || actorId === undefined || operationType === undefined) return DAMAGED
  if (outcome === undefined || !Number.isFinite(numbers.cost) || !Number.isFinite(numbers.at)) return DAMAGED
  const operationName = name === NONE ? null : name
  const operation = {
    eventId,
    tenantId,
    actorKind,
    actorId,
    operationName,
    operationType,
    outcome,
    ...numbers,
  }
  return { kind: 'operation', operation }
}

const textOf = (json: string): string | undefined => {
  try {
    const text: unknown = JSON.parse(json)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}
