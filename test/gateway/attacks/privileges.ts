/** People who ask for more than their role has. */
import type { Role } from '@stormops/chassis/permission'
import { askWith } from './scene.ts'
import type { Attack, Scene } from './scene.ts'

const as = (role: Role | null, query: string, variables: (scene: Scene) => object, name: string): Attack => ({
  name: `${role === null ? 'nobody' : role.toLowerCase()} ${name}`,
  send: (scene) =>
    askWith(scene, role === null ? null : scene.victim.as(role).token, query, variables(scene)),
  status: role === null ? 401 : 403,
  code: role === null ? 'UNAUTHENTICATED' : 'FORBIDDEN',
})

const none = () => ({})
const storm = ({ property }: Scene) => ({ id: property.storm })

const OWNERS = `query ($id: ID!) { storm(id: $id) { properties { edges { node { owner { name phone } } } } } }`
const SCORES = `query ($id: ID!) { storm(id: $id) { properties { edges { node { uplift } } } } }`
const ARMS = `query ($id: ID!) { storm(id: $id) { conversion { treat control } } }`
const SUSPEND = `mutation ($id: ID!) { suspendTenant(input: { tenantId: $id, reason: "mine" }) { __typename } }`
const PROVISION = `mutation { provisionTenant(input: { name: "Mine", tier: ENTERPRISE, adminEmail: "a@b.example" }) { __typename } }`

export const PRIVILEGE_ATTACKS: readonly Attack[] = [
  ...(['OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER'] as const).flatMap((role) => [
    as(role, SUSPEND, ({ attacker }) => ({ id: attacker.id }), 'suspends a company'),
    as(role, PROVISION, none, 'opens a company'),
    as(role, '{ tenants { edges { node { name } } } }', none, 'lists all companies'),
  ]),
  as(
    'OWNER',
    'query ($id: ID!) { jobRuns(filter: { tenantId: $id }) { edges { cursor } } }',
    ({ attacker }) => ({ id: attacker.id }),
    'lists another company’s jobs',
  ),
  as('CREW', SCORES, storm, 'reads scores'),
  as('CREW', ARMS, storm, 'reads arms'),
  as('CREW', SCORES.replace('uplift', 'externalId: uplift'), storm, 'reads scores under another name'),
  as(
    'CREW',
    SCORES.replace('uplift', '...F').concat(' fragment F on Property { uplift }'),
    storm,
    'reads scores in a fragment',
  ),
  as(
    'CREW',
    SCORES.replace('query ($id: ID!)', 'query ($id: ID!, $no: Boolean = true)').replace(
      'uplift',
      'uplift @include(if: $no)',
    ),
    storm,
    'reads scores by a default',
  ),
  as('CREW', '{ auditEvents { edges { node { action } } } }', none, 'reads the audit'),
  as('ANALYST', OWNERS, storm, 'reads owners'),
  as('VIEWER', OWNERS, storm, 'reads owners'),
  as(
    'VIEWER',
    'mutation ($id: ID!) { scoreStorm(input: { stormId: $id }) { __typename } }',
    storm,
    'scores a storm',
  ),
  as('BILLING', '{ storms { edges { node { id } } } }', none, 'reads storms'),
  as(
    'ANALYST',
    'mutation ($id: ID!) { restoreStorm(input: { stormId: $id }) { __typename } }',
    storm,
    'restores a storm',
  ),
  as('ANALYST', '{ auditChain { length } }', none, 'reads the audit’s chain'),
  as(null, '{ viewer { roles } }', none, 'asks who they are'),
  as(null, '{ plans { tier } }', none, 'asks for plans'),
  as(null, '{ __schema { types { name } } }', none, 'asks how the graph is shaped'),
  as(null, '{ __typename viewer { __typename } }', none, 'asks for a type name of somebody'),
  as(null, SUSPEND, ({ attacker }) => ({ id: attacker.id }), 'suspends a company'),
]
