/** The six subgraphs without a gateway before them, as a process of their own would open them. */
import { openBilling } from '@stormops/billing'
import { openAccount } from '@stormops/billing/port'
import { systemClock } from '@stormops/chassis/clock'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import { Fault } from '@stormops/chassis/fault'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { Seal } from '@stormops/chassis/graphql/seal'
import type { Subgraph } from '@stormops/chassis/graphql/subgraph'
import { signTokenUntil, tokenVerifier } from '@stormops/chassis/identity'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openModels } from '@stormops/models'
import { openOperations } from '@stormops/operations'
import { SUBGRAPHS, sdlOf } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'
import { openSlos } from '@stormops/slos'
import { openStorms } from '@stormops/storms'
import { openTenancy } from '@stormops/tenancy'
import { execute, parse } from 'graphql'
import type { World } from '../world/world.ts'

export type OpenSubgraphs = {
  readonly subgraphs: readonly Subgraph[]
  readonly seal: Seal
  /** Asks one subgraph as the gateway would, for a company on a plan; STANDARD when left out. */
  readonly ask: (
    subgraph: Subgraph,
    bearer: string | null,
    query: string,
    variables?: object,
    tier?: string | null,
  ) => Promise<any>
  readonly close: () => Promise<void>
}

const DEADLINE_MS = 10_000

export const openSubgraphs = async (world: World): Promise<OpenSubgraphs> => {
  const log = createLog('silent')
  const connection = world.database.app
  const boss = await openBoss(connection, log)
  const verify = tokenVerifier(world.keys, systemClock)
  const { seal, unseal } = processSeal()
  const optionsOf = (name: SubgraphName): ServiceOptions => ({
    connection,
    poolSize: 3,
    sdl: sdlOf(name),
    queue: createQueue(boss),
    unseal,
    clock: systemClock,
    newId,
    log,
  })
  const models = await openModels(optionsOf('models'))
  const services: Readonly<Record<SubgraphName, Service>> = {
    tenancy: await openTenancy(optionsOf('tenancy'), {
      signToken: (claims, expiresAt) => signTokenUntil(world.keys, claims, systemClock, expiresAt),
      checkOperation: async () => ({ kind: 'faulty', faults: ['Nothing is published here.'] }),
      warmOperation: () => undefined,
      accessChanged: () => undefined,
      openAccount,
      moves: null,
      enterpriseCell: null,
      sendMail: async () => undefined,
      publicUrl: () => world.url,
      secret: 'test',
    }),
    models,
    slos: await openSlos(optionsOf('slos')),
    billing: await openBilling(optionsOf('billing'), {
      sendMail: async () => undefined,
      publicUrl: () => world.url,
      stripe: null,
      files: localFiles(world.home),
      linkTo: async () => 'https://files.example.com',
      planChanged: () => undefined,
    }),
    operations: await openOperations(optionsOf('operations'), {
      probes: () => [],
      sendMail: async () => undefined,
      operationsMail: null,
      publicUrl: () => world.url,
    }),
    storms: await openStorms(optionsOf('storms'), {
      models: models.port,
      files: localFiles(world.home),
      linkTo: async () => 'https://files.example.com',
    }),
  }
  return {
    subgraphs: SUBGRAPHS.map((name) => services[name].subgraph),
    seal,
    ask: async (subgraph, bearer, query, variables = {}, tier = 'STANDARD') => {
      const actor = bearer === null ? null : await verify(bearer)
      const context = {
        actor,
        requestId: newId(),
        deadline: Date.now() + DEADLINE_MS,
        refreshToken: null,
        userAgent: null,
        rateLimit: null,
        tier,
      }
      const body = { document: parse(query), operationName: undefined, variables: { ...variables } }
      const session = await subgraph
        .open({ ...body, sealed: seal(subgraph.name, context, body) })
        .catch((cause: unknown) => refused(cause))
      if (session instanceof Fault) return { data: null, codes: [session.code] }
      try {
        const { data, errors } = await execute({
          schema: subgraph.schema,
          document: body.document,
          contextValue: session.context,
          variableValues: body.variables,
        })
        return {
          data,
          codes: (errors ?? []).map(({ originalError, extensions }) =>
            originalError !== undefined && 'code' in originalError ? originalError.code : extensions['code'],
          ),
        }
      } finally {
        await session.close()
      }
    },
    close: async () => {
      await Promise.all(Object.values(services).map((service) => service.close()))
      await boss.stop({ graceful: false })
    },
  }
}

const refused = (cause: unknown): Fault => {
  if (cause instanceof Fault) return cause
  throw cause
}
