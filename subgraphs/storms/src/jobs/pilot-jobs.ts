import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

const payload = z.object({ pilotId: z.uuid() })

/** Deciding over a million properties takes half a minute; a step that takes longer than ten hangs. */
const TIMEOUTS = { timeoutSeconds: 1_800, stepTimeoutSeconds: 600 }

/** A worker may be lost in each of the four steps of either job, and what is done is not done again. */
const ONE_FOR_EACH_STEP = 4

/** Applies the policy and opens the window for outcomes. */
export const openPilotJob = defineJob({
  name: 'storms.open-pilot',
  payload,
  retries: ONE_FOR_EACH_STEP,
  ...TIMEOUTS,
  keepsSteps: true,
})

/** Closes the window and computes the report. */
export const closePilotJob = defineJob({
  name: 'storms.close-pilot',
  payload,
  retries: ONE_FOR_EACH_STEP,
  ...TIMEOUTS,
  keepsSteps: true,
})
