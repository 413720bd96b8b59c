import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Tenant as TenantModel } from '../domain/tenant.ts';
import type { AuditEvent as AuditEventModel } from '../domain/audit-event.ts';
import type { PersistedOperation as PersistedOperationModel } from '../domain/persisted-operation.ts';
import type { TenancyContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC, as RFC 3339 text with milliseconds. */
  DateTime: { input: Date; output: Date; }
  /** A calendar day, as YYYY-MM-DD. */
  LocalDate: { input: string; output: string; }
  /** A whole number up to 9,007,199,254,740,991 either way of zero. */
  SafeInt: { input: number; output: number; }
  _FieldSet: { input: string; output: string; }
};

/** A person, a key or a staff member. */
export type Actor = {
  __typename?: 'Actor';
  /** The actor's id. */
  id: Scalars['ID']['output'];
  /** What kind of actor it is. */
  kind: ActorKind;
};

/** What kind of actor does something. */
export type ActorKind =
  /** An outside system with a key. */
  | 'API_KEY'
  /** Somebody who runs the platform. */
  | 'STAFF'
  /** The platform itself, in a job. */
  | 'SYSTEM'
  /** A person of a company. */
  | 'USER';

/** Your company's audit as a chain in which each line's hash covers the line before; read and checked whole. */
export type AuditChain = {
  __typename?: 'AuditChain';
  /** The place of the first line that was changed, taken out or moved; null when there is none. */
  brokenAt: Maybe<Scalars['SafeInt']['output']>;
  /** The hash of the last sealed line. Keep it elsewhere, and it proves every line up to it. */
  headHash: Scalars['String']['output'];
  /** How many lines are sealed. */
  length: Scalars['SafeInt']['output'];
  /** How many lines wait to be sealed, which takes seconds. */
  unsealed: Scalars['SafeInt']['output'];
  /** Whether every sealed line is as it was when it was sealed. */
  valid: Scalars['Boolean']['output'];
};

/** Something that was done in a company. */
export type AuditEvent = {
  __typename?: 'AuditEvent';
  /** What was done, such as storms.applyPolicy. */
  action: Scalars['String']['output'];
  /** Who did it. */
  actor: Actor;
  /** When it was done. */
  at: Scalars['DateTime']['output'];
  /** Its hash in the chain, as lower-case hex sha-256; null for the seconds until it is sealed. */
  hash: Maybe<Scalars['String']['output']>;
  /** The event's id. */
  id: Scalars['ID']['output'];
  /** The request in which it was done. */
  requestId: Scalars['String']['output'];
  /** When it was sealed into your company's chain; null for the seconds until it is. */
  sealedAt: Maybe<Scalars['DateTime']['output']>;
  /** The id of what it was done to. */
  subjectId: Scalars['String']['output'];
  /** What kind of thing it was done to. */
  subjectKind: Scalars['String']['output'];
};

/** One page of audit events. */
export type AuditEventConnection = {
  __typename?: 'AuditEventConnection';
  /** The events of this page with their cursors. */
  edges: Array<AuditEventEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** An audit event on a page. */
export type AuditEventEdge = {
  __typename?: 'AuditEventEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: AuditEvent;
};

/** The idempotency key was used before with a different request. */
export type IdempotencyKeyReused = UserError & {
  __typename?: 'IdempotencyKeyReused';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** A value of the input cannot be used. */
export type InvalidInput = UserError & {
  __typename?: 'InvalidInput';
  /** The path of the value inside the input, such as cost.minorUnits. */
  field: Scalars['String']['output'];
  /** What is wrong with the value, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** An amount of money in whole minor units, cents for US dollars. */
export type Money = {
  __typename?: 'Money';
  /** The ISO 4217 code, such as USD. */
  currency: Scalars['String']['output'];
  /** The amount in minor units; $12.34 is 1234. */
  minorUnits: Scalars['SafeInt']['output'];
};

/** An amount of money that you give, in whole minor units, never negative. */
export type MoneyInput = {
  /** The ISO 4217 code, such as USD. */
  currency: Scalars['String']['input'];
  /** The amount in minor units; $12.34 is 1234. */
  minorUnits: Scalars['SafeInt']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Opens a company on the platform with a plan and its first owner. Staff only. */
  provisionTenant: Maybe<ProvisionTenantResult>;
  /** Publishes operations, all of the request's or none; those that are published already stay as they are. */
  publishOperations: Maybe<PublishOperationsResult>;
  /** Lets a suspended company work again. Staff only. */
  reactivateTenant: Maybe<ReactivateTenantResult>;
  /** Ends an operation: within five seconds nobody can ask for it any more. */
  retireOperation: Maybe<RetireOperationResult>;
  /** Makes a company read-only. Staff only. */
  suspendTenant: Maybe<SuspendTenantResult>;
};


export type MutationProvisionTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ProvisionTenantInput;
};


export type MutationPublishOperationsArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: PublishOperationsInput;
};


export type MutationReactivateTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ReactivateTenantInput;
};


export type MutationRetireOperationArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RetireOperationInput;
};


export type MutationSuspendTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: SuspendTenantInput;
};

/** Nothing of that id is yours. Another tenant's id answers the same. */
export type NotFound = UserError & {
  __typename?: 'NotFound';
  /** The id that was asked for. */
  id: Scalars['ID']['output'];
  /** What was not found, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** Something wrong with an operation. */
export type OperationRejection = {
  __typename?: 'OperationRejection';
  /** The operation's place in the request, from 0. */
  index: Scalars['Int']['output'];
  /** What is wrong with it, in a sentence for a person. */
  reason: Scalars['String']['output'];
};

/** Some operations cannot be published, so none of the request's were. */
export type OperationsRefused = UserError & {
  __typename?: 'OperationsRefused';
  /** How many were refused, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** Everything that is wrong with them, in the order of the request. */
  rejections: Array<OperationRejection>;
};

/** Where a page of a list begins and ends. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The cursor of the last item of this page; give it as `after` to read on. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether more items follow this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether items come before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first item of this page, null when the page is empty. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** An operation that is published in your company, so that it can be asked for by the id of its document. */
export type PersistedOperation = {
  __typename?: 'PersistedOperation';
  /** The only API key that may ask for it; null when every key of your company may. */
  apiKeyId: Maybe<Scalars['ID']['output']>;
  /** The document, to the letter. */
  document: Scalars['String']['output'];
  /** The id of its document, which clients send instead of it: sha256: and 64 hex digits. */
  documentId: Scalars['String']['output'];
  /** The operation's id, by which it is retired. */
  id: Scalars['ID']['output'];
  /** The name that the document gives it. */
  name: Scalars['String']['output'];
  /** When it was published, the last time if it was retired in between. */
  publishedAt: Scalars['DateTime']['output'];
  /** The id of whoever published it. */
  publishedBy: Scalars['String']['output'];
  /** When it was retired; null while it can be asked for. */
  retiredAt: Maybe<Scalars['DateTime']['output']>;
};

/** One page of published operations. */
export type PersistedOperationConnection = {
  __typename?: 'PersistedOperationConnection';
  /** The operations of this page with their cursors. */
  edges: Array<PersistedOperationEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** A published operation on a page. */
export type PersistedOperationEdge = {
  __typename?: 'PersistedOperationEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The operation. */
  node: PersistedOperation;
};

/** The plans a company can be on. */
export type PlanTier =
  /** A higher monthly price without limits. */
  | 'ENTERPRISE'
  /** A monthly price with a share of everything included, and a price for what goes over it. */
  | 'STANDARD'
  /** Free, one storm, hard limits. */
  | 'TRIAL';

/** A new company. */
export type ProvisionTenantInput = {
  /** The e-mail address of its first owner. */
  adminEmail: Scalars['String']['input'];
  /** The company's name, 2 to 100 characters. */
  name: Scalars['String']['input'];
  /** The plan it starts on. */
  tier: PlanTier;
  /** The IANA time zone of its days and months; America/Chicago when left out. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** What came of opening a company. */
export type ProvisionTenantResult = IdempotencyKeyReused | InvalidInput | ProvisionTenantSuccess | TenantNameTaken;

/** The company is open. */
export type ProvisionTenantSuccess = {
  __typename?: 'ProvisionTenantSuccess';
  /** The new company. */
  tenant: Tenant;
};

/** Operations to publish. */
export type PublishOperationsInput = {
  /** The only API key that may ask for them; every key of your company when left out. */
  apiKeyId?: InputMaybe<Scalars['ID']['input']>;
  /** The operations, 1 to 500. */
  operations: Array<PublishedOperationInput>;
};

/** What came of publishing operations. */
export type PublishOperationsResult = IdempotencyKeyReused | InvalidInput | NotFound | OperationsRefused | PublishOperationsSuccess;

/** The operations are published. */
export type PublishOperationsSuccess = {
  __typename?: 'PublishOperationsSuccess';
  /** The operations, in the order of the request. */
  operations: Array<PersistedOperation>;
  /** How many were not published before, or were retired. */
  published: Scalars['Int']['output'];
  /** How many were published already. */
  unchanged: Scalars['Int']['output'];
};

/** One operation to publish. */
export type PublishedOperationInput = {
  /** The document: one operation with a name, up to 64 kB. */
  document: Scalars['String']['input'];
  /** The sha-256 of the document's text: sha256: and 64 hex digits, or the digits alone. */
  id: Scalars['String']['input'];
};

export type Query = {
  __typename?: 'Query';
  /** Whether your company's audit is whole. Reads all of it, so ask now and then and not on every page. */
  auditChain: Maybe<AuditChain>;
  /** What was done in your company, newest first. */
  auditEvents: Maybe<AuditEventConnection>;
  /** The operations that are published in your company, newest first. */
  persistedOperations: Maybe<PersistedOperationConnection>;
  /** The company you work for. */
  tenant: Maybe<Tenant>;
  /** All companies on the platform, newest first. Staff only. */
  tenants: Maybe<TenantConnection>;
  /** Who you are, as the platform sees you. */
  viewer: Maybe<Viewer>;
};


export type QueryAuditEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPersistedOperationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeRetired?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryTenantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The company to reactivate. */
export type ReactivateTenantInput = {
  /** The company's id. */
  tenantId: Scalars['ID']['input'];
};

/** What came of reactivating a company. */
export type ReactivateTenantResult = IdempotencyKeyReused | InvalidInput | NotFound | ReactivateTenantSuccess;

/** The company can work again. */
export type ReactivateTenantSuccess = {
  __typename?: 'ReactivateTenantSuccess';
  /** The company. */
  tenant: Tenant;
};

/** The operation to retire. */
export type RetireOperationInput = {
  /** The operation's id. */
  operationId: Scalars['ID']['input'];
};

/** What came of retiring an operation. */
export type RetireOperationResult = IdempotencyKeyReused | NotFound | RetireOperationSuccess;

/** The operation is retired. */
export type RetireOperationSuccess = {
  __typename?: 'RetireOperationSuccess';
  /** The operation. */
  operation: PersistedOperation;
};

/** What somebody may do in a company. */
export type Role =
  /** Everything but the bill. */
  | 'ADMIN'
  /** Storms, scores, pilots and their reports. */
  | 'ANALYST'
  /** Plan, usage and invoices. */
  | 'BILLING'
  /** Decisions, owners' contact data, and outcomes. */
  | 'CREW'
  /** Everything, the bill and the end of the company included. */
  | 'OWNER'
  /** An outside system that acts for the company. */
  | 'PARTNER'
  /** Running the platform. */
  | 'STAFF'
  /** Reading without personal data. */
  | 'VIEWER';

/** The company to suspend. */
export type SuspendTenantInput = {
  /** Why, for the audit. */
  reason: Scalars['String']['input'];
  /** The company's id. */
  tenantId: Scalars['ID']['input'];
};

/** What came of suspending a company. */
export type SuspendTenantResult = IdempotencyKeyReused | InvalidInput | NotFound | SuspendTenantSuccess;

/** The company is read-only. */
export type SuspendTenantSuccess = {
  __typename?: 'SuspendTenantSuccess';
  /** The company. */
  tenant: Tenant;
};

/** A contractor company that works storms on this platform. */
export type Tenant = {
  __typename?: 'Tenant';
  /** When the company joined the platform. */
  createdAt: Scalars['DateTime']['output'];
  /** The ISO 4217 code of the currency it works in. */
  currency: Scalars['String']['output'];
  /** The tenant's id. */
  id: Scalars['ID']['output'];
  /** The company's name. */
  name: Scalars['String']['output'];
  /** A short name for addresses and commands, unique on the platform. */
  slug: Scalars['String']['output'];
  /** Whether the company can work, is suspended, or is leaving. */
  status: TenantStatus;
  /** The IANA time zone in which the company's days begin and its months close. */
  timeZone: Scalars['String']['output'];
};

/** One page of tenants. */
export type TenantConnection = {
  __typename?: 'TenantConnection';
  /** The tenants of this page with their cursors. */
  edges: Array<TenantEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** A tenant on a page. */
export type TenantEdge = {
  __typename?: 'TenantEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The tenant. */
  node: Tenant;
};

/** Another company has this name, or one so close that their short names are the same. */
export type TenantNameTaken = UserError & {
  __typename?: 'TenantNameTaken';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The short name that is taken. */
  slug: Scalars['String']['output'];
};

/** Whether a company can work on the platform. */
export type TenantStatus =
  /** The company can read and change everything its plan allows. */
  | 'ACTIVE'
  /** The company can read, and can settle its bill. */
  | 'SUSPENDED';

/** A failure that the caller can do something about. */
export type UserError = {
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** The one who is asking. */
export type Viewer = {
  __typename?: 'Viewer';
  /** The person, key or staff member. */
  actor: Actor;
  /** The roles held in that company. */
  roles: Array<Role>;
  /** The permissions those roles carry. */
  scopes: Array<Scalars['String']['output']>;
  /** The company acted for; null for staff who chose none. */
  tenant: Maybe<Tenant>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Tenant: Tenant;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Tenant:
    ( { __typename: 'Tenant' }
    & GraphQLRecursivePick<FederationTypes['Tenant'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ProvisionTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<ProvisionTenantSuccess, 'tenant'> & { tenant: _RefType['Tenant'] } & { __typename: 'ProvisionTenantSuccess' } )
    | ( TenantNameTaken & { __typename: 'TenantNameTaken' } )
  ;
  PublishOperationsResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( OperationsRefused & { __typename: 'OperationsRefused' } )
    | ( Omit<PublishOperationsSuccess, 'operations'> & { operations: Array<_RefType['PersistedOperation']> } & { __typename: 'PublishOperationsSuccess' } )
  ;
  ReactivateTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<ReactivateTenantSuccess, 'tenant'> & { tenant: _RefType['Tenant'] } & { __typename: 'ReactivateTenantSuccess' } )
  ;
  RetireOperationResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<RetireOperationSuccess, 'operation'> & { operation: _RefType['PersistedOperation'] } & { __typename: 'RetireOperationSuccess' } )
  ;
  SuspendTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<SuspendTenantSuccess, 'tenant'> & { tenant: _RefType['Tenant'] } & { __typename: 'SuspendTenantSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( NotFound )
    | ( OperationsRefused )
    | ( TenantNameTaken )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AuditChain: ResolverTypeWrapper<AuditChain>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AuditEvent: ResolverTypeWrapper<AuditEventModel>;
  AuditEventConnection: ResolverTypeWrapper<Omit<AuditEventConnection, 'edges'> & { edges: Array<ResolversTypes['AuditEventEdge']> }>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  OperationRejection: ResolverTypeWrapper<OperationRejection>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  OperationsRefused: ResolverTypeWrapper<OperationsRefused>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PersistedOperation: ResolverTypeWrapper<PersistedOperationModel>;
  PersistedOperationConnection: ResolverTypeWrapper<Omit<PersistedOperationConnection, 'edges'> & { edges: Array<ResolversTypes['PersistedOperationEdge']> }>;
  PersistedOperationEdge: ResolverTypeWrapper<Omit<PersistedOperationEdge, 'node'> & { node: ResolversTypes['PersistedOperation'] }>;
  PlanTier: PlanTier;
  ProvisionTenantInput: ProvisionTenantInput;
  ProvisionTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ProvisionTenantResult']>;
  ProvisionTenantSuccess: ResolverTypeWrapper<Omit<ProvisionTenantSuccess, 'tenant'> & { tenant: ResolversTypes['Tenant'] }>;
  PublishOperationsInput: PublishOperationsInput;
  PublishOperationsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PublishOperationsResult']>;
  PublishOperationsSuccess: ResolverTypeWrapper<Omit<PublishOperationsSuccess, 'operations'> & { operations: Array<ResolversTypes['PersistedOperation']> }>;
  PublishedOperationInput: PublishedOperationInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReactivateTenantInput: ReactivateTenantInput;
  ReactivateTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReactivateTenantResult']>;
  ReactivateTenantSuccess: ResolverTypeWrapper<Omit<ReactivateTenantSuccess, 'tenant'> & { tenant: ResolversTypes['Tenant'] }>;
  RetireOperationInput: RetireOperationInput;
  RetireOperationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RetireOperationResult']>;
  RetireOperationSuccess: ResolverTypeWrapper<Omit<RetireOperationSuccess, 'operation'> & { operation: ResolversTypes['PersistedOperation'] }>;
  Role: Role;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SuspendTenantInput: SuspendTenantInput;
  SuspendTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SuspendTenantResult']>;
  SuspendTenantSuccess: ResolverTypeWrapper<Omit<SuspendTenantSuccess, 'tenant'> & { tenant: ResolversTypes['Tenant'] }>;
  Tenant: ResolverTypeWrapper<TenantModel>;
  TenantConnection: ResolverTypeWrapper<Omit<TenantConnection, 'edges'> & { edges: Array<ResolversTypes['TenantEdge']> }>;
  TenantEdge: ResolverTypeWrapper<Omit<TenantEdge, 'node'> & { node: ResolversTypes['Tenant'] }>;
  TenantNameTaken: ResolverTypeWrapper<TenantNameTaken>;
  TenantStatus: TenantStatus;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  Viewer: ResolverTypeWrapper<Omit<Viewer, 'tenant'> & { tenant?: Maybe<ResolversTypes['Tenant']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actor: Actor;
  ID: Scalars['ID']['output'];
  AuditChain: AuditChain;
  Boolean: Scalars['Boolean']['output'];
  AuditEvent: AuditEventModel;
  AuditEventConnection: Omit<AuditEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['AuditEventEdge']> };
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  DateTime: Scalars['DateTime']['output'];
  IdempotencyKeyReused: IdempotencyKeyReused;
  InvalidInput: InvalidInput;
  LocalDate: Scalars['LocalDate']['output'];
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  OperationRejection: OperationRejection;
  Int: Scalars['Int']['output'];
  OperationsRefused: OperationsRefused;
  PageInfo: PageInfo;
  PersistedOperation: PersistedOperationModel;
  PersistedOperationConnection: Omit<PersistedOperationConnection, 'edges'> & { edges: Array<ResolversParentTypes['PersistedOperationEdge']> };
  PersistedOperationEdge: Omit<PersistedOperationEdge, 'node'> & { node: ResolversParentTypes['PersistedOperation'] };
  ProvisionTenantInput: ProvisionTenantInput;
  ProvisionTenantResult: ResolversUnionTypes<ResolversParentTypes>['ProvisionTenantResult'];
  ProvisionTenantSuccess: Omit<ProvisionTenantSuccess, 'tenant'> & { tenant: ResolversParentTypes['Tenant'] };
  PublishOperationsInput: PublishOperationsInput;
  PublishOperationsResult: ResolversUnionTypes<ResolversParentTypes>['PublishOperationsResult'];
  PublishOperationsSuccess: Omit<PublishOperationsSuccess, 'operations'> & { operations: Array<ResolversParentTypes['PersistedOperation']> };
  PublishedOperationInput: PublishedOperationInput;
  Query: Record<PropertyKey, never>;
  ReactivateTenantInput: ReactivateTenantInput;
  ReactivateTenantResult: ResolversUnionTypes<ResolversParentTypes>['ReactivateTenantResult'];
  ReactivateTenantSuccess: Omit<ReactivateTenantSuccess, 'tenant'> & { tenant: ResolversParentTypes['Tenant'] };
  RetireOperationInput: RetireOperationInput;
  RetireOperationResult: ResolversUnionTypes<ResolversParentTypes>['RetireOperationResult'];
  RetireOperationSuccess: Omit<RetireOperationSuccess, 'operation'> & { operation: ResolversParentTypes['PersistedOperation'] };
  SafeInt: Scalars['SafeInt']['output'];
  SuspendTenantInput: SuspendTenantInput;
  SuspendTenantResult: ResolversUnionTypes<ResolversParentTypes>['SuspendTenantResult'];
  SuspendTenantSuccess: Omit<SuspendTenantSuccess, 'tenant'> & { tenant: ResolversParentTypes['Tenant'] };
  Tenant: TenantModel;
  TenantConnection: Omit<TenantConnection, 'edges'> & { edges: Array<ResolversParentTypes['TenantEdge']> };
  TenantEdge: Omit<TenantEdge, 'node'> & { node: ResolversParentTypes['Tenant'] };
  TenantNameTaken: TenantNameTaken;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  Viewer: Omit<Viewer, 'tenant'> & { tenant?: Maybe<ResolversParentTypes['Tenant']> };
  String: Scalars['String']['output'];
};

export type ArgumentRequiresScopesDirectiveArgs = {
  scopes: Array<Array<Scalars['String']['input']>>;
};

export type ArgumentRequiresScopesDirectiveResolver<Result, Parent, ContextType = TenancyContext, Args = ArgumentRequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = TenancyContext, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresPlanDirectiveArgs = {
  tiers: Array<Scalars['String']['input']>;
};

export type RequiresPlanDirectiveResolver<Result, Parent, ContextType = TenancyContext, Args = RequiresPlanDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActorResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Actor'] = ResolversParentTypes['Actor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
};

export type AuditChainResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['AuditChain'] = ResolversParentTypes['AuditChain']> = {
  brokenAt?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  headHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  length?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  unsealed?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  valid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AuditEventResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sealedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjectKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEventConnectionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['AuditEventConnection'] = ResolversParentTypes['AuditEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEventEdgeResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['AuditEventEdge'] = ResolversParentTypes['AuditEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEvent'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type IdempotencyKeyReusedResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MoneyResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  provisionTenant?: Resolver<Maybe<ResolversTypes['ProvisionTenantResult']>, ParentType, ContextType, RequireFields<MutationProvisionTenantArgs, 'input'>>;
  publishOperations?: Resolver<Maybe<ResolversTypes['PublishOperationsResult']>, ParentType, ContextType, RequireFields<MutationPublishOperationsArgs, 'input'>>;
  reactivateTenant?: Resolver<Maybe<ResolversTypes['ReactivateTenantResult']>, ParentType, ContextType, RequireFields<MutationReactivateTenantArgs, 'input'>>;
  retireOperation?: Resolver<Maybe<ResolversTypes['RetireOperationResult']>, ParentType, ContextType, RequireFields<MutationRetireOperationArgs, 'input'>>;
  suspendTenant?: Resolver<Maybe<ResolversTypes['SuspendTenantResult']>, ParentType, ContextType, RequireFields<MutationSuspendTenantArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OperationRejectionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['OperationRejection'] = ResolversParentTypes['OperationRejection']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OperationsRefusedResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['OperationsRefused'] = ResolversParentTypes['OperationsRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rejections?: Resolver<Array<ResolversTypes['OperationRejection']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PersistedOperationResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['PersistedOperation'] = ResolversParentTypes['PersistedOperation']> = {
  apiKeyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  document?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  documentId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retiredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PersistedOperationConnectionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['PersistedOperationConnection'] = ResolversParentTypes['PersistedOperationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PersistedOperationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PersistedOperationEdgeResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['PersistedOperationEdge'] = ResolversParentTypes['PersistedOperationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PersistedOperation'], ParentType, ContextType>;
};

export type ProvisionTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ProvisionTenantResult'] = ResolversParentTypes['ProvisionTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'ProvisionTenantSuccess' | 'TenantNameTaken', ParentType, ContextType>;
};

export type ProvisionTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ProvisionTenantSuccess'] = ResolversParentTypes['ProvisionTenantSuccess']> = {
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PublishOperationsResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['PublishOperationsResult'] = ResolversParentTypes['PublishOperationsResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'OperationsRefused' | 'PublishOperationsSuccess', ParentType, ContextType>;
};

export type PublishOperationsSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['PublishOperationsSuccess'] = ResolversParentTypes['PublishOperationsSuccess']> = {
  operations?: Resolver<Array<ResolversTypes['PersistedOperation']>, ParentType, ContextType>;
  published?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditChain?: Resolver<Maybe<ResolversTypes['AuditChain']>, ParentType, ContextType>;
  auditEvents?: Resolver<Maybe<ResolversTypes['AuditEventConnection']>, ParentType, ContextType, RequireFields<QueryAuditEventsArgs, 'first'>>;
  persistedOperations?: Resolver<Maybe<ResolversTypes['PersistedOperationConnection']>, ParentType, ContextType, RequireFields<QueryPersistedOperationsArgs, 'first' | 'includeRetired'>>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  tenants?: Resolver<Maybe<ResolversTypes['TenantConnection']>, ParentType, ContextType, RequireFields<QueryTenantsArgs, 'first'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type ReactivateTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ReactivateTenantResult'] = ResolversParentTypes['ReactivateTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'ReactivateTenantSuccess', ParentType, ContextType>;
};

export type ReactivateTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ReactivateTenantSuccess'] = ResolversParentTypes['ReactivateTenantSuccess']> = {
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RetireOperationResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RetireOperationResult'] = ResolversParentTypes['RetireOperationResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'RetireOperationSuccess', ParentType, ContextType>;
};

export type RetireOperationSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RetireOperationSuccess'] = ResolversParentTypes['RetireOperationSuccess']> = {
  operation?: Resolver<ResolversTypes['PersistedOperation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SuspendTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SuspendTenantResult'] = ResolversParentTypes['SuspendTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'SuspendTenantSuccess', ParentType, ContextType>;
};

export type SuspendTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SuspendTenantSuccess'] = ResolversParentTypes['SuspendTenantSuccess']> = {
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant'], FederationReferenceType extends FederationReferenceTypes['Tenant'] = FederationReferenceTypes['Tenant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tenant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TenantStatus'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TenantConnectionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['TenantConnection'] = ResolversParentTypes['TenantConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TenantEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TenantEdgeResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['TenantEdge'] = ResolversParentTypes['TenantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
};

export type TenantNameTakenResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['TenantNameTaken'] = ResolversParentTypes['TenantNameTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'OperationsRefused' | 'TenantNameTaken', ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = TenancyContext> = {
  Actor?: ActorResolvers<ContextType>;
  AuditChain?: AuditChainResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  OperationRejection?: OperationRejectionResolvers<ContextType>;
  OperationsRefused?: OperationsRefusedResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PersistedOperation?: PersistedOperationResolvers<ContextType>;
  PersistedOperationConnection?: PersistedOperationConnectionResolvers<ContextType>;
  PersistedOperationEdge?: PersistedOperationEdgeResolvers<ContextType>;
  ProvisionTenantResult?: ProvisionTenantResultResolvers<ContextType>;
  ProvisionTenantSuccess?: ProvisionTenantSuccessResolvers<ContextType>;
  PublishOperationsResult?: PublishOperationsResultResolvers<ContextType>;
  PublishOperationsSuccess?: PublishOperationsSuccessResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReactivateTenantResult?: ReactivateTenantResultResolvers<ContextType>;
  ReactivateTenantSuccess?: ReactivateTenantSuccessResolvers<ContextType>;
  RetireOperationResult?: RetireOperationResultResolvers<ContextType>;
  RetireOperationSuccess?: RetireOperationSuccessResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SuspendTenantResult?: SuspendTenantResultResolvers<ContextType>;
  SuspendTenantSuccess?: SuspendTenantSuccessResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TenantConnection?: TenantConnectionResolvers<ContextType>;
  TenantEdge?: TenantEdgeResolvers<ContextType>;
  TenantNameTaken?: TenantNameTakenResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = TenancyContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
