/** Time is an argument. Production passes `systemClock`; a test passes its own. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

export const fixedClock = (instant: string): Clock => ({ now: () => new Date(instant) })
