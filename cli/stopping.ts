/** Waits for the signal to stop. A second signal, given later on purpose, does not wait for anything. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** What a shell says of a program ended by SIGINT. */
const INTERRUPTED = 130
/** Ctrl-C reaches every program of the terminal, and those around this one pass it on: one wish, several signals. */
const SAME_WISH_MS = 2_000

export const untilToldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    let toldAt: number | null = null
    const tell = (): void => {
      const now = performance.now()
      if (toldAt !== null && now - toldAt > SAME_WISH_MS) process.exit(INTERRUPTED)
      toldAt ??= now
      resolve()
    }
    for (const signal of SIGNALS) process.on(signal, tell)
  })
