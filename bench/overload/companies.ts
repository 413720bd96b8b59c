/** Companies with a storm each, and what their people ask: mostly little, now and then much. */
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@stormops/chassis/clock'
import { signToken } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { privateId } from '@stormops/chassis/values/ids'
import { graphClient } from '@stormops/cli/client'
import { CREATE_STORM, IMPORT, PROVISION, READY } from '@stormops/cli/demo/documents'
import { csvPieces, syntheticStorm } from '@stormops/storms/synthetic'

export type Company = { readonly name: string; readonly requests: readonly string[] }

const NAME = `query Name { viewer { tenant { name } } }`
const STORMS = `query Storms {
  viewer { tenant { name plan { tier } } }
  storms(first: 5) { edges { node { name status propertyCount } } }
}`
const PROPERTIES = `query Properties {
  storms(first: 1) { edges { node { name properties(first: 100) { edges { node {
    id externalId address city state zip persona
  } } } } } }
}`
/** How often each is asked, of ten times. */
const MIX: readonly (readonly [query: string, times: number])[] = [
  [NAME, 7],
  [STORMS, 2],
  [PROPERTIES, 1],
]

const PEOPLE = 20
const ROOFS = 200
const TOKEN_SECONDS = 3_600
const READY_EVERY_MS = 100

export const openCompany = async (url: string, keys: SigningKeys, name: string): Promise<Company> => {
  const staff = { subject: 'stf_bench', kind: 'STAFF', tenantId: null, role: 'STAFF' } as const
  const platform = graphClient(url, await signToken(keys, staff, systemClock, TOKEN_SECONDS))
  const input = { name, tier: 'ENTERPRISE', adminEmail: 'owner@example.com' }
  const { provisionTenant } = await platform.ask<{ provisionTenant: { tenant: { id: string } } }>(PROVISION, {
    input,
  })
  const { id } = provisionTenant.tenant
  const tenantId = privateId(id.split('_')[0] ?? '', id) ?? ''
  const tokens = await Promise.all(
    Array.from({ length: PEOPLE }, (_person, number) => {
      const claims = { subject: `usr_${number}`, kind: 'USER', tenantId, role: 'OWNER' } as const
      return signToken(keys, claims, systemClock, TOKEN_SECONDS)
    }),
  )
  const owner = graphClient(url, tokens[0] ?? '')
  while ((await owner.ask<{ activeModel: object | null }>(READY)).activeModel === null) {
    await sleep(READY_EVERY_MS)
  }
  await importRoofs(owner, name)
  const queries = MIX.flatMap(([query, times]) => Array.from({ length: times }, () => query))
  return {
    name,
    requests: tokens.flatMap((token) => queries.map((query) => requestOf(new URL(url).host, token, query))),
  }
}

const importRoofs = async (owner: ReturnType<typeof graphClient>, name: string): Promise<void> => {
  const now = Date.now()
  const storm = {
    eventId: `hail-${name}`,
    name: `Hail of ${name}`,
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 60_000).toISOString(),
  }
  const { createStorm } = await owner.ask<{ createStorm: { storm: { id: string } } }>(CREATE_STORM, {
    input: storm,
    key: storm.eventId,
  })
  const csv = [...csvPieces(syntheticStorm({ seed: name, storm: 'dfw', properties: ROOFS }))].join('')
  const input = { stormId: createStorm.storm.id, csv }
  const { importProperties } = await owner.ask<{ importProperties: { import?: { rowsAccepted: number } } }>(
    IMPORT,
    { input, key: `roofs-${name}` },
  )
  if (importProperties.import?.rowsAccepted !== ROOFS) throw new Error('The roofs were not imported.')
}

const requestOf = (host: string, token: string, query: string): string => {
  const body = JSON.stringify({ query })
  const head = [
    'POST /graphql HTTP/1.1',
    `host: ${host}`,
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
