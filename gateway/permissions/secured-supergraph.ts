/**
 * The supergraph says of itself that whoever runs it must enforce its permissions, and Apollo's gateway refuses what it
 * cannot enforce. Ours can: so the marks are taken out of the copy in memory, and only together with the rules that the
 * permission stage is made of.
 */
import { parse } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import { requirementsOf } from '@stormops/chassis/graphql/permissions/requirements'
import type { Requirements } from '@stormops/chassis/graphql/permissions/requirements'

export type SecuredSupergraph = { readonly sdl: string; readonly requirements: Requirements }

/** The features whose rules the permission stage enforces, and no other. */
const ENFORCED =
  /(@link\(\s*url:\s*"https:\/\/specs\.apollo\.dev\/(?:authenticated|requiresScopes)\/v0\.\d+")\s*,?\s*for:\s*SECURITY\s*\)/g

/** Throws INTERNAL for a field that nothing is said about. */
export const securedSupergraph = (supergraphSdl: string): SecuredSupergraph => {
  const requirements = requirementsOf(parse(supergraphSdl))
  const { unsaid } = requirements
  if (unsaid.length > 0) {
    throw new Fault('INTERNAL', `The supergraph does not say who may ask for ${unsaid.join(', ')}.`)
  }
  return { sdl: supergraphSdl.replaceAll(ENFORCED, '$1)'), requirements }
}
