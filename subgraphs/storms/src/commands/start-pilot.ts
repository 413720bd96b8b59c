import { defineCommand } from '@stormops/chassis/command'
import { tenantProfile } from '@stormops/tenancy/port'
import { costFault, policyDesign } from '../domain/pilot-design.ts'
import type { CostInput } from '../domain/pilot-design.ts'
import type { PolicyMode } from '../domain/pilot-measurements.ts'
import { POLICIES } from '../domain/policy.ts'
import { takesProperties } from '../domain/storm.ts'
import type { StormStatus } from '../domain/storm.ts'
import { neverOpened } from './opened-pilot.ts'
import { openPilotJob } from '../jobs/pilot-jobs.ts'
import type { StormsStores } from '../stores.ts'

export type StartPilot = CostInput & { readonly stormId: string; readonly policyMode: PolicyMode }

export type StartPilotResult =
  | { readonly kind: 'ok'; readonly pilotId: string; readonly policyMode: PolicyMode | null }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-status'; readonly status: StormStatus }
  | { readonly kind: 'not-scored' }
  | { readonly kind: 'frozen'; readonly mode: PolicyMode }
  | { readonly kind: 'running'; readonly pilotId: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** The design is written down here, before the first outcome; a design made after it would prove nothing. */
export const startPilot = defineCommand<StartPilot, StartPilotResult, StormsStores>({
  name: 'storms.startPilot',
  permission: 'pilots:run',
  audit: ({ stormId }, { pilotId, policyMode }) => ({
    subjectKind: 'pilot',
    subjectId: pilotId,
    detail: { stormId, policyMode },
  }),
  run: async ({ tx, stores, clock, newId, queue }, { stormId, policyMode, cost, crewHours }) => {
    const storm = await stores.storms.lockById(stormId)
    if (storm === null) return { kind: 'not-found' }
    const running = await stores.pilots.maybeByStorm(stormId)
    if (running !== null && (await neverOpened(tx, running))) {
      // Its opening failed for good, and whoever asks again wants it tried again: the design stays as it was fixed.
      await stores.pilots.update(running.id, { status: 'STARTING' })
      await queue.enqueue(tx, openPilotJob, { pilotId: running.id })
      return { kind: 'ok', pilotId: running.id, policyMode: running.design.policyMode }
    }
    if (running !== null) return { kind: 'running', pilotId: running.id }
    if (!takesProperties(storm.status)) return { kind: 'wrong-status', status: storm.status }
    if (storm.modelVersion === null || !(await stores.scores.any(stormId))) return { kind: 'not-scored' }
    if (storm.policyMode !== null && (await stores.assignments.anyOutcome(stormId))) {
      return { kind: 'frozen', mode: storm.policyMode }
    }
    const tenant = await tenantProfile(tx)
    const fault = costFault({ cost, crewHours }, tenant.currency)
    if (fault !== null) return { kind: 'invalid', ...fault }
    if (storm.policyMode !== null && storm.policyMode !== policyMode) {
      // An outcome that came in before the pilot's own policy is applied would freeze the other one.
      await stores.assignments.clear(stormId)
      await stores.storms.update(stormId, { policyMode: null, policyAppliedAt: null, capacityCut: null })
    }
    const pilotId = newId()
    const above = await stores.scores.countAtLeast(stormId, POLICIES[policyMode].threshold)
    await stores.pilots.insert({
      id: pilotId,
      kind: 'POLICY',
      name: storm.name,
      stormId,
      status: 'STARTING',
      design: policyDesign({
        storm,
        tenantName: tenant.name,
        mode: policyMode,
        above,
        currency: tenant.currency,
        cost: cost?.minorUnits ?? null,
        crewHours,
      }),
      report: null,
      inputHash: null,
      pdfSha256: null,
      startedAt: clock.now(),
      completedAt: null,
    })
    await queue.enqueue(tx, openPilotJob, { pilotId })
    return { kind: 'ok', pilotId, policyMode }
  },
})
