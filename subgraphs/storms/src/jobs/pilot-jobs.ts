import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

const payload = z.object({ pilotId: z.uuid() })

/** Deciding over a million properties takes half a minute; a step that takes longer than ten hangs. */
const TIMEOUTS = { timeoutSeconds: 1_800, stepTimeoutSeconds: 600 }

/** Applies the policy and opens the window for outcomes. */
export const openPilotJob = defineJob({ name: 'storms.open-pilot', payload, ...TIMEOUTS, keepsSteps: true })

/** Closes the window and computes the report. */
export const closePilotJob = defineJob({
  name: 'storms.close-pilot',
  payload,
  // A worker may be lost in each of its four steps, and what is done is not done again.
  retries: 4,
  ...TIMEOUTS,
  keepsSteps: true,
})
