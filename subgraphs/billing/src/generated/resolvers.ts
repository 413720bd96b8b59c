import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Plan as PlanModel, ShownCharge as PlanChargeModel } from '../domain/plan.ts';
import type { Money as MoneyModel } from '@stormops/chassis/values/money';
import type { BillingContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
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
};

/** A contractor company that works storms on this platform. */
export type Tenant = {
  __typename?: 'Tenant';
  /** The tenant's id. */
  id: Scalars['ID']['output'];
  /** The plan the company is on; null while it cannot be read. */
  plan: Maybe<Plan>;
};

/** What is counted. */
export type UsageMetric =
  /** Journey events received. */
  | 'JOURNEY_EVENTS'
  /** Rows scored by a model. */
  | 'MODEL_CALLS'
  /** Properties processed. */
  | 'PROPERTIES'
  /** Storms created. */
  | 'STORMS';



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



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  LimitKind: LimitKind;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<MoneyModel>;
  MoneyInput: MoneyInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Plan: ResolverTypeWrapper<PlanModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  PlanCharge: ResolverTypeWrapper<PlanChargeModel>;
  PlanTier: PlanTier;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  Tenant: ResolverTypeWrapper<Omit<Tenant, 'plan'> & { plan?: Maybe<ResolversTypes['Plan']> }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  UsageMetric: UsageMetric;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  LocalDate: Scalars['LocalDate']['output'];
  Money: MoneyModel;
  MoneyInput: MoneyInput;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Plan: PlanModel;
  Int: Scalars['Int']['output'];
  PlanCharge: PlanChargeModel;
  Query: Record<PropertyKey, never>;
  SafeInt: Scalars['SafeInt']['output'];
  Tenant: Omit<Tenant, 'plan'> & { plan?: Maybe<ResolversParentTypes['Plan']> } | FederationReferenceTypes['Tenant'];
  ID: Scalars['ID']['output'];
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

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MoneyResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
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
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type TenantResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant'], FederationReferenceType extends FederationReferenceTypes['Tenant'] = FederationReferenceTypes['Tenant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tenant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = BillingContext> = {
  DateTime?: GraphQLScalarType;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Plan?: PlanResolvers<ContextType>;
  PlanCharge?: PlanChargeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  Tenant?: TenantResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = BillingContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
