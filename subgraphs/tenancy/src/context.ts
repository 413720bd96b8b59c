import type { Clock } from '@stormops/chassis/clock'
import type { WriteAudit } from '@stormops/chassis/command'
import type { IdentityTx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import type { AnswerNotes } from '@stormops/chassis/graphql/subgraph'
import type { TokenClaims } from '@stormops/chassis/identity'
import type { Queue } from '@stormops/chassis/jobs/queue'
import type { NewId } from '@stormops/chassis/values/ids'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { ApiKey } from './domain/api-key.ts'
import type { Impersonation } from './domain/impersonation.ts'
import type { TenantInternals } from './domain/tenant-internals.ts'
import type { CellStanding, CompanyMove, WhereCompaniesLive } from './domain/placement.ts'
import type { RefreshTokens } from './domain/refresh-token.ts'
import type { Tenant } from './domain/tenant.ts'
import type { ApiKeyStore } from './store/api-key-store.ts'
import type { AuditChainStore, SealOfEvent } from './store/audit-chain-store.ts'
import type { AuditStore } from './store/audit-store.ts'
import type { ImpersonationStore } from './store/impersonation-store.ts'
import type { StaffAccessStore } from './store/tenant-internals-store.ts'
import type { PersistedOperationStore } from './store/persisted-operation-store.ts'
import type { SignToken, TenancyPorts } from './ports.ts'
import type { MemberStore } from './store/member-store.ts'
import type { PersonStore } from './store/person-store.ts'
import type { SessionStore } from './store/session-store.ts'
import type { SuspensionStore } from './store/suspension-store.ts'
import type { TenantStore } from './store/tenant-store.ts'

export type TenancyStores = {
  readonly tenants: TenantStore
  readonly suspensions: SuspensionStore
  readonly members: MemberStore
  readonly audit: AuditStore
  readonly auditChain: AuditChainStore
  readonly apiKeys: ApiKeyStore
  readonly impersonations: ImpersonationStore
  readonly staffAccess: StaffAccessStore
  readonly persistedOperations: PersistedOperationStore
}

/** What is done about a person and their sessions, in one transaction; companies are reached through `tx.actFor`. */
export type PersonWork = {
  readonly tx: IdentityTx
  readonly persons: PersonStore
  readonly sessions: SessionStore
  readonly clock: Clock
  readonly newId: NewId
  readonly queue: Queue
  readonly writeAudit: WriteAudit
  readonly secret: string
  readonly requestId: string
}

export type InIdentity = <Result>(work: (work: PersonWork) => Promise<Result>) => Promise<Result>

/** What signing in takes of a request and gives with its answer. */
export type SigningIn = {
  readonly inIdentity: InIdentity
  readonly refreshTokens: RefreshTokens
  readonly signToken: (claims: TokenClaims, lifetimeSeconds: number) => Promise<string>
  readonly now: () => Date
  /** What the browser's cookie holds. */
  readonly cookie: string | null
  readonly userAgent: string | null
  /** Has the browser keep a token in its cookie, or forget the one it has. */
  readonly setCookie: (token: NonNullable<AnswerNotes['refreshToken']> | null) => void
}

/** Where companies live, for staff. */
export type Placements = {
  readonly where: WhereCompaniesLive
  readonly cellOf: (tenantId: string) => string
  readonly cells: () => Promise<readonly CellStanding[]>
  readonly maybeMove: (id: string) => Promise<CompanyMove | null>
  readonly maybeMoveUnderWay: (tenantId: string) => Promise<CompanyMove | null>
}

/** What the resolvers of one fetch work with. */
export type TenancyContext = SessionContext<TenancyStores> & {
  readonly ports: TenancyPorts
  /** All tenants, newest first, one more than the page holds; what staff see. */
  readonly pageOfTenants: (page: PageRequest) => Promise<readonly Tenant[]>
  /** A tenant in a transaction of its own, for staff, who carry none. */
  readonly maybeTenant: (tenantId: string) => Promise<Tenant | null>
  readonly tenantById: DataLoader<string, Tenant | null>
  /** The seal of an audit line, by the line's id; null while it waits for one. */
  readonly sealOfEvent: DataLoader<string, SealOfEvent | null>
  /** A company's key in a transaction of its own, for staff too. */
  readonly maybeApiKey: (tenantId: string, id: string) => Promise<ApiKey | null>
  /** As `maybeApiKey`. */
  readonly maybeImpersonation: (tenantId: string, id: string) => Promise<Impersonation | null>
  readonly maybeTenantOfImpersonation: (id: string) => Promise<string | null>
  /** Companies' insides by company; told to each company's audit before it is read. */
  readonly internalsOfTenant: DataLoader<string, TenantInternals | null>
  readonly placements: Placements
  readonly signToken: SignToken
  readonly now: () => Date
  readonly signingIn: SigningIn
  readonly newId: () => string
  readonly idFromKey: (key: string) => string
}

export { memberIds, personIds, sessionIds } from './domain/ids.ts'
export { tenantIds } from './port.ts'
export const auditEventIds = idCodec('aud')
export { apiKeyIds, impersonationIds } from './port.ts'
export const operationIds = idCodec('op')
export const moveIds = idCodec('mov')
