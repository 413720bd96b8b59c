/**
 * A file to which every change is added as a line, so that a developer's Stripe is there again after a restart. One
 * line is all that one request changed: a machine that stops in the middle of writing leaves a torn last line, which
 * is passed over, and so the request never happened.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { Stored } from './objects.ts'

export type Change =
  | { readonly put: Stored }
  | { readonly remove: { readonly object: Stored['object']; readonly id: string } }

export type Journal = {
  readonly append: (changes: readonly Change[]) => void
  readonly close: () => void
}

/** Nobody else on the machine needs the secrets in it. */
const OWNER_ONLY = 0o600

const FORMAT = 1

export const readJournal = (file: string): readonly Change[] => {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  // What follows the last line's end is empty, or the torn line.
  const whole = lines.slice(0, -1).map((line): unknown => JSON.parse(line))
  const [head, ...changes] = whole
  if (head === undefined) return []
  if (!isHead(head))
    throw new Error(`${file} is no journal of the Stripe loopback, or of another version of it.`)
  // They were written by `append`, below.
  return (changes as readonly (readonly Change[])[]).flat()
}

const isHead = (line: unknown): boolean =>
  typeof line === 'object' && line !== null && 'stripeLoopback' in line && line.stripeLoopback === FORMAT

/** Writes `all` as a new file, which takes the old one's place at once, and goes on from there. */
export const openJournal = (file: string, all: readonly Stored[]): Journal => {
  mkdirSync(dirname(file), { recursive: true })
  const next = `${file}.next`
  const lines = [{ stripeLoopback: FORMAT }, all.map((put) => ({ put }))]
  writeFileSync(next, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: OWNER_ONLY })
  renameSync(next, file)
  const descriptor = openSync(file, 'a', OWNER_ONLY)
  return {
    append: (changes) => {
      writeSync(descriptor, `${JSON.stringify(changes)}\n`)
    },
    close: () => closeSync(descriptor),
  }
}

/** Nothing survives. */
export const noJournal: Journal = { append: () => {}, close: () => {} }
