import { LINK_LIFETIME_SECONDS } from '@stormops/chassis/files/signed-link'
import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { tenantOf } from '@stormops/chassis/identity'
import { stepRecords } from '@stormops/chassis/jobs/steps'
import { pilotIds } from '../context.ts'
import { pilotSubject, reportPath, stepsOf } from '../domain/pilot.ts'
import type { Pilot } from '../domain/pilot.ts'
import type { PilotResolvers } from '../generated/resolvers.ts'
import { reportView } from './pilot-report.ts'

const MILLISECONDS = 1_000

export const pilotResolvers: FieldsBeyond<Pilot, PilotResolvers> = {
  __resolveReference: async (reference, context) => {
    const id = pilotIds.decode(reference.id)
    return id === null ? null : context.pilotById.load(id)
  },
  id: ({ id }) => pilotIds.encode(id),
  storm: ({ stormId }, _arguments, context) => (stormId === null ? null : context.stormById.load(stormId)),
  policyMode: ({ design }) => design.policyMode,
  design: ({ design }) => ({
    ...design,
    windowStartsAt: design.windowStart === null ? null : new Date(design.windowStart),
    windowEndsAt: design.windowEnd === null ? null : new Date(design.windowEnd),
  }),
  report: ({ report, inputHash }) =>
    report === null || inputHash === null ? null : reportView(report, inputHash),
  reportPdf: async ({ id, pdfSha256 }, _arguments, { actor, ports, now }) => {
    if (pdfSha256 === null) return null
    const link = { tenantId: tenantOf(actor()), path: reportPath(id), purpose: 'download' as const }
    const url = await ports.linkTo(link, new Date(now().getTime() + LINK_LIFETIME_SECONDS * MILLISECONDS))
    return { url, sha256: pdfSha256 }
  },
  steps: async ({ id, kind, status }, _arguments, { reading }) => {
    const records = await reading.read((tx) => stepRecords(tx, pilotSubject(id), stepsOf(kind)))
    // A pilot that began before this step was looked for will never have it.
    return records.filter(
      (step) => step.name !== 'backup' || step.status !== 'PENDING' || status === 'STARTING',
    )
  },
}
