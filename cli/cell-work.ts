/**
 * The jobs of a cell are in the cell, so that they commit with its data. One that cannot be reached is tried again and
 * again: the jobs of its companies wait, and those of the others do not.
 */
import type { Cell } from '@stormops/chassis/cells/cells'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { BossRole } from '@stormops/chassis/jobs/boss'
import type { JobDefinition } from '@stormops/chassis/jobs/define-job'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Service } from '@stormops/chassis/service'
import type { Log } from '@stormops/chassis/telemetry/log'
import { setTimeout as sleep } from 'node:timers/promises'

const TRY_AGAIN_MS = 5_000
const JOB_DRAIN_MS = 10_000

type Boss = Awaited<ReturnType<typeof openBoss>>

export type CellWork = {
  /** Tries once; whoever works in the cell declares its queues before that, too. */
  readonly declare: (handlers: readonly JobHandler[]) => Promise<void>
  /** Returns at once, and begins when the cell can be reached. */
  readonly start: (services: readonly Service[]) => void
  readonly close: () => Promise<void>
}

/** Opens nothing before it is asked to declare or to start. */
export const openCellWork = (cell: Cell, parentLog: Log, role: BossRole): CellWork => {
  const log = parentLog.child({ cell: cell.name })
  const closing = new AbortController()
  let boss: Boss | null = null
  let starting: Promise<void> = Promise.resolve()
  const opened = async (): Promise<Boss> => {
    boss ??= await openBoss(cell.connection, log, role)
    return boss
  }
  const start = async (services: readonly Service[]): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        const working = await opened()
        await declareQueues(working, unscheduled(services.flatMap(({ jobs }) => jobs)))
        for (const { database, jobs } of services) await startWorking(working, database, jobs, log)
        return
      } catch (err) {
        log.warn({ err }, 'the jobs of a cell cannot be worked')
        await sleep(TRY_AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined)
      }
    }
  }
  return {
    declare: async (handlers) => {
      try {
        await declareQueues(await opened(), unscheduled(handlers))
      } catch (err) {
        log.warn({ err }, 'the queues of a cell cannot be made')
      }
    },
    start: (services) => {
      starting = start(services)
    },
    close: async () => {
      closing.abort()
      await starting
      await boss?.stop({ graceful: true, timeout: JOB_DRAIN_MS })
    },
  }
}

/** What runs by the clock runs in the home cell, for all companies. */
const unscheduled = (handlers: readonly JobHandler[]): readonly JobHandler[] =>
  handlers.map((handler) => {
    const { schedule: _schedule, ...definition }: JobDefinition<object> = handler.definition
    return { ...handler, definition }
  })
