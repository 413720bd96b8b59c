/**
 * Who may ask how the graph is shaped. Partners have the operations they published, and somebody not signed in has no
 * business with it. Where the graph is in production only those who administer a company, or the platform, may.
 */
import { Fault } from '@stormops/chassis/fault'
import type { Actor } from '@stormops/chassis/identity'

export type IntrospectionPolicy = 'signed-in' | 'administrators'

/** Null when the actor may. */
export const introspectionRefusal = (policy: IntrospectionPolicy, actor: Actor | null): Fault | null => {
  if (actor === null) return new Fault('UNAUTHENTICATED', 'Sign in to ask how this graph is shaped.')
  if (actor.kind === 'API_KEY') {
    return new Fault('FORBIDDEN', 'A key asks published operations, and not how the graph is shaped.')
  }
  if (policy === 'signed-in' || actor.scopes.has('tenant:manage') || actor.scopes.has('platform:staff'))
    return null
  return new Fault('FORBIDDEN', 'Only administrators may ask how this graph is shaped.')
}
