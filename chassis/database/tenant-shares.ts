/**
 * How much of a pool one company may hold. What waits for a lock holds a connection all the while, so that a company
 * whose work waits for itself would otherwise take the pool away from every other one.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Fault } from '../fault.ts'

export type TenantShares = {
  /** Runs `work` once its company holds less than its part. Throws `UNAVAILABLE` when that takes too long. */
  readonly run: <T>(tenantId: string, work: () => Promise<T>) => Promise<T>
}

/** The other half is for everybody else, however many they are. */
const LARGEST_SHARE = 0.5

type Standing = { held: number; readonly line: (() => void)[] }

export const tenantShares = (poolSize: number, patienceMilliseconds: number): TenantShares => {
  const most = Math.max(1, Math.floor(poolSize * LARGEST_SHARE))
  const standings = new Map<string, Standing>()
  // Work inside work would wait for itself.
  const inside = new AsyncLocalStorage<true>()

  const enter = async (standing: Standing): Promise<void> => {
    if (standing.held < most) {
      standing.held += 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        standing.line.splice(standing.line.indexOf(begin), 1)
        reject(new Fault('UNAVAILABLE', BUSY))
      }, patienceMilliseconds)
      standing.line.push(begin)
    })
  }
  const leave = (tenantId: string, standing: Standing): void => {
    const next = standing.line.shift()
    if (next !== undefined) return next()
    standing.held -= 1
    if (standing.held === 0) standings.delete(tenantId)
  }
  return {
    run: async (tenantId, work) => {
      if (inside.getStore() === true) return work()
      const standing = standings.get(tenantId) ?? { held: 0, line: [] }
      standings.set(tenantId, standing)
      await enter(standing)
      try {
        return await inside.run(true, work)
      } finally {
        leave(tenantId, standing)
      }
    },
  }
}

const BUSY = 'Your company has a lot under way at once. Try again in a few seconds.'
