import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

/** A million rows take a minute or two; an hour means that something hangs. */
const TIMEOUT_SECONDS = 3_600

export const importPropertiesJob = defineJob({
  name: 'storms.import-properties',
  payload: z.object({ importId: z.uuid(), stormId: z.uuid(), uploadId: z.uuid() }),
  timeoutSeconds: TIMEOUT_SECONDS,
})
