import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Tenant as TenantModel } from '../domain/tenant.ts';
import type { AuditEvent as AuditEventModel } from '../domain/audit-event.ts';
import type { Member as MemberModel } from '../domain/member.ts';
import type { Session as SessionModel } from '../domain/session.ts';
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

/** Your company has a member with this address. */
export type AlreadyMember = UserError & {
  __typename?: 'AlreadyMember';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

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

/** A member's new role. */
export type ChangeMemberRoleInput = {
  /** The member's id. */
  memberId: Scalars['ID']['input'];
  /** What the member may do from now on. */
  role: MemberRole;
};

/** What came of changing a role. */
export type ChangeMemberRoleResult = ChangeMemberRoleSuccess | IdempotencyKeyReused | LastOwner | NotFound | RoleNotYours;

/** The member has the role. */
export type ChangeMemberRoleSuccess = {
  __typename?: 'ChangeMemberRoleSuccess';
  /** The member. */
  member: Member;
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

/** Somebody to take in. */
export type InviteMemberInput = {
  /** The e-mail address to sign in with. */
  email: Scalars['String']['input'];
  /** What the member may do. */
  role: MemberRole;
};

/** What came of taking somebody in. */
export type InviteMemberResult = AlreadyMember | IdempotencyKeyReused | InvalidInput | InviteMemberSuccess | RoleNotYours;

/** The person is a member, and an invitation is on its way. */
export type InviteMemberSuccess = {
  __typename?: 'InviteMemberSuccess';
  /** The new member. */
  member: Member;
};

/** A company has at least one owner, and this is the last. */
export type LastOwner = UserError & {
  __typename?: 'LastOwner';
  /** What happened and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** A person in a company. */
export type Member = {
  __typename?: 'Member';
  /** When the member was taken in. */
  createdAt: Scalars['DateTime']['output'];
  /** The e-mail address the member signs in with. */
  email: Scalars['String']['output'];
  /** The member's id. */
  id: Scalars['ID']['output'];
  /** What the member may do. */
  role: Role;
};

/** One page of members. */
export type MemberConnection = {
  __typename?: 'MemberConnection';
  /** The members of this page with their cursors. */
  edges: Array<MemberEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** A member on a page. */
export type MemberEdge = {
  __typename?: 'MemberEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The member. */
  node: Member;
};

/** What a person can be in a company. */
export type MemberRole =
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
  /** Reading without personal data. */
  | 'VIEWER';

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
  /** Changes what a member may do. A role that may do less ends the member's sessions in your company. */
  changeMemberRole: Maybe<ChangeMemberRoleResult>;
  /** Takes somebody into your company, and tells them by mail how to sign in. */
  inviteMember: Maybe<InviteMemberResult>;
  /** Opens a company on the platform with a plan and its first owner. Staff only. */
  provisionTenant: Maybe<ProvisionTenantResult>;
  /** Lets a suspended company work again. Staff only. */
  reactivateTenant: Maybe<ReactivateTenantResult>;
  /** Signs in with the token of a link, which works once. Sets the refresh token as a cookie. */
  redeemMagicLink: Maybe<RedeemMagicLinkResult>;
  /** Gives a new access token, and a new refresh token in place of the one that was sent. Ask without an access token. */
  refreshSession: Maybe<RefreshSessionResult>;
  /** Takes a member out of your company, and ends the member's sessions in it. */
  removeMember: Maybe<RemoveMemberResult>;
  /** Sends a link to sign in to an e-mail address. Answers the same whether somebody has the address or nobody. */
  requestMagicLink: Maybe<RequestMagicLinkResult>;
  /** Ends one of your sessions, on whichever machine it is. */
  revokeSession: Maybe<RevokeSessionResult>;
  /** Ends the session you are signed in with, and forgets its cookie. */
  signOut: Maybe<SignOutResult>;
  /** Makes a company read-only. Staff only. */
  suspendTenant: Maybe<SuspendTenantResult>;
  /** Goes on in another company you are a member of, with a token for it. */
  switchTenant: Maybe<SwitchTenantResult>;
};


export type MutationChangeMemberRoleArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ChangeMemberRoleInput;
};


export type MutationInviteMemberArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: InviteMemberInput;
};


export type MutationProvisionTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ProvisionTenantInput;
};


export type MutationReactivateTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ReactivateTenantInput;
};


export type MutationRedeemMagicLinkArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RedeemMagicLinkInput;
};


export type MutationRefreshSessionArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input?: InputMaybe<RefreshSessionInput>;
};


export type MutationRemoveMemberArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RemoveMemberInput;
};


export type MutationRequestMagicLinkArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RequestMagicLinkInput;
};


export type MutationRevokeSessionArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RevokeSessionInput;
};


export type MutationSignOutArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationSuspendTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: SuspendTenantInput;
};


export type MutationSwitchTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: SwitchTenantInput;
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

export type Query = {
  __typename?: 'Query';
  /** Whether your company's audit is whole. Reads all of it, so ask now and then and not on every page. */
  auditChain: Maybe<AuditChain>;
  /** What was done in your company, newest first. */
  auditEvents: Maybe<AuditEventConnection>;
  /** The people of your company, newest first. */
  members: Maybe<MemberConnection>;
  /** Where you are signed in, the last used first. */
  sessions: Maybe<Array<Session>>;
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


export type QueryMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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

/** The token of a link. */
export type RedeemMagicLinkInput = {
  /** The company to begin with; when left out, the one you last worked for, or your first. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
  /** What follows `token=` in the link. */
  token: Scalars['String']['input'];
};

/** What came of signing in. */
export type RedeemMagicLinkResult = IdempotencyKeyReused | NotFound | RedeemMagicLinkSuccess | SignInLinkInvalid;

/** You are signed in. */
export type RedeemMagicLinkSuccess = {
  __typename?: 'RedeemMagicLinkSuccess';
  /** What to work with. */
  session: SignedInSession;
};

/** What a program without cookies sends to go on. */
export type RefreshSessionInput = {
  /** The refresh token of the last answer's Set-Cookie; the cookie itself when left out. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** What came of asking for a new access token. */
export type RefreshSessionResult = IdempotencyKeyReused | RefreshSessionSuccess;

/** You are still signed in. */
export type RefreshSessionSuccess = {
  __typename?: 'RefreshSessionSuccess';
  /** What to work with. */
  session: SignedInSession;
};

/** The member to take out. */
export type RemoveMemberInput = {
  /** The member's id. */
  memberId: Scalars['ID']['input'];
};

/** What came of taking a member out. */
export type RemoveMemberResult = IdempotencyKeyReused | LastOwner | NotFound | RemoveMemberSuccess | RoleNotYours;

/** The person is no member any more. */
export type RemoveMemberSuccess = {
  __typename?: 'RemoveMemberSuccess';
  /** The id of who was a member. */
  memberId: Scalars['ID']['output'];
};

/** Whom to send a link to sign in. */
export type RequestMagicLinkInput = {
  /** The e-mail address of a member of a company. */
  email: Scalars['String']['input'];
};

/** What came of asking for a link. */
export type RequestMagicLinkResult = IdempotencyKeyReused | InvalidInput | RequestMagicLinkSuccess;

/** If somebody has the address, a link is on its way. */
export type RequestMagicLinkSuccess = {
  __typename?: 'RequestMagicLinkSuccess';
  /** What to do now, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** The session to end. */
export type RevokeSessionInput = {
  /** The session's id. */
  sessionId: Scalars['ID']['input'];
};

/** What came of ending a session. */
export type RevokeSessionResult = IdempotencyKeyReused | NotFound | RevokeSessionSuccess;

/** The session has ended; its tokens are refused within a second. */
export type RevokeSessionSuccess = {
  __typename?: 'RevokeSessionSuccess';
  /** The session's id. */
  sessionId: Scalars['ID']['output'];
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

/** The role may do something that you may not, so you can neither give it nor take it away. */
export type RoleNotYours = UserError & {
  __typename?: 'RoleNotYours';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The permissions that you lack. */
  missingScopes: Array<Scalars['String']['output']>;
};

/** A browser or program in which a person is signed in. */
export type Session = {
  __typename?: 'Session';
  /** When the person signed in. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether it is the one that asks. */
  current: Scalars['Boolean']['output'];
  /** The session's id. */
  id: Scalars['ID']['output'];
  /** When it last got a new access token. */
  lastUsedAt: Scalars['DateTime']['output'];
  /** What the browser or program calls itself, cut to 200 characters; null when it did not say. */
  userAgent: Maybe<Scalars['String']['output']>;
};

/** The link is not one of ours, was used before, or is older than a quarter of an hour. */
export type SignInLinkInvalid = UserError & {
  __typename?: 'SignInLinkInvalid';
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** What came of signing out. */
export type SignOutResult = IdempotencyKeyReused | SignOutSuccess;

/** You are signed out. */
export type SignOutSuccess = {
  __typename?: 'SignOutSuccess';
  /** When the session ended; null when there was none. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
};

/** What a person who is signed in works with: a token for the next minutes, and the companies to choose from. */
export type SignedInSession = {
  __typename?: 'SignedInSession';
  /** The token to send with each request, as `Authorization: Bearer …`. */
  accessToken: Scalars['String']['output'];
  /** When the token ends; ask for a new one with `refreshSession` before. */
  expiresAt: Scalars['DateTime']['output'];
  /** The company that the token is for. */
  tenant: SignedInTenant;
  /** Every company the person is a member of; change to another with `switchTenant`. */
  tenants: Array<SignedInTenant>;
};

/** A company, as far as somebody who signs in is told of it. */
export type SignedInTenant = {
  __typename?: 'SignedInTenant';
  /** The company's id. */
  id: Scalars['ID']['output'];
  /** The company's name. */
  name: Scalars['String']['output'];
  /** What the person may do in it. */
  role: Role;
  /** The company's short name. */
  slug: Scalars['String']['output'];
  /** Whether the company can work; who is in a suspended one can sign in and read. */
  status: TenantStatus;
};

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

/** The company to go on in. */
export type SwitchTenantInput = {
  /** The company's id. */
  tenantId: Scalars['ID']['input'];
};

/** What came of going to another company. */
export type SwitchTenantResult = IdempotencyKeyReused | NotFound | SwitchTenantSuccess;

/** You work for the other company now. */
export type SwitchTenantSuccess = {
  __typename?: 'SwitchTenantSuccess';
  /** What to work with. */
  session: SignedInSession;
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
  ChangeMemberRoleResult:
    | ( Omit<ChangeMemberRoleSuccess, 'member'> & { member: _RefType['Member'] } & { __typename: 'ChangeMemberRoleSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( LastOwner & { __typename: 'LastOwner' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RoleNotYours & { __typename: 'RoleNotYours' } )
  ;
  InviteMemberResult:
    | ( AlreadyMember & { __typename: 'AlreadyMember' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<InviteMemberSuccess, 'member'> & { member: _RefType['Member'] } & { __typename: 'InviteMemberSuccess' } )
    | ( RoleNotYours & { __typename: 'RoleNotYours' } )
  ;
  ProvisionTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<ProvisionTenantSuccess, 'tenant'> & { tenant: _RefType['Tenant'] } & { __typename: 'ProvisionTenantSuccess' } )
    | ( TenantNameTaken & { __typename: 'TenantNameTaken' } )
  ;
  ReactivateTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<ReactivateTenantSuccess, 'tenant'> & { tenant: _RefType['Tenant'] } & { __typename: 'ReactivateTenantSuccess' } )
  ;
  RedeemMagicLinkResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RedeemMagicLinkSuccess & { __typename: 'RedeemMagicLinkSuccess' } )
    | ( SignInLinkInvalid & { __typename: 'SignInLinkInvalid' } )
  ;
  RefreshSessionResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( RefreshSessionSuccess & { __typename: 'RefreshSessionSuccess' } )
  ;
  RemoveMemberResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( LastOwner & { __typename: 'LastOwner' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RemoveMemberSuccess & { __typename: 'RemoveMemberSuccess' } )
    | ( RoleNotYours & { __typename: 'RoleNotYours' } )
  ;
  RequestMagicLinkResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( RequestMagicLinkSuccess & { __typename: 'RequestMagicLinkSuccess' } )
  ;
  RevokeSessionResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RevokeSessionSuccess & { __typename: 'RevokeSessionSuccess' } )
  ;
  SignOutResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( SignOutSuccess & { __typename: 'SignOutSuccess' } )
  ;
  SuspendTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<SuspendTenantSuccess, 'tenant'> & { tenant: _RefType['Tenant'] } & { __typename: 'SuspendTenantSuccess' } )
  ;
  SwitchTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( SwitchTenantSuccess & { __typename: 'SwitchTenantSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( AlreadyMember )
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( LastOwner )
    | ( NotFound )
    | ( RoleNotYours )
    | ( SignInLinkInvalid )
    | ( TenantNameTaken )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AlreadyMember: ResolverTypeWrapper<AlreadyMember>;
  AuditChain: ResolverTypeWrapper<AuditChain>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AuditEvent: ResolverTypeWrapper<AuditEventModel>;
  AuditEventConnection: ResolverTypeWrapper<Omit<AuditEventConnection, 'edges'> & { edges: Array<ResolversTypes['AuditEventEdge']> }>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  ChangeMemberRoleInput: ChangeMemberRoleInput;
  ChangeMemberRoleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangeMemberRoleResult']>;
  ChangeMemberRoleSuccess: ResolverTypeWrapper<Omit<ChangeMemberRoleSuccess, 'member'> & { member: ResolversTypes['Member'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  InviteMemberInput: InviteMemberInput;
  InviteMemberResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['InviteMemberResult']>;
  InviteMemberSuccess: ResolverTypeWrapper<Omit<InviteMemberSuccess, 'member'> & { member: ResolversTypes['Member'] }>;
  LastOwner: ResolverTypeWrapper<LastOwner>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Member: ResolverTypeWrapper<MemberModel>;
  MemberConnection: ResolverTypeWrapper<Omit<MemberConnection, 'edges'> & { edges: Array<ResolversTypes['MemberEdge']> }>;
  MemberEdge: ResolverTypeWrapper<Omit<MemberEdge, 'node'> & { node: ResolversTypes['Member'] }>;
  MemberRole: MemberRole;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PlanTier: PlanTier;
  ProvisionTenantInput: ProvisionTenantInput;
  ProvisionTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ProvisionTenantResult']>;
  ProvisionTenantSuccess: ResolverTypeWrapper<Omit<ProvisionTenantSuccess, 'tenant'> & { tenant: ResolversTypes['Tenant'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ReactivateTenantInput: ReactivateTenantInput;
  ReactivateTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReactivateTenantResult']>;
  ReactivateTenantSuccess: ResolverTypeWrapper<Omit<ReactivateTenantSuccess, 'tenant'> & { tenant: ResolversTypes['Tenant'] }>;
  RedeemMagicLinkInput: RedeemMagicLinkInput;
  RedeemMagicLinkResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RedeemMagicLinkResult']>;
  RedeemMagicLinkSuccess: ResolverTypeWrapper<RedeemMagicLinkSuccess>;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefreshSessionResult']>;
  RefreshSessionSuccess: ResolverTypeWrapper<RefreshSessionSuccess>;
  RemoveMemberInput: RemoveMemberInput;
  RemoveMemberResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RemoveMemberResult']>;
  RemoveMemberSuccess: ResolverTypeWrapper<RemoveMemberSuccess>;
  RequestMagicLinkInput: RequestMagicLinkInput;
  RequestMagicLinkResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RequestMagicLinkResult']>;
  RequestMagicLinkSuccess: ResolverTypeWrapper<RequestMagicLinkSuccess>;
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeSessionResult']>;
  RevokeSessionSuccess: ResolverTypeWrapper<RevokeSessionSuccess>;
  Role: Role;
  RoleNotYours: ResolverTypeWrapper<RoleNotYours>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  Session: ResolverTypeWrapper<SessionModel>;
  SignInLinkInvalid: ResolverTypeWrapper<SignInLinkInvalid>;
  SignOutResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SignOutResult']>;
  SignOutSuccess: ResolverTypeWrapper<SignOutSuccess>;
  SignedInSession: ResolverTypeWrapper<SignedInSession>;
  SignedInTenant: ResolverTypeWrapper<SignedInTenant>;
  SuspendTenantInput: SuspendTenantInput;
  SuspendTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SuspendTenantResult']>;
  SuspendTenantSuccess: ResolverTypeWrapper<Omit<SuspendTenantSuccess, 'tenant'> & { tenant: ResolversTypes['Tenant'] }>;
  SwitchTenantInput: SwitchTenantInput;
  SwitchTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SwitchTenantResult']>;
  SwitchTenantSuccess: ResolverTypeWrapper<SwitchTenantSuccess>;
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
  AlreadyMember: AlreadyMember;
  AuditChain: AuditChain;
  Boolean: Scalars['Boolean']['output'];
  AuditEvent: AuditEventModel;
  AuditEventConnection: Omit<AuditEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['AuditEventEdge']> };
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  ChangeMemberRoleInput: ChangeMemberRoleInput;
  ChangeMemberRoleResult: ResolversUnionTypes<ResolversParentTypes>['ChangeMemberRoleResult'];
  ChangeMemberRoleSuccess: Omit<ChangeMemberRoleSuccess, 'member'> & { member: ResolversParentTypes['Member'] };
  DateTime: Scalars['DateTime']['output'];
  IdempotencyKeyReused: IdempotencyKeyReused;
  InvalidInput: InvalidInput;
  InviteMemberInput: InviteMemberInput;
  InviteMemberResult: ResolversUnionTypes<ResolversParentTypes>['InviteMemberResult'];
  InviteMemberSuccess: Omit<InviteMemberSuccess, 'member'> & { member: ResolversParentTypes['Member'] };
  LastOwner: LastOwner;
  LocalDate: Scalars['LocalDate']['output'];
  Member: MemberModel;
  MemberConnection: Omit<MemberConnection, 'edges'> & { edges: Array<ResolversParentTypes['MemberEdge']> };
  MemberEdge: Omit<MemberEdge, 'node'> & { node: ResolversParentTypes['Member'] };
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  ProvisionTenantInput: ProvisionTenantInput;
  ProvisionTenantResult: ResolversUnionTypes<ResolversParentTypes>['ProvisionTenantResult'];
  ProvisionTenantSuccess: Omit<ProvisionTenantSuccess, 'tenant'> & { tenant: ResolversParentTypes['Tenant'] };
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  ReactivateTenantInput: ReactivateTenantInput;
  ReactivateTenantResult: ResolversUnionTypes<ResolversParentTypes>['ReactivateTenantResult'];
  ReactivateTenantSuccess: Omit<ReactivateTenantSuccess, 'tenant'> & { tenant: ResolversParentTypes['Tenant'] };
  RedeemMagicLinkInput: RedeemMagicLinkInput;
  RedeemMagicLinkResult: ResolversUnionTypes<ResolversParentTypes>['RedeemMagicLinkResult'];
  RedeemMagicLinkSuccess: RedeemMagicLinkSuccess;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionResult: ResolversUnionTypes<ResolversParentTypes>['RefreshSessionResult'];
  RefreshSessionSuccess: RefreshSessionSuccess;
  RemoveMemberInput: RemoveMemberInput;
  RemoveMemberResult: ResolversUnionTypes<ResolversParentTypes>['RemoveMemberResult'];
  RemoveMemberSuccess: RemoveMemberSuccess;
  RequestMagicLinkInput: RequestMagicLinkInput;
  RequestMagicLinkResult: ResolversUnionTypes<ResolversParentTypes>['RequestMagicLinkResult'];
  RequestMagicLinkSuccess: RequestMagicLinkSuccess;
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionResult: ResolversUnionTypes<ResolversParentTypes>['RevokeSessionResult'];
  RevokeSessionSuccess: RevokeSessionSuccess;
  RoleNotYours: RoleNotYours;
  SafeInt: Scalars['SafeInt']['output'];
  Session: SessionModel;
  SignInLinkInvalid: SignInLinkInvalid;
  SignOutResult: ResolversUnionTypes<ResolversParentTypes>['SignOutResult'];
  SignOutSuccess: SignOutSuccess;
  SignedInSession: SignedInSession;
  SignedInTenant: SignedInTenant;
  SuspendTenantInput: SuspendTenantInput;
  SuspendTenantResult: ResolversUnionTypes<ResolversParentTypes>['SuspendTenantResult'];
  SuspendTenantSuccess: Omit<SuspendTenantSuccess, 'tenant'> & { tenant: ResolversParentTypes['Tenant'] };
  SwitchTenantInput: SwitchTenantInput;
  SwitchTenantResult: ResolversUnionTypes<ResolversParentTypes>['SwitchTenantResult'];
  SwitchTenantSuccess: SwitchTenantSuccess;
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

export type AlreadyMemberResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['AlreadyMember'] = ResolversParentTypes['AlreadyMember']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type ChangeMemberRoleResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ChangeMemberRoleResult'] = ResolversParentTypes['ChangeMemberRoleResult']> = {
  __resolveType: TypeResolveFn<'ChangeMemberRoleSuccess' | 'IdempotencyKeyReused' | 'LastOwner' | 'NotFound' | 'RoleNotYours', ParentType, ContextType>;
};

export type ChangeMemberRoleSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ChangeMemberRoleSuccess'] = ResolversParentTypes['ChangeMemberRoleSuccess']> = {
  member?: Resolver<ResolversTypes['Member'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type InviteMemberResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['InviteMemberResult'] = ResolversParentTypes['InviteMemberResult']> = {
  __resolveType: TypeResolveFn<'AlreadyMember' | 'IdempotencyKeyReused' | 'InvalidInput' | 'InviteMemberSuccess' | 'RoleNotYours', ParentType, ContextType>;
};

export type InviteMemberSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['InviteMemberSuccess'] = ResolversParentTypes['InviteMemberSuccess']> = {
  member?: Resolver<ResolversTypes['Member'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LastOwnerResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['LastOwner'] = ResolversParentTypes['LastOwner']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MemberResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Member'] = ResolversParentTypes['Member']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type MemberConnectionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['MemberConnection'] = ResolversParentTypes['MemberConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MemberEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MemberEdgeResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['MemberEdge'] = ResolversParentTypes['MemberEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Member'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  changeMemberRole?: Resolver<Maybe<ResolversTypes['ChangeMemberRoleResult']>, ParentType, ContextType, RequireFields<MutationChangeMemberRoleArgs, 'input'>>;
  inviteMember?: Resolver<Maybe<ResolversTypes['InviteMemberResult']>, ParentType, ContextType, RequireFields<MutationInviteMemberArgs, 'input'>>;
  provisionTenant?: Resolver<Maybe<ResolversTypes['ProvisionTenantResult']>, ParentType, ContextType, RequireFields<MutationProvisionTenantArgs, 'input'>>;
  reactivateTenant?: Resolver<Maybe<ResolversTypes['ReactivateTenantResult']>, ParentType, ContextType, RequireFields<MutationReactivateTenantArgs, 'input'>>;
  redeemMagicLink?: Resolver<Maybe<ResolversTypes['RedeemMagicLinkResult']>, ParentType, ContextType, RequireFields<MutationRedeemMagicLinkArgs, 'input'>>;
  refreshSession?: Resolver<Maybe<ResolversTypes['RefreshSessionResult']>, ParentType, ContextType, Partial<MutationRefreshSessionArgs>>;
  removeMember?: Resolver<Maybe<ResolversTypes['RemoveMemberResult']>, ParentType, ContextType, RequireFields<MutationRemoveMemberArgs, 'input'>>;
  requestMagicLink?: Resolver<Maybe<ResolversTypes['RequestMagicLinkResult']>, ParentType, ContextType, RequireFields<MutationRequestMagicLinkArgs, 'input'>>;
  revokeSession?: Resolver<Maybe<ResolversTypes['RevokeSessionResult']>, ParentType, ContextType, RequireFields<MutationRevokeSessionArgs, 'input'>>;
  signOut?: Resolver<Maybe<ResolversTypes['SignOutResult']>, ParentType, ContextType, Partial<MutationSignOutArgs>>;
  suspendTenant?: Resolver<Maybe<ResolversTypes['SuspendTenantResult']>, ParentType, ContextType, RequireFields<MutationSuspendTenantArgs, 'input'>>;
  switchTenant?: Resolver<Maybe<ResolversTypes['SwitchTenantResult']>, ParentType, ContextType, RequireFields<MutationSwitchTenantArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProvisionTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ProvisionTenantResult'] = ResolversParentTypes['ProvisionTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'ProvisionTenantSuccess' | 'TenantNameTaken', ParentType, ContextType>;
};

export type ProvisionTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ProvisionTenantSuccess'] = ResolversParentTypes['ProvisionTenantSuccess']> = {
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditChain?: Resolver<Maybe<ResolversTypes['AuditChain']>, ParentType, ContextType>;
  auditEvents?: Resolver<Maybe<ResolversTypes['AuditEventConnection']>, ParentType, ContextType, RequireFields<QueryAuditEventsArgs, 'first'>>;
  members?: Resolver<Maybe<ResolversTypes['MemberConnection']>, ParentType, ContextType, RequireFields<QueryMembersArgs, 'first'>>;
  sessions?: Resolver<Maybe<Array<ResolversTypes['Session']>>, ParentType, ContextType>;
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

export type RedeemMagicLinkResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RedeemMagicLinkResult'] = ResolversParentTypes['RedeemMagicLinkResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'RedeemMagicLinkSuccess' | 'SignInLinkInvalid', ParentType, ContextType>;
};

export type RedeemMagicLinkSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RedeemMagicLinkSuccess'] = ResolversParentTypes['RedeemMagicLinkSuccess']> = {
  session?: Resolver<ResolversTypes['SignedInSession'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefreshSessionResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RefreshSessionResult'] = ResolversParentTypes['RefreshSessionResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'RefreshSessionSuccess', ParentType, ContextType>;
};

export type RefreshSessionSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RefreshSessionSuccess'] = ResolversParentTypes['RefreshSessionSuccess']> = {
  session?: Resolver<ResolversTypes['SignedInSession'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RemoveMemberResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RemoveMemberResult'] = ResolversParentTypes['RemoveMemberResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'LastOwner' | 'NotFound' | 'RemoveMemberSuccess' | 'RoleNotYours', ParentType, ContextType>;
};

export type RemoveMemberSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RemoveMemberSuccess'] = ResolversParentTypes['RemoveMemberSuccess']> = {
  memberId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RequestMagicLinkResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RequestMagicLinkResult'] = ResolversParentTypes['RequestMagicLinkResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'RequestMagicLinkSuccess', ParentType, ContextType>;
};

export type RequestMagicLinkSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RequestMagicLinkSuccess'] = ResolversParentTypes['RequestMagicLinkSuccess']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeSessionResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RevokeSessionResult'] = ResolversParentTypes['RevokeSessionResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'RevokeSessionSuccess', ParentType, ContextType>;
};

export type RevokeSessionSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RevokeSessionSuccess'] = ResolversParentTypes['RevokeSessionSuccess']> = {
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleNotYoursResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RoleNotYours'] = ResolversParentTypes['RoleNotYours']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  missingScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SessionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userAgent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SignInLinkInvalidResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SignInLinkInvalid'] = ResolversParentTypes['SignInLinkInvalid']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignOutResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SignOutResult'] = ResolversParentTypes['SignOutResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'SignOutSuccess', ParentType, ContextType>;
};

export type SignOutSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SignOutSuccess'] = ResolversParentTypes['SignOutSuccess']> = {
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignedInSessionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SignedInSession'] = ResolversParentTypes['SignedInSession']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['SignedInTenant'], ParentType, ContextType>;
  tenants?: Resolver<Array<ResolversTypes['SignedInTenant']>, ParentType, ContextType>;
};

export type SignedInTenantResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SignedInTenant'] = ResolversParentTypes['SignedInTenant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TenantStatus'], ParentType, ContextType>;
};

export type SuspendTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SuspendTenantResult'] = ResolversParentTypes['SuspendTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'SuspendTenantSuccess', ParentType, ContextType>;
};

export type SuspendTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SuspendTenantSuccess'] = ResolversParentTypes['SuspendTenantSuccess']> = {
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SwitchTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SwitchTenantResult'] = ResolversParentTypes['SwitchTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'SwitchTenantSuccess', ParentType, ContextType>;
};

export type SwitchTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SwitchTenantSuccess'] = ResolversParentTypes['SwitchTenantSuccess']> = {
  session?: Resolver<ResolversTypes['SignedInSession'], ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'AlreadyMember' | 'IdempotencyKeyReused' | 'InvalidInput' | 'LastOwner' | 'NotFound' | 'RoleNotYours' | 'SignInLinkInvalid' | 'TenantNameTaken', ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = TenancyContext> = {
  Actor?: ActorResolvers<ContextType>;
  AlreadyMember?: AlreadyMemberResolvers<ContextType>;
  AuditChain?: AuditChainResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  ChangeMemberRoleResult?: ChangeMemberRoleResultResolvers<ContextType>;
  ChangeMemberRoleSuccess?: ChangeMemberRoleSuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  InviteMemberResult?: InviteMemberResultResolvers<ContextType>;
  InviteMemberSuccess?: InviteMemberSuccessResolvers<ContextType>;
  LastOwner?: LastOwnerResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Member?: MemberResolvers<ContextType>;
  MemberConnection?: MemberConnectionResolvers<ContextType>;
  MemberEdge?: MemberEdgeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ProvisionTenantResult?: ProvisionTenantResultResolvers<ContextType>;
  ProvisionTenantSuccess?: ProvisionTenantSuccessResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReactivateTenantResult?: ReactivateTenantResultResolvers<ContextType>;
  ReactivateTenantSuccess?: ReactivateTenantSuccessResolvers<ContextType>;
  RedeemMagicLinkResult?: RedeemMagicLinkResultResolvers<ContextType>;
  RedeemMagicLinkSuccess?: RedeemMagicLinkSuccessResolvers<ContextType>;
  RefreshSessionResult?: RefreshSessionResultResolvers<ContextType>;
  RefreshSessionSuccess?: RefreshSessionSuccessResolvers<ContextType>;
  RemoveMemberResult?: RemoveMemberResultResolvers<ContextType>;
  RemoveMemberSuccess?: RemoveMemberSuccessResolvers<ContextType>;
  RequestMagicLinkResult?: RequestMagicLinkResultResolvers<ContextType>;
  RequestMagicLinkSuccess?: RequestMagicLinkSuccessResolvers<ContextType>;
  RevokeSessionResult?: RevokeSessionResultResolvers<ContextType>;
  RevokeSessionSuccess?: RevokeSessionSuccessResolvers<ContextType>;
  RoleNotYours?: RoleNotYoursResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  Session?: SessionResolvers<ContextType>;
  SignInLinkInvalid?: SignInLinkInvalidResolvers<ContextType>;
  SignOutResult?: SignOutResultResolvers<ContextType>;
  SignOutSuccess?: SignOutSuccessResolvers<ContextType>;
  SignedInSession?: SignedInSessionResolvers<ContextType>;
  SignedInTenant?: SignedInTenantResolvers<ContextType>;
  SuspendTenantResult?: SuspendTenantResultResolvers<ContextType>;
  SuspendTenantSuccess?: SuspendTenantSuccessResolvers<ContextType>;
  SwitchTenantResult?: SwitchTenantResultResolvers<ContextType>;
  SwitchTenantSuccess?: SwitchTenantSuccessResolvers<ContextType>;
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
