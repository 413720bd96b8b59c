/** Links that carry their own permission: one file, one purpose, until a given time. */
import { SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { Fault } from '../fault.ts'
import { TOKEN_ISSUER } from '../identity.ts'
import { readSigned } from '../signed-text.ts'
import { ALGORITHM } from '../signing-keys.ts'
import type { SigningKeys } from '../signing-keys.ts'

export type LinkPurpose = 'download' | 'upload'
export type Link = { readonly tenantId: string; readonly path: string; readonly purpose: LinkPurpose }

/** Long enough to forward within a meeting, short enough that a leaked one is worth little. */
export const LINK_LIFETIME_SECONDS = 3_600

const audienceOf = (purpose: LinkPurpose): string => `stormops-file-${purpose}`

const claims = z.object({ tid: z.uuid(), path: z.string() })

export type Links = {
  readonly sign: (link: Link, expiresAt: Date) => Promise<string>
  /** Throws NOT_FOUND for a link that is not ours, has expired, or is for another purpose. */
  readonly read: (token: string, purpose: LinkPurpose) => Promise<Link>
}

export const signedLinks = (keys: SigningKeys, clock: Clock): Links => ({
  sign: (link, expiresAt) => {
    const key = keys.signing(clock.now())
    return new SignJWT({ tid: link.tenantId, path: link.path })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid })
      .setIssuer(TOKEN_ISSUER)
      .setAudience(audienceOf(link.purpose))
      .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
      .sign(key.privateKey)
  },
  read: async (token, purpose) => {
    try {
      const payload = await readSigned(token, keys, clock.now(), {
        issuer: TOKEN_ISSUER,
        audience: audienceOf(purpose),
        requiredClaims: ['exp'],
      })
      const { tid, path } = claims.parse(payload)
      return { tenantId: tid, path, purpose }
    } catch (cause) {
      throw new Fault('NOT_FOUND', 'This link is not valid any more. Ask for a new one.', { cause })
    }
  },
})
