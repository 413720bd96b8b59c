import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { OUTCOMES_PER_ARM } from '../domain/pilot-verdict.ts'
import { closePilotJob } from '../jobs/pilot-jobs.ts'
import { neverOpened } from './opened-pilot.ts'
import type { StormsStores } from '../stores.ts'

export type CompletePilot = { readonly pilotId: string }

export type CompletePilotResult =
  | { readonly kind: 'ok'; readonly pilotId: string }
  | { readonly kind: 'not-found' }
  | {
      readonly kind: 'too-early'
      readonly starting: boolean
      readonly treatMissing: number
      readonly controlMissing: number
    }

/**
 * A pilot may close once both arms can say something, or once its window is over, whatever it holds by then. Closing a
 * pilot that is closed already changes nothing.
 */
export const completePilot = defineCommand<CompletePilot, CompletePilotResult, StormsStores>({
  name: 'storms.completePilot',
  permission: 'pilots:run',
  statementTimeoutMs: BULK_DEADLINE_MS,
  audit: (_input, { pilotId }) => ({ subjectKind: 'pilot', subjectId: pilotId, detail: {} }),
  run: async ({ tx, stores, clock, queue }, { pilotId }) => {
    const pilot = await stores.pilots.lockById(pilotId)
    if (pilot === null) return { kind: 'not-found' }
    if (pilot.status === 'MEASURING' || pilot.status === 'COMPLETED') return { kind: 'ok', pilotId }
    const storm = pilot.stormId === null ? null : await stores.storms.maybeById(pilot.stormId)
    if (storm !== null) {
      if (pilot.status === 'STARTING' || (await neverOpened(tx, pilot))) {
        return {
          kind: 'too-early',
          starting: true,
          treatMissing: OUTCOMES_PER_ARM,
          controlMissing: OUTCOMES_PER_ARM,
        }
      }
      const { primary } = await stores.measurements.ofStorm(storm.id, 'UTC', storm.capacityCut, storm.endsAt)
      const treatMissing = Math.max(0, OUTCOMES_PER_ARM - primary.treat.n)
      const controlMissing = Math.max(0, OUTCOMES_PER_ARM - primary.control.n)
      if (treatMissing + controlMissing > 0 && clock.now() < storm.endsAt) {
        return { kind: 'too-early', starting: false, treatMissing, controlMissing }
      }
    }
    await stores.pilots.update(pilotId, { status: 'MEASURING' })
    await queue.enqueue(tx, closePilotJob, { pilotId })
    return { kind: 'ok', pilotId }
  },
})
