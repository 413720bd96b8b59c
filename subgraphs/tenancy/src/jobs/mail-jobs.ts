/** Mails to people, as jobs: they leave if and only if what they tell has happened. */
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

/** The payload names the request and not the address, which is forgotten once the link is sent. */
export const sendSignInLink = defineJob({
  name: 'tenancy.send-sign-in-link',
  kind: 'short',
  timeoutSeconds: 60,
  payload: z.object({ requestId: z.uuid() }),
})

export const sendInvitation = defineJob({
  name: 'tenancy.send-invitation',
  kind: 'short',
  timeoutSeconds: 60,
  payload: z.object({ memberId: z.uuid() }),
})
