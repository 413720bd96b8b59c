/** How long somebody waits for a fetch: until its deadline, or until whoever asked has gone. */
import { Fault } from '../fault.ts'

export type Patience = {
  /** Throws `Fault` TIMEOUT, after telling `onGivingUp`, when `work` is not done in time. */
  readonly for: <Result>(work: Promise<Result>, onGivingUp: () => void) => Promise<Result>
  readonly end: () => void
}

const GIVEN_UP = Symbol('given up')

/** One timer for all steps of a fetch. `gone` ends it early. */
export const patience = (milliseconds: number, gone?: AbortSignal): Patience => {
  let giveUp: (value: typeof GIVEN_UP) => void = () => {}
  const passed = new Promise<typeof GIVEN_UP>((resolve) => {
    giveUp = resolve
  })
  const stop = (): void => giveUp(GIVEN_UP)
  const timer = setTimeout(stop, milliseconds)
  gone?.addEventListener('abort', stop, { once: true })
  if (gone?.aborted === true) stop()
  return {
    for: async (work, onGivingUp) => {
      const first = await Promise.race([work, passed])
      if (first !== GIVEN_UP) return first
      onGivingUp()
      throw tooLate()
    },
    end: () => {
      clearTimeout(timer)
      gone?.removeEventListener('abort', stop)
    },
  }
}

export const tooLate = (): Fault =>
  new Fault('TIMEOUT', 'This part of the answer took too long. Ask for less at once, or try again.')

export const notAvailable = (cause: unknown): Fault =>
  new Fault('UNAVAILABLE', 'This part of the answer is not available at the moment. Try again in a minute.', {
    cause,
  })
