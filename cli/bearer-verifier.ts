/** Who sends a bearer: an API key is known by how it begins, and anything else has to be a token of ours. */
import { unrecognised } from '@stormops/chassis/identity'
import type { Verifier } from '@stormops/chassis/identity'
import { SECRET_MARK } from '@stormops/tenancy/port'
import type { Tenancy } from '@stormops/tenancy'

/** Throws the same `UNAUTHENTICATED` for a key and a token of every kind that is not accepted. */
export const bearerVerifier =
  (
    token: Verifier,
    { actorOfKey, isImpersonating }: Pick<Tenancy, 'actorOfKey' | 'isImpersonating'>,
  ): Verifier =>
  async (bearer) => {
    const actor = bearer.startsWith(SECRET_MARK) ? await actorOfKey(bearer) : await token(bearer)
    if (actor === null) throw unrecognised()
    if (actor.impersonation !== null && !(await isImpersonating(actor))) throw unrecognised()
    return actor
  }
