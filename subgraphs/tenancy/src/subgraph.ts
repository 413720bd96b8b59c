/** Everything tenancy is made of, from the database up to its graph. */
import { fileURLToPath } from 'node:url'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { AnswerNotes, FetchContext } from '@stormops/chassis/graphql/subgraph'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import type { FindStanding } from '@stormops/chassis/session-standing'
import { idFromKey } from '@stormops/chassis/values/ids'
import { tenantIds } from './context.ts'
import type { InIdentity, SigningIn, TenancyContext, TenancyStores } from './context.ts'
import { refreshTokens } from './domain/refresh-token.ts'
import type { Tenant } from './domain/tenant.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { requireStanding, tenantProfile, writeAudit } from './port.ts'
import type { SignInNeeds } from './ports.ts'
import { startSealing } from './jobs/seal-audit.ts'
import { sendInvitationHandler } from './jobs/send-invitation.ts'
import { sendSignInLinkHandler } from './jobs/send-sign-in-link.ts'
import { auditEventResolvers } from './resolvers/audit-event.ts'
import { memberResolvers } from './resolvers/member.ts'
import { mutationResolvers } from './resolvers/mutation.ts'
import { queryResolvers } from './resolvers/query.ts'
import { sessionResolvers } from './resolvers/session.ts'
import { tenantResolvers } from './resolvers/tenant.ts'
import { AuditEventEntity, MemberEntity, TenantEntity } from './store/entities.ts'
import { auditChainStore, tenantsWithUnsealedLines } from './store/audit-chain-store.ts'
import { auditStore } from './store/audit-store.ts'
import { memberStore } from './store/member-store.ts'
import { personStore } from './store/person-store.ts'
import { sessionStore, standingOf } from './store/session-store.ts'
import { maybeTenantBySlug, pageOfTenants, tenantStore } from './store/tenant-store.ts'

export const migrations: MigrationSource = {
  schema: 'tenancy',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: mutationResolvers,
  Tenant: tenantResolvers,
  AuditEvent: auditEventResolvers,
  Member: memberResolvers,
  Session: sessionResolvers,
}

export type Tenancy = Service & {
  /** What the verifier of tokens asks about the sessions behind them. */
  readonly sessionStanding: FindStanding
}

export const openTenancy = async (options: ServiceOptions, needs: SignInNeeds): Promise<Tenancy> => {
  const database = await openDatabase({
    name: 'tenancy',
    connection: options.connection,
    entities: [TenantEntity, MemberEntity, AuditEventEntity],
    poolSize: options.poolSize,
  })
  const dependencies = {
    database,
    queue: options.queue,
    clock: options.clock,
    newId: options.newId,
    writeAudit,
    requireStanding,
    stores: (tx): TenancyStores => ({
      tenants: tenantStore(tx),
      members: memberStore(tx),
      audit: auditStore(tx),
      auditChain: auditChainStore(tx),
    }),
  } satisfies Parameters<typeof sessionContext<TenancyStores>>[0]

  const identityOf = identityWork(database, options, needs)

  const subgraph = buildSubgraph({
    name: 'tenancy',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      const notes: { -readonly [Note in keyof AnswerNotes]: AnswerNotes[Note] } = {}
      const context: TenancyContext = {
        ...session,
        pageOfTenants: (page) => database.withPlatform((tx) => pageOfTenants(tx, page)),
        maybeTenant: (tenantId) =>
          database.withTenant(tenantId, (tx) => tenantStore(tx).maybeCurrent(), { readOnly: true }),
        sealOfEvent: session.reading.loaderById((tx, ids) => auditChainStore(tx).sealsOf(ids)),
        signingIn: {
          ...signingInOf(options, needs, fetch),
          // As before a command: the read transaction's connection is given back first.
          inIdentity: (work) => session.reading.forget().then(() => identityOf(fetch.requestId)(work)),
          setCookie: (token) => void (notes.refreshToken = token),
        },
        newId: options.newId,
        idFromKey,
        tenantById: session.reading.loaderById((tx) =>
          tenantStore(tx)
            .maybeCurrent()
            .then((tenant) => (tenant === null ? [] : [tenant])),
        ),
      }
      return { context, notes: () => notes, close: session.reading.close }
    },
  })
  const sequencer = startSealing({
    tenants: () => database.withPlatform(tenantsWithUnsealedLines),
    seal: (tenantId) => database.withTenant(tenantId, (tx) => auditChainStore(tx).seal()),
    log: options.log,
  })
  const close = async (): Promise<void> => {
    await sequencer.stop()
    await database.close()
  }
  return {
    subgraph,
    database,
    jobs: mailJobs(database, identityOf, needs),
    close,
    sessionStanding: standingIn(database, options.clock),
  }
}

const standingIn =
  (database: Database, clock: Clock): FindStanding =>
  async (sessionId) => {
    const rows = await database.withIdentity((tx) => standingOf(tx, sessionId, clock.now()))
    const [first] = rows
    if (first === undefined) return null
    return { personId: first.personId, roles: new Map(rows.map(({ tenantId, role }) => [tenantId, role])) }
  }

type IdentityOf = (requestId: string) => InIdentity

const identityWork =
  (database: Database, { clock, newId, queue }: ServiceOptions, { secret }: SignInNeeds): IdentityOf =>
  (requestId) =>
  (work) =>
    database.withIdentity((tx) =>
      work({
        tx,
        persons: personStore(tx),
        sessions: sessionStore(tx),
        clock,
        newId,
        queue,
        writeAudit,
        secret,
        requestId,
      }),
    )

const signingInOf = (
  { clock }: ServiceOptions,
  { secret, signToken }: SignInNeeds,
  { refreshToken, userAgent }: FetchContext,
): Omit<SigningIn, 'inIdentity' | 'setCookie'> => ({
  refreshTokens: refreshTokens(secret),
  signToken,
  now: () => clock.now(),
  cookie: refreshToken,
  userAgent: userAgent ?? null,
})

const mailJobs = (database: Database, identityOf: IdentityOf, needs: SignInNeeds) => [
  sendSignInLinkHandler({ ...needs, inIdentity: identityOf('job') }),
  sendInvitationHandler({
    ...needs,
    inTenant: database.withTenant,
    invited: async (tx, memberId) => {
      const member = await memberStore(tx).maybe(memberId)
      return member === null ? null : { member, company: (await tenantProfile(tx)).name }
    },
  }),
]

/** The tenant of a slug, for commands of the person who runs the platform. */
export const findTenant = async (connection: ConnectionSettings, slug: string): Promise<Tenant | null> => {
  const database = await openDatabase({
    name: 'tenancy lookup',
    connection,
    entities: [TenantEntity],
    poolSize: 1,
  })
  try {
    return await database.withPlatform((tx) => maybeTenantBySlug(tx, slug))
  } finally {
    await database.close()
  }
}

export { tenantIds }
export type { Tenant }
