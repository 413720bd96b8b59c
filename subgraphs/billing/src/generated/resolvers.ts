import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Plan as PlanModel, ShownCharge as PlanChargeModel } from '../domain/plan.ts';
import type { UsageEvent as UsageEventModel } from '../domain/usage.ts';
import type { Money as MoneyModel } from '@stormops/chassis/values/money';
import type { BillingContext } from '../context.ts';
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
  /** A day as YYYY-MM-DD, taken in the company's time zone, or an instant as RFC 3339 text. */
  DayOrInstant: { input: string; output: string; }
  /** A calendar day, as YYYY-MM-DD. */
  LocalDate: { input: string; output: string; }
  /** A whole number up to 9,007,199,254,740,991 either way of zero. */
  SafeInt: { input: number; output: number | bigint; }
  _FieldSet: { input: string; output: string; }
};

/** A correction of the ledger. */
export type CorrectUsageInput = {
  /** The event to correct. */
  eventId: Scalars['ID']['input'];
  /** What to add to it; -3 takes three back. The event and its corrections together cannot be less than nothing. */
  quantity: Scalars['SafeInt']['input'];
  /** Why, in 1 to 500 characters; it is kept in the audit. */
  reason: Scalars['String']['input'];
  /** The company. */
  tenantId: Scalars['ID']['input'];
};

/** What came of correcting usage. */
export type CorrectUsageResult = CorrectUsageSuccess | IdempotencyKeyReused | InvalidInput | NotFound;

/** The correction is in the ledger. */
export type CorrectUsageSuccess = {
  __typename?: 'CorrectUsageSuccess';
  /** The id of the event that corrects. */
  eventId: Scalars['ID']['output'];
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

/** What happens over the included amount. */
export type LimitKind =
  /** More is refused. */
  | 'HARD'
  /** More is charged. */
  | 'SOFT'
  /** Nothing limits it. */
  | 'UNLIMITED';

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
  /** Corrects an event of a company's ledger by another one, for staff. Neither is changed afterwards. */
  correctUsage: Maybe<CorrectUsageResult>;
  /** Reports usage that happened outside the platform. The same clientEventId is counted once, for ever. */
  recordUsage: Maybe<RecordUsageResult>;
  /** Reports up to 5,000 events of usage at once. They are all taken, or none is. */
  recordUsageBatch: Maybe<RecordUsageBatchResult>;
};


export type MutationCorrectUsageArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CorrectUsageInput;
};


export type MutationRecordUsageArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RecordUsageInput;
};


export type MutationRecordUsageBatchArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RecordUsageBatchInput;
};

/** Nothing of that id is yours. Another tenant's id answers the same. */
export type NotFound = UserError & {
  __typename?: 'NotFound';
  /** The id that was asked for. */
  id: Scalars['ID']['output'];
  /** What was not found, in a sentence for a person. */
  message: Scalars['String']['output'];
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

/** A plan of the catalogue, in the version that a company signed for. */
export type Plan = {
  __typename?: 'Plan';
  /** What is included, and what more costs. */
  charges: Array<PlanCharge>;
  /** The price of one month, before usage. */
  monthlyPrice: Money;
  /** Which plan it is. */
  tier: PlanTier;
  /** The version of the plan in the catalogue. */
  version: Scalars['Int']['output'];
};

/** What a plan says about one thing that is counted. */
export type PlanCharge = {
  __typename?: 'PlanCharge';
  /** How much is included in a month; null when there is no limit. */
  included: Maybe<Scalars['SafeInt']['output']>;
  /** What happens over the included amount. */
  limit: LimitKind;
  /** What is counted. */
  metric: UsageMetric;
  /** The price of one more unit; null when more is refused or nothing limits it. */
  unitPrice: Maybe<Money>;
  /** How many units the unit price is for. */
  unitSize: Scalars['SafeInt']['output'];
};

/** The plans a company can be on. */
export type PlanTier =
  /** A higher monthly price without limits. */
  | 'ENTERPRISE'
  /** A monthly price with a share of everything included, and a price for what goes over it. */
  | 'STANDARD'
  /** Free, one storm, hard limits. */
  | 'TRIAL';

export type Query = {
  __typename?: 'Query';
  /** Your company's plan. */
  plan: Maybe<Plan>;
  /** The plans one can sign for today. */
  plans: Maybe<Array<Plan>>;
  /** What your company used from one time to before another, of every metric, from the ledger itself. */
  usage: Maybe<Array<UsageTotal>>;
  /** The ledger of your company's usage, newest first. */
  usageEvents: Maybe<UsageEventConnection>;
};


export type QueryUsageArgs = {
  periodEnd: Scalars['DayOrInstant']['input'];
  periodStart: Scalars['DayOrInstant']['input'];
};


export type QueryUsageEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  metric?: InputMaybe<UsageMetric>;
};

/** Events that you report together. */
export type RecordUsageBatchInput = {
  /** The events, 1 to 5,000. */
  events: Array<RecordUsageInput>;
};

/** What came of reporting many events. */
export type RecordUsageBatchResult = IdempotencyKeyReused | InvalidInput | RecordUsageBatchSuccess | UsageRefused;

/** All events are in the ledger. */
export type RecordUsageBatchSuccess = {
  __typename?: 'RecordUsageBatchSuccess';
  /** How many were new. */
  recorded: Scalars['Int']['output'];
  /** How many had been reported before, and were not counted again. */
  repeated: Scalars['Int']['output'];
};

/** Usage that you report. */
export type RecordUsageInput = {
  /** When it happened, at most a year ago; now when left out. */
  at?: InputMaybe<Scalars['DateTime']['input']>;
  /** Your own id of the event, 1 to 200 characters. Send the same again as often as you like. */
  clientEventId: Scalars['String']['input'];
  /** What was used. */
  metric: UsageMetric;
  /** How much, in whole units. */
  quantity: Scalars['SafeInt']['input'];
};

/** What came of reporting usage. */
export type RecordUsageResult = IdempotencyKeyReused | InvalidInput | RecordUsageSuccess | UsageEventConflict;

/** The usage is in the ledger. */
export type RecordUsageSuccess = {
  __typename?: 'RecordUsageSuccess';
  /** The event that counts. */
  event: UsageEvent;
  /** Whether it had been reported before, and was not counted again. */
  repeated: Scalars['Boolean']['output'];
};

/** A contractor company that works storms on this platform. */
export type Tenant = {
  __typename?: 'Tenant';
  /** The tenant's id. */
  id: Scalars['ID']['output'];
  /** The plan the company is on; null while it cannot be read. */
  plan: Maybe<Plan>;
};

/** A line of the usage ledger. Lines are never changed; what was counted wrongly is corrected by another line. */
export type UsageEvent = {
  __typename?: 'UsageEvent';
  /** The id that the client who reported it gave it; null for work that the platform counted itself. */
  clientEventId: Maybe<Scalars['String']['output']>;
  /** The event that this one corrects; null for any other. */
  correctsEventId: Maybe<Scalars['ID']['output']>;
  /** The event's id, which is counted once, for ever. */
  id: Scalars['ID']['output'];
  /** The month it belongs to, where that had been closed before the event came; null otherwise. */
  lateForMonthOn: Maybe<Scalars['LocalDate']['output']>;
  /** What was counted. */
  metric: UsageMetric;
  /** The first day of the month that it is counted in. */
  monthStartsOn: Scalars['LocalDate']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** How much; negative in a correction. */
  quantity: Scalars['SafeInt']['output'];
  /** When it was written into the ledger. */
  recordedAt: Scalars['DateTime']['output'];
  /** Which work it is of, such as storms.createStorm, or who reported it. */
  source: Scalars['String']['output'];
};

/** This id stands for another event, which stays as it is. */
export type UsageEventConflict = UserError & {
  __typename?: 'UsageEventConflict';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The event that the id stands for. */
  recorded: UsageEvent;
};

/** A page of the usage ledger. */
export type UsageEventConnection = {
  __typename?: 'UsageEventConnection';
  /** The events with their cursors. */
  edges: Array<UsageEventEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** A usage event in a page. */
export type UsageEventEdge = {
  __typename?: 'UsageEventEdge';
  /** Where it stands; give it as `after` to read on. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: UsageEvent;
};

/** What is counted. */
export type UsageMetric =
  /** Operations answered by this graph. They are counted, and no plan charges for them. */
  | 'API_CALLS'
  /** Journey events received. */
  | 'JOURNEY_EVENTS'
  /** Rows scored by a model. */
  | 'MODEL_CALLS'
  /** Properties processed. */
  | 'PROPERTIES'
  /** Storms created. */
  | 'STORMS';

/** Some of the events cannot be recorded, so none was. */
export type UsageRefused = UserError & {
  __typename?: 'UsageRefused';
  /** How many are refused and why the first one is, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** How many events are refused. */
  refused: Scalars['Int']['output'];
  /** The first hundred of them. */
  rejections: Array<UsageRejection>;
};

/** An event that cannot be recorded. */
export type UsageRejection = {
  __typename?: 'UsageRejection';
  /** Its place in the list, from 0. */
  index: Scalars['Int']['output'];
  /** What is wrong with it, in a sentence for a person. */
  reason: Scalars['String']['output'];
};

/** How much of one metric was used. */
export type UsageTotal = {
  __typename?: 'UsageTotal';
  /** What was counted. */
  metric: UsageMetric;
  /** How much. */
  quantity: Scalars['SafeInt']['output'];
};

/** A failure that the caller can do something about. */
export type UserError = {
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
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
  CorrectUsageResult:
    | ( CorrectUsageSuccess & { __typename: 'CorrectUsageSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  RecordUsageBatchResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( RecordUsageBatchSuccess & { __typename: 'RecordUsageBatchSuccess' } )
    | ( UsageRefused & { __typename: 'UsageRefused' } )
  ;
  RecordUsageResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<RecordUsageSuccess, 'event'> & { event: _RefType['UsageEvent'] } & { __typename: 'RecordUsageSuccess' } )
    | ( Omit<UsageEventConflict, 'recorded'> & { recorded: _RefType['UsageEvent'] } & { __typename: 'UsageEventConflict' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( NotFound )
    | ( Omit<UsageEventConflict, 'recorded'> & { recorded: _RefType['UsageEvent'] } )
    | ( UsageRefused )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CorrectUsageInput: CorrectUsageInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CorrectUsageResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CorrectUsageResult']>;
  CorrectUsageSuccess: ResolverTypeWrapper<CorrectUsageSuccess>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DayOrInstant: ResolverTypeWrapper<Scalars['DayOrInstant']['output']>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  LimitKind: LimitKind;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<MoneyModel>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Plan: ResolverTypeWrapper<PlanModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  PlanCharge: ResolverTypeWrapper<PlanChargeModel>;
  PlanTier: PlanTier;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordUsageBatchInput: RecordUsageBatchInput;
  RecordUsageBatchResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordUsageBatchResult']>;
  RecordUsageBatchSuccess: ResolverTypeWrapper<RecordUsageBatchSuccess>;
  RecordUsageInput: RecordUsageInput;
  RecordUsageResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordUsageResult']>;
  RecordUsageSuccess: ResolverTypeWrapper<Omit<RecordUsageSuccess, 'event'> & { event: ResolversTypes['UsageEvent'] }>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  Tenant: ResolverTypeWrapper<Omit<Tenant, 'plan'> & { plan?: Maybe<ResolversTypes['Plan']> }>;
  UsageEvent: ResolverTypeWrapper<UsageEventModel>;
  UsageEventConflict: ResolverTypeWrapper<Omit<UsageEventConflict, 'recorded'> & { recorded: ResolversTypes['UsageEvent'] }>;
  UsageEventConnection: ResolverTypeWrapper<Omit<UsageEventConnection, 'edges'> & { edges: Array<ResolversTypes['UsageEventEdge']> }>;
  UsageEventEdge: ResolverTypeWrapper<Omit<UsageEventEdge, 'node'> & { node: ResolversTypes['UsageEvent'] }>;
  UsageMetric: UsageMetric;
  UsageRefused: ResolverTypeWrapper<UsageRefused>;
  UsageRejection: ResolverTypeWrapper<UsageRejection>;
  UsageTotal: ResolverTypeWrapper<UsageTotal>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CorrectUsageInput: CorrectUsageInput;
  ID: Scalars['ID']['output'];
  CorrectUsageResult: ResolversUnionTypes<ResolversParentTypes>['CorrectUsageResult'];
  CorrectUsageSuccess: CorrectUsageSuccess;
  DateTime: Scalars['DateTime']['output'];
  DayOrInstant: Scalars['DayOrInstant']['output'];
  IdempotencyKeyReused: IdempotencyKeyReused;
  InvalidInput: InvalidInput;
  LocalDate: Scalars['LocalDate']['output'];
  Money: MoneyModel;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Plan: PlanModel;
  Int: Scalars['Int']['output'];
  PlanCharge: PlanChargeModel;
  Query: Record<PropertyKey, never>;
  RecordUsageBatchInput: RecordUsageBatchInput;
  RecordUsageBatchResult: ResolversUnionTypes<ResolversParentTypes>['RecordUsageBatchResult'];
  RecordUsageBatchSuccess: RecordUsageBatchSuccess;
  RecordUsageInput: RecordUsageInput;
  RecordUsageResult: ResolversUnionTypes<ResolversParentTypes>['RecordUsageResult'];
  RecordUsageSuccess: Omit<RecordUsageSuccess, 'event'> & { event: ResolversParentTypes['UsageEvent'] };
  SafeInt: Scalars['SafeInt']['output'];
  Tenant: Omit<Tenant, 'plan'> & { plan?: Maybe<ResolversParentTypes['Plan']> } | FederationReferenceTypes['Tenant'];
  UsageEvent: UsageEventModel;
  UsageEventConflict: Omit<UsageEventConflict, 'recorded'> & { recorded: ResolversParentTypes['UsageEvent'] };
  UsageEventConnection: Omit<UsageEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['UsageEventEdge']> };
  UsageEventEdge: Omit<UsageEventEdge, 'node'> & { node: ResolversParentTypes['UsageEvent'] };
  UsageRefused: UsageRefused;
  UsageRejection: UsageRejection;
  UsageTotal: UsageTotal;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  String: Scalars['String']['output'];
};

export type ArgumentRequiresScopesDirectiveArgs = {
  scopes: Array<Array<Scalars['String']['input']>>;
};

export type ArgumentRequiresScopesDirectiveResolver<Result, Parent, ContextType = BillingContext, Args = ArgumentRequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = BillingContext, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresPlanDirectiveArgs = {
  tiers: Array<Scalars['String']['input']>;
};

export type RequiresPlanDirectiveResolver<Result, Parent, ContextType = BillingContext, Args = RequiresPlanDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CorrectUsageResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CorrectUsageResult'] = ResolversParentTypes['CorrectUsageResult']> = {
  __resolveType: TypeResolveFn<'CorrectUsageSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type CorrectUsageSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CorrectUsageSuccess'] = ResolversParentTypes['CorrectUsageSuccess']> = {
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DayOrInstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DayOrInstant'], any> {
  name: 'DayOrInstant';
}

export type IdempotencyKeyReusedResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MoneyResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  correctUsage?: Resolver<Maybe<ResolversTypes['CorrectUsageResult']>, ParentType, ContextType, RequireFields<MutationCorrectUsageArgs, 'input'>>;
  recordUsage?: Resolver<Maybe<ResolversTypes['RecordUsageResult']>, ParentType, ContextType, RequireFields<MutationRecordUsageArgs, 'input'>>;
  recordUsageBatch?: Resolver<Maybe<ResolversTypes['RecordUsageBatchResult']>, ParentType, ContextType, RequireFields<MutationRecordUsageBatchArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlanResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Plan'] = ResolversParentTypes['Plan']> = {
  charges?: Resolver<Array<ResolversTypes['PlanCharge']>, ParentType, ContextType>;
  monthlyPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['PlanTier'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PlanChargeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PlanCharge'] = ResolversParentTypes['PlanCharge']> = {
  included?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['LimitKind'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['UsageMetric'], ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  unitSize?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  plans?: Resolver<Maybe<Array<ResolversTypes['Plan']>>, ParentType, ContextType>;
  usage?: Resolver<Maybe<Array<ResolversTypes['UsageTotal']>>, ParentType, ContextType, RequireFields<QueryUsageArgs, 'periodEnd' | 'periodStart'>>;
  usageEvents?: Resolver<Maybe<ResolversTypes['UsageEventConnection']>, ParentType, ContextType, RequireFields<QueryUsageEventsArgs, 'first'>>;
};

export type RecordUsageBatchResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['RecordUsageBatchResult'] = ResolversParentTypes['RecordUsageBatchResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'RecordUsageBatchSuccess' | 'UsageRefused', ParentType, ContextType>;
};

export type RecordUsageBatchSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['RecordUsageBatchSuccess'] = ResolversParentTypes['RecordUsageBatchSuccess']> = {
  recorded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  repeated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecordUsageResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['RecordUsageResult'] = ResolversParentTypes['RecordUsageResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'RecordUsageSuccess' | 'UsageEventConflict', ParentType, ContextType>;
};

export type RecordUsageSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['RecordUsageSuccess'] = ResolversParentTypes['RecordUsageSuccess']> = {
  event?: Resolver<ResolversTypes['UsageEvent'], ParentType, ContextType>;
  repeated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type TenantResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant'], FederationReferenceType extends FederationReferenceTypes['Tenant'] = FederationReferenceTypes['Tenant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tenant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
};

export type UsageEventResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UsageEvent'] = ResolversParentTypes['UsageEvent']> = {
  clientEventId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  correctsEventId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lateForMonthOn?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['UsageMetric'], ParentType, ContextType>;
  monthStartsOn?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UsageEventConflictResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UsageEventConflict'] = ResolversParentTypes['UsageEventConflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recorded?: Resolver<ResolversTypes['UsageEvent'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UsageEventConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UsageEventConnection'] = ResolversParentTypes['UsageEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UsageEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UsageEventEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UsageEventEdge'] = ResolversParentTypes['UsageEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['UsageEvent'], ParentType, ContextType>;
};

export type UsageRefusedResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UsageRefused'] = ResolversParentTypes['UsageRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejections?: Resolver<Array<ResolversTypes['UsageRejection']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UsageRejectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UsageRejection'] = ResolversParentTypes['UsageRejection']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UsageTotalResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UsageTotal'] = ResolversParentTypes['UsageTotal']> = {
  metric?: Resolver<ResolversTypes['UsageMetric'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'UsageEventConflict' | 'UsageRefused', ParentType, ContextType>;
};

export type Resolvers<ContextType = BillingContext> = {
  CorrectUsageResult?: CorrectUsageResultResolvers<ContextType>;
  CorrectUsageSuccess?: CorrectUsageSuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DayOrInstant?: GraphQLScalarType;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Plan?: PlanResolvers<ContextType>;
  PlanCharge?: PlanChargeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecordUsageBatchResult?: RecordUsageBatchResultResolvers<ContextType>;
  RecordUsageBatchSuccess?: RecordUsageBatchSuccessResolvers<ContextType>;
  RecordUsageResult?: RecordUsageResultResolvers<ContextType>;
  RecordUsageSuccess?: RecordUsageSuccessResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  Tenant?: TenantResolvers<ContextType>;
  UsageEvent?: UsageEventResolvers<ContextType>;
  UsageEventConflict?: UsageEventConflictResolvers<ContextType>;
  UsageEventConnection?: UsageEventConnectionResolvers<ContextType>;
  UsageEventEdge?: UsageEventEdgeResolvers<ContextType>;
  UsageRefused?: UsageRefusedResolvers<ContextType>;
  UsageRejection?: UsageRejectionResolvers<ContextType>;
  UsageTotal?: UsageTotalResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = BillingContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
