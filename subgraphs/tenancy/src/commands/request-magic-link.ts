/** Answers everybody alike: whether the address is anybody's is found out by a job, after the answer. */
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import type { PersonWork } from '../context.ts'
import { isEmail } from '../domain/email.ts'
import { addressHash, minutesBefore, MOST_REQUESTS, REQUEST_WINDOW_MINUTES } from '../domain/sign-in-link.ts'
import { sendSignInLink } from '../jobs/mail-jobs.ts'

export type RequestMagicLinkResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

export const requestMagicLink = async (
  { tx, persons, clock, newId, queue, secret }: PersonWork,
  input: { readonly email: string },
): Promise<RequestMagicLinkResult> => {
  const email = input.email.trim()
  if (!isEmail(email)) return { kind: 'invalid', field: 'email', message: 'This is not an e-mail address.' }
  const hash = addressHash(secret, email)
  const createdAt = clock.now()
  await persons.lockAddress(hash)
  const since = minutesBefore(createdAt, REQUEST_WINDOW_MINUTES)
  if ((await persons.countRequests(hash, since)) >= MOST_REQUESTS) return { kind: 'ok' }
  const id = newId()
  await persons.insertRequest({ id, hash, email, createdAt })
  await tx.actFor(PLATFORM_TENANT_ID, (onPlatform) =>
    queue.enqueue(onPlatform, sendSignInLink, { requestId: id }),
  )
  return { kind: 'ok' }
}
