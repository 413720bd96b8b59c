import { readCatalogue } from '@stormops/chassis/database/catalogue-linter-reading'
import { tenantTables } from '@stormops/chassis/database/catalogue-linter-tables'
import { clientConfig } from '@stormops/chassis/database/connection'
import { sha256Hex } from '@stormops/chassis/values/canonical'
import { newId, publicId } from '@stormops/chassis/values/ids'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import { isObjectType, isUnionType } from 'graphql'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysFromNow } from '../storms/storm-builders.ts'
import { openWorld } from '../world/world.ts'
import type { Answer, TestTenant, World } from '../world/world.ts'
import { aDeadLetter, aPlatformAlert } from '../operations/job-builders.ts'
import { quiet, tellNothing, useEverything } from './company-with-everything.ts'
import type { Everything } from './company-with-everything.ts'
import { openSubgraphs } from './open-subgraphs.ts'
import { somebodyOf } from './somebody.ts'
import type { Somebody } from './somebody.ts'
import type { OpenSubgraphs } from './open-subgraphs.ts'
import { apiSchema, everythingOf, idPlaces, isForStaffAlone, listFields, operationOf } from './root-fields.ts'

const SCHEMAS = ['chassis', ...MIGRATIONS.map(({ schema }) => schema)]

/** What a company has, an alert, which is the platform’s, and a move that is over. */
type Held = Everything & Somebody & { readonly platformAlert: string; readonly move: string }

/** How to ask a place for somebody's thing: which kind of thing, and the variables around its id. */
type Question = {
  readonly asks: keyof Held
  /** Asked by somebody who signed in, since a token alone has no session. */
  readonly bySomebody?: true
  /** `own` is what the asker has, for the ids beside the one in question. */
  readonly variables: (id: string, own: Held) => object
}

const input = (name: string) => (id: string) => ({ input: { [name]: id } })

const DOCUMENT = 'query Who { viewer { actor { id } } }'
const AN_OPERATION = { id: sha256Hex(DOCUMENT), document: DOCUMENT }

const A_CORRECTION = { quantity: -1, reason: 'Counted twice' }

/** A month that every company has begun. */
const A_MONTH = { periodStart: '2026-01-01', periodEnd: '2026-02-01' }

const QUESTIONS: Readonly<Record<string, Question>> = {
  'Query.storm.id': { asks: 'storm', variables: (id) => ({ id }) },
  'Query.attribution.stormId': { asks: 'storm', variables: (stormId) => ({ stormId }) },
  'Query.property.id': { asks: 'property', variables: (id) => ({ id }) },
  'Query.propertyImport.id': { asks: 'propertyImport', variables: (id) => ({ id }) },
  'Query.pilot.id': { asks: 'pilot', variables: (id) => ({ id }) },
  'Query.modelVersion.id': { asks: 'modelVersion', variables: (id) => ({ id }) },
  'Query.jobRun.id': { asks: 'job', variables: (id) => ({ id }) },
  'Query.jobRuns.filter.tenantId': { asks: 'tenant', variables: (tenantId) => ({ filter: { tenantId } }) },
  'Query.deadLetters.filter.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ filter: { tenantId } }),
  },
  'Mutation.rerunJob.input.jobId': { asks: 'job', variables: input('jobId') },
  'Mutation.cancelJob.input.jobId': { asks: 'job', variables: input('jobId') },
  'Mutation.redriveDeadLetters.input.jobIds': {
    asks: 'job',
    variables: (jobId) => ({ input: { jobIds: [jobId] } }),
  },
  'Mutation.redriveDeadLetters.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ input: { name: 'storms.open-pilot', tenantId } }),
  },
  'Mutation.acknowledgePlatformAlert.input.alertId': {
    asks: 'platformAlert',
    variables: input('alertId'),
  },
  'Mutation.activateStorm.input.stormId': { asks: 'plannedStorm', variables: input('stormId') },
  'Mutation.completeStorm.input.stormId': { asks: 'storm', variables: input('stormId') },
  'Mutation.archiveStorm.input.stormId': { asks: 'storm', variables: input('stormId') },
  'Mutation.restoreStorm.input.stormId': { asks: 'storm', variables: input('stormId') },
  'Mutation.scoreStorm.input.stormId': { asks: 'plannedStorm', variables: input('stormId') },
  'Mutation.applyPolicy.input.stormId': {
    asks: 'plannedStorm',
    variables: (stormId) => ({ input: { stormId, mode: 'MODERATE' } }),
  },
  'Mutation.startPilot.input.stormId': {
    asks: 'plannedStorm',
    variables: (stormId) => ({ input: { stormId, policyMode: 'MODERATE' } }),
  },
  'Mutation.completePilot.input.pilotId': { asks: 'runningPilot', variables: input('pilotId') },
  'Mutation.importProperties.input.stormId': {
    asks: 'plannedStorm',
    variables: (stormId) => ({ input: { stormId, csv: 'external_id\nP-99\n' } }),
  },
  'Mutation.importProperties.input.uploadId': {
    asks: 'uploadWithFile',
    variables: (uploadId, own) => ({ input: { stormId: own.plannedStorm, uploadId } }),
  },
  'Mutation.importExperiment.input.uploadId': {
    asks: 'uploadWithFile',
    variables: (uploadId) => ({
      input: {
        name: 'Theirs',
        uploadId,
        columns: { id: 'external_id', arm: 'persona', treat: 'T', control: 'C', converted: 'state' },
      },
    }),
  },
  'Mutation.recordOutcomes.input.stormId': {
    asks: 'storm',
    variables: (stormId) => ({
      input: { stormId, outcomes: [{ externalId: 'P-1', converted: true, at: daysFromNow(-1) }] },
    }),
  },
  'Mutation.recordOutcomes.input.outcomes.propertyId': {
    asks: 'property',
    variables: (propertyId, own) => ({
      input: { stormId: own.storm, outcomes: [{ propertyId, converted: true, at: daysFromNow(-1) }] },
    }),
  },
  'Mutation.ingestJourneyEvents.input.events.stormId': {
    asks: 'storm',
    variables: (stormId) => ({
      input: {
        events: [{ stormId, externalId: 'P-1', kind: 'CALL', at: daysFromNow(-1), clientEventId: 'call-1' }],
      },
    }),
  },
  'Mutation.publishOperations.input.apiKeyId': {
    asks: 'apiKey',
    variables: (apiKeyId) => ({ input: { operations: [AN_OPERATION], apiKeyId } }),
  },
  'Mutation.retireOperation.input.operationId': {
    asks: 'persistedOperation',
    variables: input('operationId'),
  },
  'Mutation.redeemMagicLink.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId, own) => ({ input: { token: own.linkToken, tenantId } }),
  },
  'Mutation.switchTenant.input.tenantId': {
    asks: 'tenant',
    bySomebody: true,
    variables: input('tenantId'),
  },
  'Mutation.revokeSession.input.sessionId': {
    asks: 'session',
    bySomebody: true,
    variables: input('sessionId'),
  },
  'Mutation.changeMemberRole.input.memberId': {
    asks: 'member',
    variables: (memberId) => ({ input: { memberId, role: 'ANALYST' } }),
  },
  'Mutation.removeMember.input.memberId': { asks: 'member', variables: input('memberId') },
  'Query.placement.tenantId': { asks: 'tenant', variables: (tenantId) => ({ tenantId }) },
  'Query.tenantMove.id': { asks: 'move', variables: (id) => ({ id }) },
  'Mutation.moveTenant.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ input: { tenantId, cell: 'gulf' } }),
  },
  'Mutation.suspendTenant.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ input: { tenantId, reason: 'Rivalry' } }),
  },
  'Mutation.reactivateTenant.input.tenantId': { asks: 'tenant', variables: input('tenantId') },
  'Mutation.correctUsage.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId, own) => ({ input: { ...A_CORRECTION, tenantId, eventId: own.usageEvent } }),
  },
  'Mutation.correctUsage.input.eventId': {
    asks: 'usageEvent',
    variables: (eventId, own) => ({ input: { ...A_CORRECTION, tenantId: own.tenant, eventId } }),
  },
  'Mutation.payInvoice.input.invoiceId': { asks: 'paidInvoice', variables: input('invoiceId') },
  'Mutation.replayWebhook.input.eventId': { asks: 'webhook', variables: input('eventId') },
  'Query.webhookDeliveries.filter.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ filter: { tenantId } }),
  },
  'Query.invoice.id': { asks: 'invoice', variables: (id) => ({ id }) },
  'Query.invoices.filter.tenantId': { asks: 'tenant', variables: (tenantId) => ({ filter: { tenantId } }) },
  'Mutation.createInvoice.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ input: { ...A_MONTH, tenantId } }),
  },
  'Mutation.finalizeInvoice.input.invoiceId': { asks: 'draftInvoice', variables: input('invoiceId') },
  'Mutation.voidInvoice.input.invoiceId': {
    asks: 'draftInvoice',
    variables: (invoiceId) => ({ input: { invoiceId, reason: 'Rivalry' } }),
  },
  'Mutation.creditInvoice.input.invoiceId': {
    asks: 'invoice',
    variables: (invoiceId) => ({
      input: { invoiceId, amount: { minorUnits: 1, currency: 'USD' }, reason: 'Friendship' },
    }),
  },
  'Mutation.changePlan.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ input: { tier: 'STANDARD', tenantId } }),
  },
  'Mutation.cancelPlanChange.input.tenantId': { asks: 'tenant', variables: input('tenantId') },
  'Mutation.setSpendCap.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ input: { cap: null, tenantId } }),
  },
  'Mutation.rotateApiKey.input.apiKeyId': { asks: 'apiKey', variables: input('apiKeyId') },
  'Mutation.revokeApiKey.input.apiKeyId': { asks: 'apiKey', variables: input('apiKeyId') },
  'Mutation.startImpersonation.input.tenantId': {
    asks: 'tenant',
    variables: (tenantId) => ({ input: { tenantId, role: 'OWNER', reason: 'To see what they do' } }),
  },
  'Mutation.endImpersonation.input.impersonationId': {
    asks: 'impersonation',
    variables: input('impersonationId'),
  },
}

/** Where only staff are answered. */
const STAFF_PLACES =
  /(suspend|reactivate)Tenant|correctUsage|replayWebhook|changePlan|cancelPlanChange|setSpendCap|Impersonation\.|placement|tenantMove|moveTenant|(filter|(createInvoice|redriveDeadLetters)\.input)\.tenantId|acknowledgePlatformAlert|(void|credit)Invoice/

let world: World
let us: TestTenant
let them: TestTenant
let ours: Held
let theirs: Held
let direct: OpenSubgraphs
let owner: pg.Client

beforeAll(async () => {
  world = await openWorld()
  owner = new pg.Client(clientConfig(world.database.owner))
  await owner.connect()
  ;[us, them] = [await world.tenant(), await world.tenant()]
  const everythingAndSomebody = async (tenant: TestTenant) => ({
    ...(await useEverything(tenant, world.staff)),
    ...(await somebodyOf(world, tenant)),
    move: await aMoveOf(tenant),
    platformAlert: await aPlatformAlert(world),
  })
  ;[ours, theirs] = await Promise.all([everythingAndSomebody(us), everythingAndSomebody(them)])
  await Promise.all([us, them].map((tenant) => tellNothing(world, tenant)))
  await Promise.all([us, them].map((tenant) => aDeadLetter(world, tenant)))
  await Promise.all([us, them].map(quiet))
  direct = await openSubgraphs(world)
})
afterAll(async () => {
  await owner?.end()
  await direct?.close()
  await world.close()
})

const aMoveOf = async ({ uuid }: TestTenant): Promise<string> => {
  await owner.query(
    `insert into chassis.tenant_move (id, company, from_cell, to_cell, state) values ($1, $1, 'gulf', 'home', 'CLEANED')`,
    [uuid],
  )
  return publicId('mov', uuid)
}

/** Every row of a company in every table, as one text. */
const everyRowOf = async (tenant: TestTenant): Promise<string> => {
  await owner.query('begin')
  try {
    await owner.query(`select set_config('app.tenant_id', $1, true)`, [tenant.uuid])
    const texts: string[] = []
    for (const { table } of tenantTables(await readCatalogue(owner, SCHEMAS))) {
      const { rows } = await owner.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${table.name} t order by 1`,
      )
      texts.push(table.name, ...rows.map(({ row }) => row))
    }
    return texts.join('\n')
  } finally {
    await owner.query('rollback')
  }
}

/** Another id of the same kind, which nobody has. */
const unknownLike = (id: string): string => publicId(id.split('_')[0] ?? '', newId())

/** The answer without what differs from request to request, and with the id taken out. */
const comparable = ({ status, data, errors }: Answer, id: string): unknown => ({
  status,
  data: JSON.parse(JSON.stringify(data).replaceAll(id, 'ID')),
  errors: errors.map(({ message, path, extensions }) => [
    extensions.code,
    message.replaceAll(id, 'ID').replaceAll(extensions.requestId, 'REQUEST'),
    path,
  ]),
})

/** Of a list, what is in it: that there is one says nothing. */
const documentOf = (root: (typeof idPlaces)[number]['root']): string =>
  listFields.includes(root)
    ? operationOf(root, everythingOf(root.field.type, 3, isForStaffAlone(root.name)))
    : operationOf(root)

const question = (place: string): Question => {
  const found = QUESTIONS[place]
  if (found === undefined)
    throw new Error(`${place} takes an id: say in QUESTIONS of this file how to ask it.`)
  return found
}

describe('root fields that take an id', () => {
  it('are all asked below', () => {
    expect(idPlaces.length).toBeGreaterThan(18)
    expect(idPlaces.map(({ place }) => place).filter((place) => QUESTIONS[place] === undefined)).toEqual([])
    const places = idPlaces.map(({ place }) => place)
    expect(Object.keys(QUESTIONS).filter((place) => !places.includes(place))).toEqual([])
  })

  it.each(idPlaces)('$place answers a stranger as if nobody had it', async ({ place, root }) => {
    const { asks, variables, bySomebody } = question(place)
    const before = await everyRowOf(us)
    const stranger = bySomebody ? world.client(theirs.accessToken) : them.as('OWNER')
    const id = ours[asks]
    const unknown = unknownLike(id)
    const document = documentOf(root)
    const answer = await stranger.send(document, variables(id, theirs))
    const nobodys = await stranger.send(document, variables(unknown, theirs))
    expect(comparable(answer, id)).toEqual(comparable(nobodys, unknown))
    const told = answer.data?.[root.field.name] ?? null
    if (told !== null) expect(told.__typename).toMatch(/^(NotFound|OutcomesRefused)$/)
    expect(await everyRowOf(us)).toBe(before)
  })

  it.each(idPlaces)('$place answers the company that has it otherwise', async ({ place, root }) => {
    const { asks, variables, bySomebody } = question(place)
    const ownClient = bySomebody ? world.client(ours.accessToken) : us.as('OWNER')
    const client = STAFF_PLACES.test(place) ? world.staff : ownClient
    const id = ours[asks]
    const unknown = unknownLike(id)
    const document = documentOf(root)
    const nobodys = await client.send(document, variables(unknown, ours))
    const answer = await client.send(document, variables(id, ours))
    expect(answer.errors).toEqual([])
    expect(comparable(answer, id)).not.toEqual(comparable(nobodys, unknown))
  })
})

describe('lists', () => {
  /** Deep enough for a connection’s nodes and what hangs on them. */
  const DEPTH = 4

  const listsOf = async (tenant: TestTenant): Promise<string> => {
    const answers = await Promise.all(
      listFields.map(async (root) => {
        const { data } = await tenant
          .as('OWNER')
          .send(operationOf(root, everythingOf(root.field.type, DEPTH)))
        return `${root.name} ${JSON.stringify(data)}`
      }),
    )
    return answers.join('\n')
  }

  const idsOf = (everything: Everything): readonly string[] =>
    [everything.storm, everything.plannedStorm, everything.pilot, everything.runningPilot].concat(
      everything.modelVersion,
      everything.job,
    )

  it('show a company its own things and none of another’s', async () => {
    expect(listFields.length).toBeGreaterThan(7)
    const [toUs, toThem] = [await listsOf(us), await listsOf(them)]
    for (const id of idsOf(ours)) expect(toUs).toContain(id)
    for (const id of idsOf(theirs)) expect(toThem).toContain(id)
    const hex = (text: string): string[] => [...new Set(text.match(/(?<=_)[0-9a-f]{32}/g) ?? [])]
    expect(hex(toUs).length).toBeGreaterThan(idsOf(ours).length)
    expect(hex(toThem).filter((id) => hex(toUs).includes(id))).toEqual([])
    expect(toThem).not.toContain(us.name)
    expect(toThem).not.toContain(us.uuid)
  })

  it('do not go on from another company’s cursor into its things', async () => {
    const page = `query ($after: String) { storms(first: 1, after: $after) { edges { cursor node { id } } } }`
    const { storms } = await us.as('OWNER').data(page)
    const after = await them.as('OWNER').send(page, { after: storms.edges[0].cursor })
    expect(JSON.stringify(after.data)).not.toContain(ours.storm)
    expect(JSON.stringify(after.data)).not.toContain(ours.plannedStorm)
  })
})

describe('entities asked of a subgraph itself', () => {
  const THING: Readonly<Record<string, keyof Everything>> = {
    Tenant: 'tenant',
    Storm: 'storm',
    Pilot: 'pilot',
    Property: 'property',
    ModelVersion: 'modelVersion',
  }

  const resolvable = () =>
    direct.subgraphs.flatMap((subgraph) => {
      const union = subgraph.schema.getType('_Entity')
      if (!isUnionType(union)) return []
      return union.getTypes().flatMap((type) => {
        // The storms’ ModelVersion is a stub: only its id, which the asker gave.
        const beyondKey = Object.values(type.getFields()).filter(({ name }) => name !== 'id')
        return beyondKey.length === 0 ? [] : [{ subgraph, type }]
      })
    })

  const entity = async (
    { subgraph, type }: ReturnType<typeof resolvable>[number],
    tenant: TestTenant,
    id: string,
  ): Promise<Record<string, unknown> | null> => {
    const fields = isObjectType(apiSchema.getType(type.name)) ? everythingOf(type, 1) : '{ id }'
    const { data } = await direct.ask(
      subgraph,
      tenant.as('OWNER').token,
      `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on ${type.name} ${fields} } }`,
      { of: [{ __typename: type.name, id }] },
    )
    return data._entities[0]
  }

  /** What is told beyond the key that the asker gave. */
  const told = (found: Record<string, unknown> | null): readonly unknown[] =>
    Object.entries(found ?? {})
      .filter(([name]) => name !== 'id' && name !== '__typename')
      .map(([, value]) => value)
      .filter((value) => value !== null)

  it('are told to the company that has them, and nothing of them to another', async () => {
    const entities = resolvable()
    expect(entities.length).toBeGreaterThan(5)
    for (const each of entities) {
      const asks = THING[each.type.name]
      if (asks === undefined)
        throw new Error(`${each.type.name} is an entity: say in THING whose id to ask for.`)
      const name = `${each.subgraph.name} ${each.type.name}`
      expect([name, told(await entity(each, us, ours[asks])).length > 0]).toEqual([name, true])
      expect([name, told(await entity(each, them, ours[asks]))]).toEqual([name, []])
      expect([name, await entity(each, them, unknownLike(ours[asks])).then(told)]).toEqual([name, []])
    }
  })
})

describe('somebody who did not sign in', () => {
  it('is told nothing by any root field of any subgraph', async () => {
    let asked = 0
    for (const subgraph of direct.subgraphs) {
      for (const field of Object.values(subgraph.schema.getQueryType()?.getFields() ?? {})) {
        if (field.name.startsWith('_')) continue
        const required = field.args.filter(({ defaultValue }) => defaultValue === undefined)
        const values = required.map(({ name, type }) => `${name}: ${literalOf(String(type))}`).join(', ')
        const query = `{ ${field.name}${values === '' ? '' : `(${values})`} { __typename } }`
        const { data, codes } = await direct.ask(subgraph, null, query)
        expect([field.name, data, codes]).toEqual([field.name, null, ['UNAUTHENTICATED']])
        asked += 1
      }
    }
    expect(asked).toBeGreaterThan(15)
  })

  const literalOf = (type: string): string =>
    ({
      'ID!': '"storm_018f"',
      'String!': '"uplift"',
      'ModelEnvironment!': 'PRODUCTION',
      'SloName!': 'UI_ERROR_RATE',
    })[type] ?? 'null'
})
