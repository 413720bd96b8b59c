/**
 * Signed texts of ours, as others carry them: three parts, of which the head names the key. A text is taken only as it
 * was written: base64url can spell the same bytes in more than one way, and only the one that we write is ours.
 */
import { jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyOptions } from 'jose'
import { Fault } from './fault.ts'
import { ALGORITHM } from './signing-keys.ts'
import type { SigningKeys } from './signing-keys.ts'

/** Whether a text is base64url exactly as it is written here, with no bit left over. */
export const isCanonicalBase64Url = (text: string): boolean =>
  text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text

/** The claims of a text that one of our keys signed. Throws for any other, with a cause for the log and no more. */
export const readSigned = async (
  text: string,
  keys: SigningKeys,
  now: Date,
  expected: Pick<JWTVerifyOptions, 'issuer' | 'audience' | 'typ' | 'requiredClaims'>,
): Promise<JWTPayload> => {
  const parts = text.split('.')
  if (parts.length !== 3 || !parts.every(isCanonicalBase64Url)) {
    throw new Fault('UNAUTHENTICATED', 'The text is not written as ours are.')
  }
  const keyNamed = ({ kid }: { readonly kid?: string }) => {
    const key = kid === undefined ? null : keys.verifying(kid, now)
    if (key === null) throw new Fault('UNAUTHENTICATED', 'The text names no key of ours.')
    return key.publicKey
  }
  const { payload } = await jwtVerify(text, keyNamed, {
    ...expected,
    algorithms: [ALGORITHM],
    currentDate: now,
  })
  return payload
}
