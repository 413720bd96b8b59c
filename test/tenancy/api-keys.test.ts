import { createHash } from 'node:crypto'
import { clientConfig } from '@stormops/chassis/database/connection'
import { KEY_SCOPES, ROLE_SCOPES } from '@stormops/chassis/permission'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, uuidOf } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { signToken } from '@stormops/chassis/identity'
import { systemClock } from '@stormops/chassis/clock'
import { given, PUBLISH } from './operation-builders.ts'
import { codesOf, CREATE_KEY, createKey, KEYS, REVOKE_KEY, ROTATE_KEY } from './access-builders.ts'

let world: World
let admin: pg.Client
beforeAll(async () => {
  world = await openWorld()
  admin = new pg.Client(clientConfig(world.database.admin))
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await world.close()
})

const VIEWER = 'query Who { viewer { actor { id kind } tenant { id } roles scopes } }'
const ownerOf = async (tenantId: string): Promise<Client> => {
  const claims = { subject: 'usr_owner', kind: 'USER', tenantId: uuidOf(tenantId), role: 'OWNER' } as const
  return world.client(await signToken(world.keys, claims, systemClock, 60))
}
const create = async (tenant: TestTenant, input: object, key?: string) =>
  (await tenant.as('OWNER').data(CREATE_KEY, { input: { name: 'CRM', ...input }, key })).createApiKey

/** Every row of every table of ours and of the queue, as the server's administrator sees them. */
const everything = async (): Promise<string> => {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  expect(tables.length).toBeGreaterThan(25)
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await admin.query<{ row: string }>(`select t::text as row from ${name} t`)
    texts.push(...rows.map(({ row }) => row))
  }
  return texts.join('\n')
}

describe('a new key', () => {
  it('acts for its company, as itself and with what partners may do', async () => {
    const tenant = await world.tenant()
    const key = await createKey(tenant.as('OWNER'))
    await tenant.publish(VIEWER)
    const { viewer } = (await world.client(key.secret).named(VIEWER)).data
    expect(viewer).toEqual({
      actor: { id: key.id, kind: 'API_KEY' },
      tenant: { id: tenant.id },
      roles: ['PARTNER'],
      scopes: expect.arrayContaining([...ROLE_SCOPES.PARTNER]),
    })
    expect(viewer.scopes).toHaveLength(ROLE_SCOPES.PARTNER.length)
  })

  it.each([
    ['PRODUCTION', /^so_live_[0-9a-f]{12}_[0-9A-Za-z]{49}$/],
    ['TEST', /^so_test_[0-9a-f]{12}_[0-9A-Za-z]{49}$/],
  ])('for %s says so, and is recognised by how it begins', async (environment, shape) => {
    const tenant = await world.tenant()
    const { secret, apiKey } = await create(tenant, { environment })
    expect(secret).toMatch(shape)
    expect(secret.startsWith(apiKey.prefix)).toBe(true)
    expect(apiKey).toMatchObject({ environment, status: 'ACTIVE', lastUsedAt: null, revokedAt: null })
    // The end of its id, so that whoever finds one can tell which it is.
    expect(apiKey.prefix).toContain(`_${apiKey.id.slice(-12)}_`)
  })

  it('is shown once: the same request again gives the key without its secret', async () => {
    const tenant = await world.tenant()
    const first = await create(tenant, {}, 'one-key')
    const second = await create(tenant, {}, 'one-key')
    expect(first.secret).toMatch(/^so_live_/)
    expect(second).toEqual({ ...first, secret: null })
    const { apiKeys } = await tenant.as('OWNER').data(KEYS)
    expect(apiKeys.edges.filter(({ node }: any) => node.name === 'CRM')).toHaveLength(1)
  })

  it('leaves its secret in no column of any table, and its hash in one', async () => {
    const tenant = await world.tenant()
    const { secret, apiKey } = await create(tenant, {}, 'kept-nowhere')
    const { rotateApiKey } = await tenant
      .as('OWNER')
      .data(ROTATE_KEY, { input: { apiKeyId: apiKey.id }, key: 'kept-nowhere-either' })
    await tenant.publish(VIEWER)
    expect((await world.client(secret).named(VIEWER)).status).toBe(200)
    const kept = await everything()
    for (const text of [secret, rotateApiKey.secret]) {
      expect(text).toMatch(/^so_live_/)
      // Neither whole nor the part beyond what is shown.
      expect(kept).not.toContain(text)
      expect(kept).not.toContain(text.slice(-40))
      const hash = createHash('sha256').update(text).digest('hex')
      expect(kept.split(hash)).toHaveLength(2)
    }
  })

  it('leaves lines in the audit, of its making, its new secret and its end', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const { id } = await createKey(owner)
    await owner.data(ROTATE_KEY, { input: { apiKeyId: id } })
    await owner.data(REVOKE_KEY, { input: { apiKeyId: id } })
    const { auditEvents } = await owner.data(
      `{ auditEvents(first: 3) { edges { node { action subjectKind actor { id } } } } }`,
    )
    expect(auditEvents.edges.map(({ node }: any) => node)).toEqual(
      ['tenancy.revokeApiKey', 'tenancy.rotateApiKey', 'tenancy.createApiKey'].map((action) => ({
        action,
        subjectKind: 'apiKey',
        actor: { id: 'usr_owner' },
      })),
    )
  })
})

describe('what a key may do', () => {
  it('is what it was given, and nothing else', async () => {
    const tenant = await world.tenant()
    const { secret } = await createKey(tenant.as('OWNER'), { scopes: ['tenant:read', 'slos:read'] })
    const partner = world.client(secret)
    const write = `mutation Write { createStorm(input: { eventId: "E", name: "Hail", startsAt: "2026-03-01T00:00:00Z", endsAt: "2026-03-02T00:00:00Z" }) { __typename } }`
    const read = 'query Read { pilots { edges { node { id } } } }'
    await tenant.publish(VIEWER, write, read)
    const { viewer } = (await partner.named(VIEWER)).data
    expect(viewer.scopes.toSorted()).toEqual(['slos:read', 'tenant:read'])
    for (const document of [write, read]) {
      expect(codesOf(await partner.named(document))).toEqual(['FORBIDDEN'])
    }
  })

  it('can be everything that is ever an outside system’s', async () => {
    const tenant = await world.tenant()
    const { secret } = await createKey(tenant.as('ADMIN'), { scopes: KEY_SCOPES })
    await tenant.publish(VIEWER)
    const { viewer } = (await world.client(secret).named(VIEWER)).data
    expect(viewer.scopes.toSorted()).toEqual([...KEY_SCOPES].toSorted())
  })

  it.each([
    'tenant:manage',
    'audit:read',
    'billing:manage',
    'pilots:run',
    'models:manage',
    'slos:manage',
    'jobs:manage',
    'platform:staff',
    'storms:everything',
    '',
  ])('is never %j', async (scope) => {
    const tenant = await world.tenant()
    const refused = await create(tenant, { scopes: ['tenant:read', scope] })
    expect(refused).toMatchObject({ __typename: 'ScopesNotGranted', scopes: [scope] })
    const { apiKeys } = await tenant.as('OWNER').data(KEYS)
    expect(apiKeys.edges.map(({ node }: any) => node.name)).toEqual(['First key'])
  })

  it.each(['ANALYST', 'CREW', 'BILLING', 'VIEWER', 'PARTNER'] as const)(
    'is not decided by somebody of the role %s',
    async (role) => {
      const tenant = await world.tenant()
      const { id } = await createKey(tenant.as('OWNER'))
      const asked = tenant.as(role)
      const answers = await Promise.all([
        asked.send(CREATE_KEY, { input: { name: 'Mine', scopes: ['tenant:read'] } }),
        asked.send(ROTATE_KEY, { input: { apiKeyId: id } }),
        asked.send(REVOKE_KEY, { input: { apiKeyId: id } }),
        asked.send(KEYS),
      ])
      const code = role === 'PARTNER' ? 'PERSISTED_DOCUMENT_ID_REQUIRED' : 'FORBIDDEN'
      expect(answers.map(codesOf)).toEqual(answers.map(() => [code]))
    },
  )

  it('is not for a key itself to decide, nor for staff without a company', async () => {
    const tenant = await world.tenant()
    const { secret } = await createKey(tenant.as('OWNER'), { scopes: KEY_SCOPES })
    const input = { name: 'Another' }
    expect(codesOf(await world.staff.send(CREATE_KEY, { input }))).toEqual(['FORBIDDEN'])
    // No such operation can be published for it, and it can send no other.
    expect(codesOf(await world.client(secret).send(CREATE_KEY, { input }))).toEqual([
      'PERSISTED_DOCUMENT_ID_REQUIRED',
    ])
    const named = CREATE_KEY.replace('mutation (', 'mutation Create(')
    await expect(tenant.publish(named)).rejects.toThrow('cannot be published')
  })
})

describe('a key that cannot be made', () => {
  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['scopes', { scopes: [] }],
  ])('says that the %s is wrong', async (field, input) => {
    const tenant = await world.tenant()
    expect(await create(tenant, input)).toMatchObject({ __typename: 'InvalidInput', field })
  })

  it('is one beyond a hundred in use, however many are asked for at once; an ended one makes room', async () => {
    const tenant = await world.tenant()
    // The company was opened with one, and these leave room for two.
    await admin.query(
      `insert into tenancy.api_key (tenant_id, id, name, environment, prefix, scopes, created_at, created_by)
       select $1, uuidv7(), 'Key ' || n, 'TEST', 'so_test_', '{tenant:read}', now(), 'usr_test'
       from generate_series(1, 97) n`,
      [tenant.uuid],
    )
    const made = await Promise.all(Array.from({ length: 5 }, () => create(tenant, {})))
    expect(made.filter(({ __typename }) => __typename === 'CreateApiKeySuccess')).toHaveLength(2)
    const refused = made.find(({ __typename }) => __typename !== 'CreateApiKeySuccess')
    expect(refused).toMatchObject({ __typename: 'TooManyApiKeys', limit: 100 })
    const ended = made.find(({ __typename }) => __typename === 'CreateApiKeySuccess')
    await tenant.as('OWNER').data(REVOKE_KEY, { input: { apiKeyId: ended.apiKey.id } })
    expect((await create(tenant, {})).__typename).toBe('CreateApiKeySuccess')
  })
})

describe('a suspended company', () => {
  it('can end a key, which could still read, and make none', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const { id, secret } = await createKey(owner)
    await tenant.publish(VIEWER)
    await world.staff.data(
      `mutation ($input: SuspendTenantInput!) { suspendTenant(input: $input) { __typename } }`,
      { input: { tenantId: tenant.id, reason: 'unpaid' } },
    )
    expect((await world.client(secret).named(VIEWER)).status).toBe(200)
    for (const [query, input] of [
      [CREATE_KEY, { name: 'CRM' }],
      [ROTATE_KEY, { apiKeyId: id }],
    ] as const) {
      expect(codesOf(await owner.send(query, { input }))).toEqual(['TENANT_SUSPENDED'])
    }
    const { revokeApiKey } = await owner.data(REVOKE_KEY, { input: { apiKeyId: id } })
    expect(revokeApiKey.apiKey.status).toBe('REVOKED')
  })
})

describe('a key of another company', () => {
  it('is not there, and stays as it is', async () => {
    const [us, them] = [await world.tenant(), await world.tenant()]
    const ours = await createKey(us.as('OWNER'))
    const stranger = them.as('OWNER')
    const input = { apiKeyId: ours.id }
    expect((await stranger.data(ROTATE_KEY, { input })).rotateApiKey.__typename).toBe('NotFound')
    expect((await stranger.data(REVOKE_KEY, { input })).revokeApiKey.__typename).toBe('NotFound')
    const { apiKeys } = await stranger.data(KEYS)
    expect(JSON.stringify(apiKeys)).not.toContain(ours.id)
    await us.publish(VIEWER)
    expect((await world.client(ours.secret).named(VIEWER)).status).toBe(200)
  })
})

describe('opening a company', () => {
  const PROVISION = `mutation ($input: ProvisionTenantInput!, $key: String) {
    provisionTenant(input: $input, idempotencyKey: $key) {
      ... on ProvisionTenantSuccess { secret apiKey { id name prefix scopes } tenant { id } }
    }
  }`

  it('gives it a first key, whose secret is shown once', async () => {
    const variables = {
      input: { name: 'First Key Roofing', tier: 'TRIAL', adminEmail: 'a@example.com' },
      key: 'with-a-key',
    }
    const { provisionTenant } = await world.staff.data(PROVISION, variables)
    expect(provisionTenant.apiKey).toMatchObject({ name: 'First key', scopes: ROLE_SCOPES.PARTNER })
    const owner = await ownerOf(provisionTenant.tenant.id)
    await owner.data(PUBLISH, { input: { operations: given([VIEWER]) } })
    const { viewer } = (await world.client(provisionTenant.secret).named(VIEWER)).data
    expect(viewer).toMatchObject({
      tenant: { id: provisionTenant.tenant.id },
      actor: { id: provisionTenant.apiKey.id },
    })
    const again = await world.staff.data(PROVISION, variables)
    expect(again.provisionTenant).toEqual({ ...provisionTenant, secret: null })
    expect(await everything()).not.toContain(provisionTenant.secret.slice(-40))
  })
})
