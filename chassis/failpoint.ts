/**
 * Places between two writes at which a test ends the process, lets it fail, or holds it up, to see that nothing is lost or
 * done twice. Nothing happens at any of them unless STORMOPS_FAILPOINTS names it, which production refuses.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, unreachable } from './fault.ts'

export type FailpointEffect =
  /** The process ends as by `kill -9`. */
  | { readonly kind: 'kill' }
  | { readonly kind: 'throw' }
  | { readonly kind: 'delay'; readonly milliseconds: number }

export type ArmedFailpoint = {
  readonly name: string
  readonly effect: FailpointEffect
  /** At which passage it happens, counted from 1; null for each of them. */
  readonly at: number | null
}

export type ReadFailpoints =
  | { readonly kind: 'read'; readonly failpoints: readonly ArmedFailpoint[] }
  | { readonly kind: 'fault'; readonly message: string }

const ENTRY = /^([a-z][\w.:-]*)=(kill|throw|delay)(?::(\d{1,6}))?(?:@(\d{1,6}|\*))?$/

/**
 * Reads `name=kill,other=throw@3,third=delay:200@*`: what happens, for a delay its milliseconds, and at which passage,
 * by default the first.
 */
export const readFailpoints = (text: string): ReadFailpoints => {
  const failpoints: ArmedFailpoint[] = []
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, name, kind, milliseconds, at = '1'] = ENTRY.exec(entry) ?? []
    if (name === undefined || (kind === 'delay') !== (milliseconds !== undefined)) {
      return { kind: 'fault', message: 'must be a list like name=kill,other=throw@3,third=delay:200@*' }
    }
    failpoints.push({ name, effect: effectOf(kind, milliseconds), at: at === '*' ? null : Number(at) })
  }
  return { kind: 'read', failpoints }
}

const effectOf = (kind: string | undefined, milliseconds: string | undefined): FailpointEffect => {
  if (kind === 'delay') return { kind, milliseconds: Number(milliseconds) }
  return { kind: kind === 'kill' ? 'kill' : 'throw' }
}

/** By name; null where nothing is armed, which is always outside of tests. One for the process, as a kill is. */
let armed: Map<string, ArmedFailpoint & { passages: number }> | null = null

/** Replaces what was armed before. */
export const armFailpoints = (failpoints: readonly ArmedFailpoint[]): void => {
  armed =
    failpoints.length === 0
      ? null
      : new Map(failpoints.map((failpoint) => [failpoint.name, { ...failpoint, passages: 0 }]))
}

/** A place is named by who works there and what has just happened: `billing.webhook.kept`. */
export const failpoint = (name: string): Promise<void> | undefined =>
  armed === null ? undefined : passed(armed.get(name))

const passed = async (here: (ArmedFailpoint & { passages: number }) | undefined): Promise<void> => {
  if (here === undefined) return
  here.passages += 1
  if (here.at !== null && here.at !== here.passages) return
  switch (here.effect.kind) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL')
      // The signal is on its way; nothing more is done until it is here.
      return new Promise(() => undefined)
    case 'throw':
      throw new Fault('UNAVAILABLE', `The failpoint ${here.name} was armed.`)
    case 'delay':
      await sleep(here.effect.milliseconds)
      return
    default:
      unreachable(here.effect)
  }
}
