import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Model as ModelModel, ModelVersion as ModelVersionModel } from '../domain/model.ts';
import type { ModelsContext } from '../context.ts';
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
  SafeInt: { input: number; output: number | bigint; }
  _FieldSet: { input: string; output: string; }
};

/** The artifact cannot be used. */
export type ArtifactRefused = UserError & {
  __typename?: 'ArtifactRefused';
  /** A code for the reason, such as CATEGORICAL_SPLIT. */
  code: Scalars['String']['output'];
  /** What is wrong with it, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** Where in the artifact. */
  path: Scalars['String']['output'];
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

/** A family of scoring models under one name, such as uplift. */
export type Model = {
  __typename?: 'Model';
  /** The model's name. */
  name: Scalars['String']['output'];
  /** Its versions, newest first. */
  versions: Array<ModelVersion>;
};

/** Where a model answers. */
export type ModelEnvironment =
  /** What crews and reports rest on. */
  | 'PRODUCTION';

/** What kind of model a version is. */
export type ModelKind =
  /** Two boosted-tree models, one for treated and one for untreated properties; the score is their difference. */
  | 'XGBOOST_UPLIFT_PAIR';

/** Where a model version stands. */
export type ModelState =
  /** The one that answers. */
  | 'CHAMPION'
  /** Known, not answering. */
  | 'REGISTERED';

/** One version of a model; it never changes once registered. */
export type ModelVersion = {
  __typename?: 'ModelVersion';
  /** The sha-256 of the artifact, in hex. */
  artifactSha256: Scalars['String']['output'];
  /** The features it reads, in order. */
  features: Array<Scalars['String']['output']>;
  /** The version's id. */
  id: Scalars['ID']['output'];
  /** What kind of model it is. */
  kind: ModelKind;
  /** The name of the model it is a version of. */
  modelName: Scalars['String']['output'];
  /** When it was registered. */
  registeredAt: Scalars['DateTime']['output'];
  /** Where the version stands. */
  state: ModelState;
  /** How many trees vote, over both arms. */
  treeCount: Scalars['Int']['output'];
  /** The version's own name, such as v2. */
  version: Scalars['String']['output'];
};

/** This version is registered already, and versions never change. */
export type ModelVersionExists = UserError & {
  __typename?: 'ModelVersionExists';
  /** What happened, in a sentence for a person. */
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
  /** Registers a version of a model from its artifact, after checking every number in it. Models of one's own are part of STANDARD and ENTERPRISE. */
  registerModel: Maybe<RegisterModelResult>;
};


export type MutationRegisterModelArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RegisterModelInput;
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

export type Query = {
  __typename?: 'Query';
  /** The version that answers for this name, or null. */
  activeModel: Maybe<ModelVersion>;
  /** The model of this name, or null. */
  model: Maybe<Model>;
  /** The model version of this id, or null. */
  modelVersion: Maybe<ModelVersion>;
  /** All models you can score with. */
  models: Maybe<Array<Model>>;
};


export type QueryActiveModelArgs = {
  environment: ModelEnvironment;
  name: Scalars['String']['input'];
};


export type QueryModelArgs = {
  name: Scalars['String']['input'];
};


export type QueryModelVersionArgs = {
  id: Scalars['ID']['input'];
};

/** A new model version. */
export type RegisterModelInput = {
  /** The two trained models. */
  artifact: UpliftPairArtifactInput;
  /** The model's name: lower-case letters, digits and dashes. */
  name: Scalars['String']['input'];
  /** What kind of model it is. */
  type: ModelKind;
  /** The version's name. */
  version: Scalars['String']['input'];
};

/** What came of registering a model version. */
export type RegisterModelResult = ArtifactRefused | IdempotencyKeyReused | InvalidInput | ModelVersionExists | RegisterModelSuccess;

/** The version is registered. */
export type RegisterModelSuccess = {
  __typename?: 'RegisterModelSuccess';
  /** The new version. */
  modelVersion: ModelVersion;
};

/** An uplift pair as XGBoost saved it. */
export type UpliftPairArtifactInput = {
  /** The JSON text of the model trained on untreated properties. */
  controlJson: Scalars['String']['input'];
  /** The JSON text of the model trained on treated properties. */
  treatedJson: Scalars['String']['input'];
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
  ModelVersion: ModelVersion;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ModelVersion:
    ( { __typename: 'ModelVersion' }
    & GraphQLRecursivePick<FederationTypes['ModelVersion'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  RegisterModelResult:
    | ( ArtifactRefused & { __typename: 'ArtifactRefused' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( ModelVersionExists & { __typename: 'ModelVersionExists' } )
    | ( Omit<RegisterModelSuccess, 'modelVersion'> & { modelVersion: _RefType['ModelVersion'] } & { __typename: 'RegisterModelSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( ArtifactRefused )
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( ModelVersionExists )
    | ( NotFound )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ArtifactRefused: ResolverTypeWrapper<ArtifactRefused>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Model: ResolverTypeWrapper<ModelModel>;
  ModelEnvironment: ModelEnvironment;
  ModelKind: ModelKind;
  ModelState: ModelState;
  ModelVersion: ResolverTypeWrapper<ModelVersionModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ModelVersionExists: ResolverTypeWrapper<ModelVersionExists>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterModelInput: RegisterModelInput;
  RegisterModelResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterModelResult']>;
  RegisterModelSuccess: ResolverTypeWrapper<Omit<RegisterModelSuccess, 'modelVersion'> & { modelVersion: ResolversTypes['ModelVersion'] }>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  UpliftPairArtifactInput: UpliftPairArtifactInput;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ArtifactRefused: ArtifactRefused;
  DateTime: Scalars['DateTime']['output'];
  IdempotencyKeyReused: IdempotencyKeyReused;
  InvalidInput: InvalidInput;
  LocalDate: Scalars['LocalDate']['output'];
  Model: ModelModel;
  ModelVersion: ModelVersionModel;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  ModelVersionExists: ModelVersionExists;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  RegisterModelInput: RegisterModelInput;
  RegisterModelResult: ResolversUnionTypes<ResolversParentTypes>['RegisterModelResult'];
  RegisterModelSuccess: Omit<RegisterModelSuccess, 'modelVersion'> & { modelVersion: ResolversParentTypes['ModelVersion'] };
  SafeInt: Scalars['SafeInt']['output'];
  UpliftPairArtifactInput: UpliftPairArtifactInput;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  String: Scalars['String']['output'];
};

export type ArgumentRequiresScopesDirectiveArgs = {
  scopes: Array<Array<Scalars['String']['input']>>;
};

export type ArgumentRequiresScopesDirectiveResolver<Result, Parent, ContextType = ModelsContext, Args = ArgumentRequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = ModelsContext, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresPlanDirectiveArgs = {
  tiers: Array<Scalars['String']['input']>;
};

export type RequiresPlanDirectiveResolver<Result, Parent, ContextType = ModelsContext, Args = RequiresPlanDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ArtifactRefusedResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['ArtifactRefused'] = ResolversParentTypes['ArtifactRefused']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type IdempotencyKeyReusedResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type ModelResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  versions?: Resolver<Array<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export type ModelVersionResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['ModelVersion'] = ResolversParentTypes['ModelVersion'], FederationReferenceType extends FederationReferenceTypes['ModelVersion'] = FederationReferenceTypes['ModelVersion']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ModelVersion']> | FederationReferenceType, FederationReferenceType, ContextType>;
  artifactSha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  features?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ModelKind'], ParentType, ContextType>;
  modelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  registeredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ModelState'], ParentType, ContextType>;
  treeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ModelVersionExistsResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['ModelVersionExists'] = ResolversParentTypes['ModelVersionExists']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  registerModel?: Resolver<Maybe<ResolversTypes['RegisterModelResult']>, ParentType, ContextType, RequireFields<MutationRegisterModelArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  activeModel?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType, RequireFields<QueryActiveModelArgs, 'environment' | 'name'>>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType, RequireFields<QueryModelArgs, 'name'>>;
  modelVersion?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType, RequireFields<QueryModelVersionArgs, 'id'>>;
  models?: Resolver<Maybe<Array<ResolversTypes['Model']>>, ParentType, ContextType>;
};

export type RegisterModelResultResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['RegisterModelResult'] = ResolversParentTypes['RegisterModelResult']> = {
  __resolveType: TypeResolveFn<'ArtifactRefused' | 'IdempotencyKeyReused' | 'InvalidInput' | 'ModelVersionExists' | 'RegisterModelSuccess', ParentType, ContextType>;
};

export type RegisterModelSuccessResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['RegisterModelSuccess'] = ResolversParentTypes['RegisterModelSuccess']> = {
  modelVersion?: Resolver<ResolversTypes['ModelVersion'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type UserErrorResolvers<ContextType = ModelsContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'ArtifactRefused' | 'IdempotencyKeyReused' | 'InvalidInput' | 'ModelVersionExists' | 'NotFound', ParentType, ContextType>;
};

export type Resolvers<ContextType = ModelsContext> = {
  ArtifactRefused?: ArtifactRefusedResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Model?: ModelResolvers<ContextType>;
  ModelVersion?: ModelVersionResolvers<ContextType>;
  ModelVersionExists?: ModelVersionExistsResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterModelResult?: RegisterModelResultResolvers<ContextType>;
  RegisterModelSuccess?: RegisterModelSuccessResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = ModelsContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
