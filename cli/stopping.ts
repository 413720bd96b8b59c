/** Waits for the signal to stop. A second signal does not wait for anything. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** What a shell says of a program ended by SIGINT. */
const INTERRUPTED = 130

export const untilToldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    let told = false
    const tell = (): void => {
      if (told) process.exit(INTERRUPTED)
      told = true
      resolve()
    }
    for (const signal of SIGNALS) process.on(signal, tell)
  })
