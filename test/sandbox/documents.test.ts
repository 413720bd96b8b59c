/** What the sandbox's page asks of its own accord, held against the graph and its permissions. */
import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { ROLE_SCOPES } from '@stormops/chassis/permission'
import type { Role } from '@stormops/chassis/permission'
import { describe, expect, it } from 'vitest'
import * as documents from '../../gateway/sandbox/app/documents.ts'
import { MEMBER_ROLES, ROLES_TO_TRY } from '../../gateway/sandbox/app/roles.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const entries = Object.entries(documents)

describe('what the page asks', () => {
  it('is something', () => expect(entries.length).toBeGreaterThan(5))

  it.each(entries)('%s fits the graph that clients see', (_name, document) => {
    expect(validate(schema, parse(document))).toEqual([])
  })
})

describe('the roles to try', () => {
  it.each(MEMBER_ROLES)('of an %s are those the platform grants it', (own) => {
    const held: readonly string[] = ROLE_SCOPES[own]
    const isGranted = (role: Role): boolean =>
      role !== 'STAFF' &&
      ROLE_SCOPES[role].every((scope) => scope !== 'tenant:manage' && held.includes(scope))
    const granted = held.includes('tenant:manage')
      ? ([...MEMBER_ROLES, 'PARTNER'] as const).filter(isGranted)
      : []
    expect(ROLES_TO_TRY[own] ?? []).toEqual(granted)
  })
})
