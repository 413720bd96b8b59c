import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Tenant as TenantModel } from '../domain/tenant.ts';
import type { Suspension as SuspensionModel } from '../domain/suspension.ts';
import type { AuditEvent as AuditEventModel } from '../domain/audit-event.ts';
import type { ApiKey as ApiKeyModel } from '../domain/api-key.ts';
import type { Impersonation as ImpersonationModel } from '../domain/impersonation.ts';
import type { CompanyMove as CompanyMoveModel } from '../domain/placement.ts';
import type { TenantInternals as TenantInternalsModel } from '../domain/tenant-internals.ts';
import type { PersistedOperation as PersistedOperationModel } from '../domain/persisted-operation.ts';
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
  SafeInt: { input: number; output: number | bigint; }
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

/** A key with which an outside system acts for your company. Its secret is shown once and kept nowhere. */
export type ApiKey = {
  __typename?: 'ApiKey';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether it is meant for the real thing or for trying out. */
  environment: ApiKeyEnvironment;
  /** When it ends by itself; null when it does not. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The key's id. */
  id: Scalars['ID']['output'];
  /** When it was last used, to the minute; null when it never was. */
  lastUsedAt: Maybe<Scalars['DateTime']['output']>;
  /** What you call it. */
  name: Scalars['String']['output'];
  /** How its secret begins, to recognise it by where it is used. */
  prefix: Scalars['String']['output'];
  /** When it was revoked; null when it was not. */
  revokedAt: Maybe<Scalars['DateTime']['output']>;
  /** What whoever has it may do. */
  scopes: Array<Scalars['String']['output']>;
  /** Whether it can be used. */
  status: ApiKeyStatus;
};

/** One page of API keys. */
export type ApiKeyConnection = {
  __typename?: 'ApiKeyConnection';
  /** The keys of this page with their cursors. */
  edges: Array<ApiKeyEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** An API key on a page. */
export type ApiKeyEdge = {
  __typename?: 'ApiKeyEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The key. */
  node: ApiKey;
};

/** The key was revoked or has expired, and cannot be used again. */
export type ApiKeyEnded = UserError & {
  __typename?: 'ApiKeyEnded';
  /** The key. */
  apiKey: ApiKey;
  /** What to do about it, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** What a key is meant for. Its secret says so, so that a key for trying out is noticed where it does not belong; both work on the same data. */
export type ApiKeyEnvironment =
  /** The real thing; the secret begins with so_live_. */
  | 'PRODUCTION'
  /** Trying out; the secret begins with so_test_. */
  | 'TEST';

/** Whether a key can be used. */
export type ApiKeyStatus =
  /** It can be used. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'EXPIRED'
  /** Somebody ended it. */
  | 'REVOKED';

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

/** A database that companies live in. The home cell is the platform's own; others hold the companies that were moved there. */
export type Cell = {
  __typename?: 'Cell';
  /** How many companies live in it; null while it does not answer. */
  companyCount: Maybe<Scalars['Int']['output']>;
  /** Whether it is the one that also holds people and their sessions. */
  isHome: Scalars['Boolean']['output'];
  /** Whether it answers now. The companies of one that does not cannot work until it does; all others can. */
  isReachable: Scalars['Boolean']['output'];
  /** The cell's short name. */
  name: Scalars['String']['output'];
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

/** A new API key. */
export type CreateApiKeyInput = {
  /** Whether it is meant for the real thing or for trying out. */
  environment?: InputMaybe<ApiKeyEnvironment>;
  /** When it ends by itself, in the future; when left out, it does not. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** What to call it, 1 to 100 characters; best after the system that will use it. */
  name: Scalars['String']['input'];
  /** What whoever has it may do: any of tenant:read, storms:read, storms:write, outcomes:write, scores:read, pilots:read, models:read, slos:read, jobs:read, billing:read and properties:pii that you may do yourself. When left out: tenant:read, storms:read, storms:write and outcomes:write. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** What came of making an API key. */
export type CreateApiKeyResult = CreateApiKeySuccess | IdempotencyKeyReused | InvalidInput | ScopesNotGranted | TooManyApiKeys;

/** The key is made. */
export type CreateApiKeySuccess = {
  __typename?: 'CreateApiKeySuccess';
  /** The new key. */
  apiKey: ApiKey;
  /** Its secret, this once: send it as a bearer token. Null when this repeats an earlier request. */
  secret: Maybe<Scalars['String']['output']>;
};

/** The impersonation to end. */
export type EndImpersonationInput = {
  /** The impersonation's id. */
  impersonationId: Scalars['ID']['input'];
};

/** What came of ending an impersonation. */
export type EndImpersonationResult = EndImpersonationSuccess | IdempotencyKeyReused | NotFound;

/** The impersonation has ended. */
export type EndImpersonationSuccess = {
  __typename?: 'EndImpersonationSuccess';
  /** When it ended. */
  endedAt: Scalars['DateTime']['output'];
  /** The impersonation's id. */
  id: Scalars['ID']['output'];
};

/** The idempotency key was used before with a different request. */
export type IdempotencyKeyReused = UserError & {
  __typename?: 'IdempotencyKeyReused';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** A time in which somebody who runs the platform acts in a company as one of its roles would. The company sees it here and in its audit. */
export type Impersonation = {
  __typename?: 'Impersonation';
  /** When it was ended before its time; null when it was not. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it ends by itself. */
  expiresAt: Scalars['DateTime']['output'];
  /** The impersonation's id. */
  id: Scalars['ID']['output'];
  /** Whether they can only look, and change nothing. */
  readOnly: Scalars['Boolean']['output'];
  /** Why, in the words of whoever began it. */
  reason: Scalars['String']['output'];
  /** The role whose permissions they have for the time. */
  role: Role;
  /** Who acts, as the audit names them. */
  staffId: Scalars['ID']['output'];
  /** When it began. */
  startedAt: Scalars['DateTime']['output'];
  /** The company acted in. */
  tenant: Tenant;
};

/** One page of impersonations. */
export type ImpersonationConnection = {
  __typename?: 'ImpersonationConnection';
  /** The impersonations of this page with their cursors. */
  edges: Array<ImpersonationEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** An impersonation on a page. */
export type ImpersonationEdge = {
  __typename?: 'ImpersonationEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The impersonation. */
  node: Impersonation;
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

/** The company to move. */
export type MoveTenantInput = {
  /** The short name of the cell it goes to. */
  cell: Scalars['String']['input'];
  /** The company's id. */
  tenantId: Scalars['ID']['input'];
};

/** What came of asking for a move. */
export type MoveTenantResult = IdempotencyKeyReused | InvalidInput | MoveTenantSuccess | NotFound;

/** The move waits for a worker. */
export type MoveTenantSuccess = {
  __typename?: 'MoveTenantSuccess';
  /** The move. */
  move: TenantMove;
};

/** One table of a company, as both databases had it before the switch. */
export type MovedTable = {
  __typename?: 'MovedTable';
  /** How many of them were written while the rest was copied. */
  caughtUpCount: Scalars['SafeInt']['output'];
  /** A sum over the hashes of all rows, the same on both sides. */
  hash: Scalars['String']['output'];
  /** The table's name. */
  name: Scalars['String']['output'];
  /** How many rows of the company it has. */
  rowCount: Scalars['SafeInt']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Changes what a member may do. A role that may do less ends the member's sessions in your company. */
  changeMemberRole: Maybe<ChangeMemberRoleResult>;
  /** Makes an API key. Its secret is in the answer and nowhere else, so keep it at once. */
  createApiKey: Maybe<CreateApiKeyResult>;
  /** Ends an impersonation within a second. For staff, and for whoever acts in it. */
  endImpersonation: Maybe<EndImpersonationResult>;
  /** Takes somebody into your company, and tells them by mail how to sign in. */
  inviteMember: Maybe<InviteMemberResult>;
  /** Moves a company to another database while it works. It can be read all the time, and not be changed for a moment. Staff only. */
  moveTenant: Maybe<MoveTenantResult>;
  /** Gives you a token of a lesser role for a quarter of an hour, to try the graph as that role sees it. */
  openSandboxSession: Maybe<OpenSandboxSessionResult>;
  /** Opens a company on the platform with a plan and its first owner. Staff only. */
  provisionTenant: Maybe<ProvisionTenantResult>;
  /** Publishes operations, all of the request's or none; those that are published already stay as they are. */
  publishOperations: Maybe<PublishOperationsResult>;
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
  /** Ends an operation: within five seconds nobody can ask for it any more. */
  retireOperation: Maybe<RetireOperationResult>;
  /** Ends a key and every secret of it, for good and within a second. A key that has ended stays as it is. */
  revokeApiKey: Maybe<RevokeApiKeyResult>;
  /** Ends one of your sessions, on whichever machine it is. */
  revokeSession: Maybe<RevokeSessionResult>;
  /** Gives a key a new secret. The one before goes on working for some hours, so that you can change it everywhere. */
  rotateApiKey: Maybe<RotateApiKeyResult>;
  /** Ends the session you are signed in with, and forgets its cookie. */
  signOut: Maybe<SignOutResult>;
  /** Lets a staff member act in a company for half an hour. The company's own audit tells of it. Staff only. */
  startImpersonation: Maybe<StartImpersonationResult>;
  /** Makes a company read-only. Staff only. */
  suspendTenant: Maybe<SuspendTenantResult>;
  /** Goes on in another company you are a member of, with a token for it. */
  switchTenant: Maybe<SwitchTenantResult>;
};


export type MutationChangeMemberRoleArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ChangeMemberRoleInput;
};


export type MutationCreateApiKeyArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CreateApiKeyInput;
};


export type MutationEndImpersonationArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: EndImpersonationInput;
};


export type MutationInviteMemberArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: InviteMemberInput;
};


export type MutationMoveTenantArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: MoveTenantInput;
};


export type MutationOpenSandboxSessionArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: OpenSandboxSessionInput;
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


export type MutationRetireOperationArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RetireOperationInput;
};


export type MutationRevokeApiKeyArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RevokeApiKeyInput;
};


export type MutationRevokeSessionArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RevokeSessionInput;
};


export type MutationRotateApiKeyArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RotateApiKeyInput;
};


export type MutationSignOutArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationStartImpersonationArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: StartImpersonationInput;
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

/** A role to try. */
export type OpenSandboxSessionInput = {
  /** A role of your company that may do nothing you may not, and that does not manage the company. */
  role: Role;
};

/** What came of opening a sandbox session. */
export type OpenSandboxSessionResult = IdempotencyKeyReused | OpenSandboxSessionSuccess | RoleNotLesser;

/** The session is open. */
export type OpenSandboxSessionSuccess = {
  __typename?: 'OpenSandboxSessionSuccess';
  /** The bearer token to try it with. It is still you: the audit says so. */
  accessToken: Scalars['String']['output'];
  /** When the token ends. */
  expiresAt: Scalars['DateTime']['output'];
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

/** Where a company lives. */
export type Placement = {
  __typename?: 'Placement';
  /** The short name of the cell that its data is in. */
  cell: Scalars['String']['output'];
  /** The move of the company that is not over yet; null when there is none. */
  move: Maybe<TenantMove>;
  /** The company. */
  tenant: Tenant;
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
  /** The database it is to live in, by its short name; where its plan says when left out. */
  cell?: InputMaybe<Scalars['String']['input']>;
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
  /** Its first API key, called First key. */
  apiKey: Maybe<ApiKey>;
  /** The secret of that key, this once. Null when this repeats an earlier request. */
  secret: Maybe<Scalars['String']['output']>;
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
  /** Your company's API keys, newest first, the ended ones among them. */
  apiKeys: Maybe<ApiKeyConnection>;
  /** Whether your company's audit is whole. Reads all of it, so ask now and then and not on every page. */
  auditChain: Maybe<AuditChain>;
  /** What was done in your company, newest first. */
  auditEvents: Maybe<AuditEventConnection>;
  /** The databases that companies live in. Staff only. */
  cells: Maybe<Array<Cell>>;
  /** When staff of the platform acted in your company, as which role and why, newest first. */
  impersonations: Maybe<ImpersonationConnection>;
  /** The people of your company, newest first. */
  members: Maybe<MemberConnection>;
  /** The operations that are published in your company, newest first. */
  persistedOperations: Maybe<PersistedOperationConnection>;
  /** Where a company lives. Staff only. */
  placement: Maybe<Placement>;
  /** Where you are signed in, the last used first. */
  sessions: Maybe<Array<Session>>;
  /** The company you work for. */
  tenant: Maybe<Tenant>;
  /** A move of a company. Staff only. */
  tenantMove: Maybe<TenantMove>;
  /** All companies on the platform, newest first. Staff only. */
  tenants: Maybe<TenantConnection>;
  /** Who you are, as the platform sees you. */
  viewer: Maybe<Viewer>;
};


export type QueryApiKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryAuditEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryImpersonationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPersistedOperationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeRetired?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryPlacementArgs = {
  tenantId: Scalars['ID']['input'];
};


export type QueryTenantMoveArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTenantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The company to reactivate. */
export type ReactivateTenantInput = {
  /** Why, for the audit. */
  reason?: InputMaybe<Scalars['String']['input']>;
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

/** The API key to revoke. */
export type RevokeApiKeyInput = {
  /** The key's id. */
  apiKeyId: Scalars['ID']['input'];
};

/** What came of revoking an API key. */
export type RevokeApiKeyResult = IdempotencyKeyReused | NotFound | RevokeApiKeySuccess;

/** The key has ended. */
export type RevokeApiKeySuccess = {
  __typename?: 'RevokeApiKeySuccess';
  /** The key. */
  apiKey: ApiKey;
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

/** The role may do something that you may not, or it manages the company, which no sandbox session does. */
export type RoleNotLesser = UserError & {
  __typename?: 'RoleNotLesser';
  /** Why, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The role that was asked for. */
  role: Role;
};

/** The role may do something that you may not, so you can neither give it nor take it away. */
export type RoleNotYours = UserError & {
  __typename?: 'RoleNotYours';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The permissions that you lack. */
  missingScopes: Array<Scalars['String']['output']>;
};

/** The API key to rotate. */
export type RotateApiKeyInput = {
  /** The key's id. */
  apiKeyId: Scalars['ID']['input'];
  /** Hours for which the secret it had goes on working, from 0 to 168; a secret older than that ends at once. */
  graceHours?: InputMaybe<Scalars['Int']['input']>;
};

/** What came of rotating an API key. */
export type RotateApiKeyResult = ApiKeyEnded | IdempotencyKeyReused | InvalidInput | NotFound | RotateApiKeySuccess | ScopesNotGranted;

/** The key has a new secret. */
export type RotateApiKeySuccess = {
  __typename?: 'RotateApiKeySuccess';
  /** The key. */
  apiKey: ApiKey;
  /** When the secret it had stops working. */
  oldSecretEndsAt: Scalars['DateTime']['output'];
  /** Its new secret, this once. Null when this repeats an earlier request. */
  secret: Maybe<Scalars['String']['output']>;
};

/** A key cannot be given a permission that its maker lacks, or that is never an outside system's. */
export type ScopesNotGranted = UserError & {
  __typename?: 'ScopesNotGranted';
  /** Which permissions, and why, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The permissions that were not granted. */
  scopes: Array<Scalars['String']['output']>;
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

/** A company to act in. */
export type StartImpersonationInput = {
  /** Whether only to look, and change nothing. */
  readOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Why, in 10 to 500 characters; the company reads it. */
  reason: Scalars['String']['input'];
  /** The role to have there: any of a company's but PARTNER. */
  role: Role;
  /** The company's id. */
  tenantId: Scalars['ID']['input'];
};

/** What came of starting an impersonation. */
export type StartImpersonationResult = IdempotencyKeyReused | InvalidInput | NotFound | StartImpersonationSuccess;

/** The impersonation has begun. */
export type StartImpersonationSuccess = {
  __typename?: 'StartImpersonationSuccess';
  /** The bearer token to act with. */
  accessToken: Scalars['String']['output'];
  /** When the token ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** The impersonation. */
  impersonation: Impersonation;
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

/** Why a company can read and change nothing for now. It can always settle its bill. */
export type Suspension = {
  __typename?: 'Suspension';
  /** What that invoice comes to; null when it is not suspended for one. */
  amountDue: Maybe<Money>;
  /** Why it is suspended. Where staff suspended a company that also owes, it is STAFF, since paying alone does not lift it. */
  cause: SuspensionCause;
  /** The number of the invoice to pay; null when it is not suspended for one. */
  invoiceNumber: Maybe<Scalars['String']['output']>;
  /** Since when the company can change nothing. */
  suspendedAt: Scalars['DateTime']['output'];
};

/** What a company is suspended for. */
export type SuspensionCause =
  /** Staff of the platform suspended it. Write to support. */
  | 'STAFF'
  /** An invoice stayed unpaid. Pay it, and the company works again at once. */
  | 'UNPAID';

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
  /** What staff see of the company's inside. Staff only. */
  internals: Maybe<TenantInternals>;
  /** The company's name. */
  name: Scalars['String']['output'];
  /** A short name for addresses and commands, unique on the platform. */
  slug: Scalars['String']['output'];
  /** Whether the company can work, is suspended, or is leaving. */
  status: TenantStatus;
  /** Why the company is suspended; null while it is active. */
  suspension: Maybe<Suspension>;
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

/** What staff see of a company's inside. Looking leaves a line in the company's own audit, at most one an hour for each who looks. */
export type TenantInternals = {
  __typename?: 'TenantInternals';
  /** The e-mail addresses of its owners and administrators, at most 50. */
  adminEmails: Array<Scalars['String']['output']>;
  /** How many of its API keys can be used. */
  apiKeyCount: Scalars['Int']['output'];
  /** How many lines its audit has. */
  auditLength: Scalars['SafeInt']['output'];
  /** How many people belong to the company. */
  memberCount: Scalars['Int']['output'];
};

/** A move of a company from one database to another. */
export type TenantMove = {
  __typename?: 'TenantMove';
  /** When it was over: what was left behind is taken away, or the move was given up. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
  /** What ended the last attempt, in words; null when nothing did. */
  error: Maybe<Scalars['String']['output']>;
  /** How long the company could be read and not changed; null until it can be changed again. */
  fencedForSeconds: Maybe<Scalars['Float']['output']>;
  /** The cell it leaves; null while the move waits to begin. */
  fromCell: Maybe<Scalars['String']['output']>;
  /** The move's id. */
  id: Scalars['ID']['output'];
  /** When it began; null while it waits to. */
  startedAt: Maybe<Scalars['DateTime']['output']>;
  /** How far it is. */
  state: TenantMoveState;
  /** When the company's home changed; null until then. */
  switchedAt: Maybe<Scalars['DateTime']['output']>;
  /** What was compared on both sides, table by table; empty until then. */
  tables: Array<MovedTable>;
  /** The company's id. */
  tenantId: Scalars['ID']['output'];
  /** The cell it goes to. */
  toCell: Scalars['String']['output'];
};

/** How far a move is. Until SWITCHED the company lives where it was; from there on where it goes. */
export type TenantMoveState =
  /** It was given up; the company lives where it was. */
  | 'ABANDONED'
  /** What it left behind is taken away. */
  | 'CLEANED'
  /** Rows are copied while the company works on. */
  | 'COPYING'
  /** The company can be read and not changed, for a moment, while what it wrote meanwhile is copied. */
  | 'FENCED'
  /** Both databases were compared, and nothing is copied yet. */
  | 'PREPARED'
  /** It waits for a worker. */
  | 'QUEUED'
  /** The company lives in the other database, and works on. */
  | 'SWITCHED'
  /** Every row is the same on both sides. */
  | 'VERIFIED';

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

/** The company has as many keys in use as it may have. */
export type TooManyApiKeys = UserError & {
  __typename?: 'TooManyApiKeys';
  /** How many keys a company can have in use. */
  limit: Scalars['Int']['output'];
  /** What to do about it, in a sentence for a person. */
  message: Scalars['String']['output'];
};

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
  CreateApiKeyResult:
    | ( Omit<CreateApiKeySuccess, 'apiKey'> & { apiKey: _RefType['ApiKey'] } & { __typename: 'CreateApiKeySuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( ScopesNotGranted & { __typename: 'ScopesNotGranted' } )
    | ( TooManyApiKeys & { __typename: 'TooManyApiKeys' } )
  ;
  EndImpersonationResult:
    | ( EndImpersonationSuccess & { __typename: 'EndImpersonationSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  InviteMemberResult:
    | ( AlreadyMember & { __typename: 'AlreadyMember' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<InviteMemberSuccess, 'member'> & { member: _RefType['Member'] } & { __typename: 'InviteMemberSuccess' } )
    | ( RoleNotYours & { __typename: 'RoleNotYours' } )
  ;
  MoveTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<MoveTenantSuccess, 'move'> & { move: _RefType['TenantMove'] } & { __typename: 'MoveTenantSuccess' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  OpenSandboxSessionResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( OpenSandboxSessionSuccess & { __typename: 'OpenSandboxSessionSuccess' } )
    | ( RoleNotLesser & { __typename: 'RoleNotLesser' } )
  ;
  ProvisionTenantResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<ProvisionTenantSuccess, 'apiKey' | 'tenant'> & { apiKey?: Maybe<_RefType['ApiKey']>, tenant: _RefType['Tenant'] } & { __typename: 'ProvisionTenantSuccess' } )
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
  RetireOperationResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<RetireOperationSuccess, 'operation'> & { operation: _RefType['PersistedOperation'] } & { __typename: 'RetireOperationSuccess' } )
  ;
  RevokeApiKeyResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<RevokeApiKeySuccess, 'apiKey'> & { apiKey: _RefType['ApiKey'] } & { __typename: 'RevokeApiKeySuccess' } )
  ;
  RevokeSessionResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RevokeSessionSuccess & { __typename: 'RevokeSessionSuccess' } )
  ;
  RotateApiKeyResult:
    | ( Omit<ApiKeyEnded, 'apiKey'> & { apiKey: _RefType['ApiKey'] } & { __typename: 'ApiKeyEnded' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<RotateApiKeySuccess, 'apiKey'> & { apiKey: _RefType['ApiKey'] } & { __typename: 'RotateApiKeySuccess' } )
    | ( ScopesNotGranted & { __typename: 'ScopesNotGranted' } )
  ;
  SignOutResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( SignOutSuccess & { __typename: 'SignOutSuccess' } )
  ;
  StartImpersonationResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<StartImpersonationSuccess, 'impersonation'> & { impersonation: _RefType['Impersonation'] } & { __typename: 'StartImpersonationSuccess' } )
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
    | ( Omit<ApiKeyEnded, 'apiKey'> & { apiKey: _RefType['ApiKey'] } )
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( LastOwner )
    | ( NotFound )
    | ( OperationsRefused )
    | ( RoleNotLesser )
    | ( RoleNotYours )
    | ( ScopesNotGranted )
    | ( SignInLinkInvalid )
    | ( TenantNameTaken )
    | ( TooManyApiKeys )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AlreadyMember: ResolverTypeWrapper<AlreadyMember>;
  ApiKey: ResolverTypeWrapper<ApiKeyModel>;
  ApiKeyConnection: ResolverTypeWrapper<Omit<ApiKeyConnection, 'edges'> & { edges: Array<ResolversTypes['ApiKeyEdge']> }>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  ApiKeyEnded: ResolverTypeWrapper<Omit<ApiKeyEnded, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  ApiKeyEnvironment: ApiKeyEnvironment;
  ApiKeyStatus: ApiKeyStatus;
  AuditChain: ResolverTypeWrapper<AuditChain>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AuditEvent: ResolverTypeWrapper<AuditEventModel>;
  AuditEventConnection: ResolverTypeWrapper<Omit<AuditEventConnection, 'edges'> & { edges: Array<ResolversTypes['AuditEventEdge']> }>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  Cell: ResolverTypeWrapper<Cell>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ChangeMemberRoleInput: ChangeMemberRoleInput;
  ChangeMemberRoleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangeMemberRoleResult']>;
  ChangeMemberRoleSuccess: ResolverTypeWrapper<Omit<ChangeMemberRoleSuccess, 'member'> & { member: ResolversTypes['Member'] }>;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateApiKeyResult']>;
  CreateApiKeySuccess: ResolverTypeWrapper<Omit<CreateApiKeySuccess, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EndImpersonationInput: EndImpersonationInput;
  EndImpersonationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['EndImpersonationResult']>;
  EndImpersonationSuccess: ResolverTypeWrapper<EndImpersonationSuccess>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  Impersonation: ResolverTypeWrapper<ImpersonationModel>;
  ImpersonationConnection: ResolverTypeWrapper<Omit<ImpersonationConnection, 'edges'> & { edges: Array<ResolversTypes['ImpersonationEdge']> }>;
  ImpersonationEdge: ResolverTypeWrapper<Omit<ImpersonationEdge, 'node'> & { node: ResolversTypes['Impersonation'] }>;
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
  MoveTenantInput: MoveTenantInput;
  MoveTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MoveTenantResult']>;
  MoveTenantSuccess: ResolverTypeWrapper<Omit<MoveTenantSuccess, 'move'> & { move: ResolversTypes['TenantMove'] }>;
  MovedTable: ResolverTypeWrapper<MovedTable>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  OpenSandboxSessionInput: OpenSandboxSessionInput;
  OpenSandboxSessionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['OpenSandboxSessionResult']>;
  OpenSandboxSessionSuccess: ResolverTypeWrapper<OpenSandboxSessionSuccess>;
  OperationRejection: ResolverTypeWrapper<OperationRejection>;
  OperationsRefused: ResolverTypeWrapper<OperationsRefused>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PersistedOperation: ResolverTypeWrapper<PersistedOperationModel>;
  PersistedOperationConnection: ResolverTypeWrapper<Omit<PersistedOperationConnection, 'edges'> & { edges: Array<ResolversTypes['PersistedOperationEdge']> }>;
  PersistedOperationEdge: ResolverTypeWrapper<Omit<PersistedOperationEdge, 'node'> & { node: ResolversTypes['PersistedOperation'] }>;
  Placement: ResolverTypeWrapper<Omit<Placement, 'move' | 'tenant'> & { move?: Maybe<ResolversTypes['TenantMove']>, tenant: ResolversTypes['Tenant'] }>;
  PlanTier: PlanTier;
  ProvisionTenantInput: ProvisionTenantInput;
  ProvisionTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ProvisionTenantResult']>;
  ProvisionTenantSuccess: ResolverTypeWrapper<Omit<ProvisionTenantSuccess, 'apiKey' | 'tenant'> & { apiKey?: Maybe<ResolversTypes['ApiKey']>, tenant: ResolversTypes['Tenant'] }>;
  PublishOperationsInput: PublishOperationsInput;
  PublishOperationsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PublishOperationsResult']>;
  PublishOperationsSuccess: ResolverTypeWrapper<Omit<PublishOperationsSuccess, 'operations'> & { operations: Array<ResolversTypes['PersistedOperation']> }>;
  PublishedOperationInput: PublishedOperationInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
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
  RetireOperationInput: RetireOperationInput;
  RetireOperationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RetireOperationResult']>;
  RetireOperationSuccess: ResolverTypeWrapper<Omit<RetireOperationSuccess, 'operation'> & { operation: ResolversTypes['PersistedOperation'] }>;
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeApiKeyResult']>;
  RevokeApiKeySuccess: ResolverTypeWrapper<Omit<RevokeApiKeySuccess, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeSessionResult']>;
  RevokeSessionSuccess: ResolverTypeWrapper<RevokeSessionSuccess>;
  Role: Role;
  RoleNotLesser: ResolverTypeWrapper<RoleNotLesser>;
  RoleNotYours: ResolverTypeWrapper<RoleNotYours>;
  RotateApiKeyInput: RotateApiKeyInput;
  RotateApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RotateApiKeyResult']>;
  RotateApiKeySuccess: ResolverTypeWrapper<Omit<RotateApiKeySuccess, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  ScopesNotGranted: ResolverTypeWrapper<ScopesNotGranted>;
  Session: ResolverTypeWrapper<SessionModel>;
  SignInLinkInvalid: ResolverTypeWrapper<SignInLinkInvalid>;
  SignOutResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SignOutResult']>;
  SignOutSuccess: ResolverTypeWrapper<SignOutSuccess>;
  SignedInSession: ResolverTypeWrapper<SignedInSession>;
  SignedInTenant: ResolverTypeWrapper<SignedInTenant>;
  StartImpersonationInput: StartImpersonationInput;
  StartImpersonationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StartImpersonationResult']>;
  StartImpersonationSuccess: ResolverTypeWrapper<Omit<StartImpersonationSuccess, 'impersonation'> & { impersonation: ResolversTypes['Impersonation'] }>;
  SuspendTenantInput: SuspendTenantInput;
  SuspendTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SuspendTenantResult']>;
  SuspendTenantSuccess: ResolverTypeWrapper<Omit<SuspendTenantSuccess, 'tenant'> & { tenant: ResolversTypes['Tenant'] }>;
  Suspension: ResolverTypeWrapper<SuspensionModel>;
  SuspensionCause: SuspensionCause;
  SwitchTenantInput: SwitchTenantInput;
  SwitchTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SwitchTenantResult']>;
  SwitchTenantSuccess: ResolverTypeWrapper<SwitchTenantSuccess>;
  Tenant: ResolverTypeWrapper<TenantModel>;
  TenantConnection: ResolverTypeWrapper<Omit<TenantConnection, 'edges'> & { edges: Array<ResolversTypes['TenantEdge']> }>;
  TenantEdge: ResolverTypeWrapper<Omit<TenantEdge, 'node'> & { node: ResolversTypes['Tenant'] }>;
  TenantInternals: ResolverTypeWrapper<TenantInternalsModel>;
  TenantMove: ResolverTypeWrapper<CompanyMoveModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  TenantMoveState: TenantMoveState;
  TenantNameTaken: ResolverTypeWrapper<TenantNameTaken>;
  TenantStatus: TenantStatus;
  TooManyApiKeys: ResolverTypeWrapper<TooManyApiKeys>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  Viewer: ResolverTypeWrapper<Omit<Viewer, 'tenant'> & { tenant?: Maybe<ResolversTypes['Tenant']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actor: Actor;
  ID: Scalars['ID']['output'];
  AlreadyMember: AlreadyMember;
  ApiKey: ApiKeyModel;
  ApiKeyConnection: Omit<ApiKeyConnection, 'edges'> & { edges: Array<ResolversParentTypes['ApiKeyEdge']> };
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  ApiKeyEnded: Omit<ApiKeyEnded, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  AuditChain: AuditChain;
  Boolean: Scalars['Boolean']['output'];
  AuditEvent: AuditEventModel;
  AuditEventConnection: Omit<AuditEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['AuditEventEdge']> };
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  Cell: Cell;
  Int: Scalars['Int']['output'];
  ChangeMemberRoleInput: ChangeMemberRoleInput;
  ChangeMemberRoleResult: ResolversUnionTypes<ResolversParentTypes>['ChangeMemberRoleResult'];
  ChangeMemberRoleSuccess: Omit<ChangeMemberRoleSuccess, 'member'> & { member: ResolversParentTypes['Member'] };
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['CreateApiKeyResult'];
  CreateApiKeySuccess: Omit<CreateApiKeySuccess, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  DateTime: Scalars['DateTime']['output'];
  EndImpersonationInput: EndImpersonationInput;
  EndImpersonationResult: ResolversUnionTypes<ResolversParentTypes>['EndImpersonationResult'];
  EndImpersonationSuccess: EndImpersonationSuccess;
  IdempotencyKeyReused: IdempotencyKeyReused;
  Impersonation: ImpersonationModel;
  ImpersonationConnection: Omit<ImpersonationConnection, 'edges'> & { edges: Array<ResolversParentTypes['ImpersonationEdge']> };
  ImpersonationEdge: Omit<ImpersonationEdge, 'node'> & { node: ResolversParentTypes['Impersonation'] };
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
  MoveTenantInput: MoveTenantInput;
  MoveTenantResult: ResolversUnionTypes<ResolversParentTypes>['MoveTenantResult'];
  MoveTenantSuccess: Omit<MoveTenantSuccess, 'move'> & { move: ResolversParentTypes['TenantMove'] };
  MovedTable: MovedTable;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  OpenSandboxSessionInput: OpenSandboxSessionInput;
  OpenSandboxSessionResult: ResolversUnionTypes<ResolversParentTypes>['OpenSandboxSessionResult'];
  OpenSandboxSessionSuccess: OpenSandboxSessionSuccess;
  OperationRejection: OperationRejection;
  OperationsRefused: OperationsRefused;
  PageInfo: PageInfo;
  PersistedOperation: PersistedOperationModel;
  PersistedOperationConnection: Omit<PersistedOperationConnection, 'edges'> & { edges: Array<ResolversParentTypes['PersistedOperationEdge']> };
  PersistedOperationEdge: Omit<PersistedOperationEdge, 'node'> & { node: ResolversParentTypes['PersistedOperation'] };
  Placement: Omit<Placement, 'move' | 'tenant'> & { move?: Maybe<ResolversParentTypes['TenantMove']>, tenant: ResolversParentTypes['Tenant'] };
  ProvisionTenantInput: ProvisionTenantInput;
  ProvisionTenantResult: ResolversUnionTypes<ResolversParentTypes>['ProvisionTenantResult'];
  ProvisionTenantSuccess: Omit<ProvisionTenantSuccess, 'apiKey' | 'tenant'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']>, tenant: ResolversParentTypes['Tenant'] };
  PublishOperationsInput: PublishOperationsInput;
  PublishOperationsResult: ResolversUnionTypes<ResolversParentTypes>['PublishOperationsResult'];
  PublishOperationsSuccess: Omit<PublishOperationsSuccess, 'operations'> & { operations: Array<ResolversParentTypes['PersistedOperation']> };
  PublishedOperationInput: PublishedOperationInput;
  Query: Record<PropertyKey, never>;
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
  RetireOperationInput: RetireOperationInput;
  RetireOperationResult: ResolversUnionTypes<ResolversParentTypes>['RetireOperationResult'];
  RetireOperationSuccess: Omit<RetireOperationSuccess, 'operation'> & { operation: ResolversParentTypes['PersistedOperation'] };
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['RevokeApiKeyResult'];
  RevokeApiKeySuccess: Omit<RevokeApiKeySuccess, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionResult: ResolversUnionTypes<ResolversParentTypes>['RevokeSessionResult'];
  RevokeSessionSuccess: RevokeSessionSuccess;
  RoleNotLesser: RoleNotLesser;
  RoleNotYours: RoleNotYours;
  RotateApiKeyInput: RotateApiKeyInput;
  RotateApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['RotateApiKeyResult'];
  RotateApiKeySuccess: Omit<RotateApiKeySuccess, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  SafeInt: Scalars['SafeInt']['output'];
  ScopesNotGranted: ScopesNotGranted;
  Session: SessionModel;
  SignInLinkInvalid: SignInLinkInvalid;
  SignOutResult: ResolversUnionTypes<ResolversParentTypes>['SignOutResult'];
  SignOutSuccess: SignOutSuccess;
  SignedInSession: SignedInSession;
  SignedInTenant: SignedInTenant;
  StartImpersonationInput: StartImpersonationInput;
  StartImpersonationResult: ResolversUnionTypes<ResolversParentTypes>['StartImpersonationResult'];
  StartImpersonationSuccess: Omit<StartImpersonationSuccess, 'impersonation'> & { impersonation: ResolversParentTypes['Impersonation'] };
  SuspendTenantInput: SuspendTenantInput;
  SuspendTenantResult: ResolversUnionTypes<ResolversParentTypes>['SuspendTenantResult'];
  SuspendTenantSuccess: Omit<SuspendTenantSuccess, 'tenant'> & { tenant: ResolversParentTypes['Tenant'] };
  Suspension: SuspensionModel;
  SwitchTenantInput: SwitchTenantInput;
  SwitchTenantResult: ResolversUnionTypes<ResolversParentTypes>['SwitchTenantResult'];
  SwitchTenantSuccess: SwitchTenantSuccess;
  Tenant: TenantModel;
  TenantConnection: Omit<TenantConnection, 'edges'> & { edges: Array<ResolversParentTypes['TenantEdge']> };
  TenantEdge: Omit<TenantEdge, 'node'> & { node: ResolversParentTypes['Tenant'] };
  TenantInternals: TenantInternalsModel;
  TenantMove: CompanyMoveModel;
  Float: Scalars['Float']['output'];
  TenantNameTaken: TenantNameTaken;
  TooManyApiKeys: TooManyApiKeys;
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

export type ApiKeyResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  environment?: Resolver<ResolversTypes['ApiKeyEnvironment'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ApiKeyStatus'], ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type ApiKeyEndedResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ApiKeyEnded'] = ResolversParentTypes['ApiKeyEnded']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
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

export type CellResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Cell'] = ResolversParentTypes['Cell']> = {
  companyCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  isHome?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReachable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChangeMemberRoleResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ChangeMemberRoleResult'] = ResolversParentTypes['ChangeMemberRoleResult']> = {
  __resolveType: TypeResolveFn<'ChangeMemberRoleSuccess' | 'IdempotencyKeyReused' | 'LastOwner' | 'NotFound' | 'RoleNotYours', ParentType, ContextType>;
};

export type ChangeMemberRoleSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ChangeMemberRoleSuccess'] = ResolversParentTypes['ChangeMemberRoleSuccess']> = {
  member?: Resolver<ResolversTypes['Member'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateApiKeyResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['CreateApiKeyResult'] = ResolversParentTypes['CreateApiKeyResult']> = {
  __resolveType: TypeResolveFn<'CreateApiKeySuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'ScopesNotGranted' | 'TooManyApiKeys', ParentType, ContextType>;
};

export type CreateApiKeySuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['CreateApiKeySuccess'] = ResolversParentTypes['CreateApiKeySuccess']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EndImpersonationResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['EndImpersonationResult'] = ResolversParentTypes['EndImpersonationResult']> = {
  __resolveType: TypeResolveFn<'EndImpersonationSuccess' | 'IdempotencyKeyReused' | 'NotFound', ParentType, ContextType>;
};

export type EndImpersonationSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['EndImpersonationSuccess'] = ResolversParentTypes['EndImpersonationSuccess']> = {
  endedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImpersonationResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Impersonation'] = ResolversParentTypes['Impersonation']> = {
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  readOnly?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  staffId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
};

export type ImpersonationConnectionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ImpersonationConnection'] = ResolversParentTypes['ImpersonationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ImpersonationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ImpersonationEdgeResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ImpersonationEdge'] = ResolversParentTypes['ImpersonationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Impersonation'], ParentType, ContextType>;
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

export type MoveTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['MoveTenantResult'] = ResolversParentTypes['MoveTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'MoveTenantSuccess' | 'NotFound', ParentType, ContextType>;
};

export type MoveTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['MoveTenantSuccess'] = ResolversParentTypes['MoveTenantSuccess']> = {
  move?: Resolver<ResolversTypes['TenantMove'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MovedTableResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['MovedTable'] = ResolversParentTypes['MovedTable']> = {
  caughtUpCount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  changeMemberRole?: Resolver<Maybe<ResolversTypes['ChangeMemberRoleResult']>, ParentType, ContextType, RequireFields<MutationChangeMemberRoleArgs, 'input'>>;
  createApiKey?: Resolver<Maybe<ResolversTypes['CreateApiKeyResult']>, ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  endImpersonation?: Resolver<Maybe<ResolversTypes['EndImpersonationResult']>, ParentType, ContextType, RequireFields<MutationEndImpersonationArgs, 'input'>>;
  inviteMember?: Resolver<Maybe<ResolversTypes['InviteMemberResult']>, ParentType, ContextType, RequireFields<MutationInviteMemberArgs, 'input'>>;
  moveTenant?: Resolver<Maybe<ResolversTypes['MoveTenantResult']>, ParentType, ContextType, RequireFields<MutationMoveTenantArgs, 'input'>>;
  openSandboxSession?: Resolver<Maybe<ResolversTypes['OpenSandboxSessionResult']>, ParentType, ContextType, RequireFields<MutationOpenSandboxSessionArgs, 'input'>>;
  provisionTenant?: Resolver<Maybe<ResolversTypes['ProvisionTenantResult']>, ParentType, ContextType, RequireFields<MutationProvisionTenantArgs, 'input'>>;
  publishOperations?: Resolver<Maybe<ResolversTypes['PublishOperationsResult']>, ParentType, ContextType, RequireFields<MutationPublishOperationsArgs, 'input'>>;
  reactivateTenant?: Resolver<Maybe<ResolversTypes['ReactivateTenantResult']>, ParentType, ContextType, RequireFields<MutationReactivateTenantArgs, 'input'>>;
  redeemMagicLink?: Resolver<Maybe<ResolversTypes['RedeemMagicLinkResult']>, ParentType, ContextType, RequireFields<MutationRedeemMagicLinkArgs, 'input'>>;
  refreshSession?: Resolver<Maybe<ResolversTypes['RefreshSessionResult']>, ParentType, ContextType, Partial<MutationRefreshSessionArgs>>;
  removeMember?: Resolver<Maybe<ResolversTypes['RemoveMemberResult']>, ParentType, ContextType, RequireFields<MutationRemoveMemberArgs, 'input'>>;
  requestMagicLink?: Resolver<Maybe<ResolversTypes['RequestMagicLinkResult']>, ParentType, ContextType, RequireFields<MutationRequestMagicLinkArgs, 'input'>>;
  retireOperation?: Resolver<Maybe<ResolversTypes['RetireOperationResult']>, ParentType, ContextType, RequireFields<MutationRetireOperationArgs, 'input'>>;
  revokeApiKey?: Resolver<Maybe<ResolversTypes['RevokeApiKeyResult']>, ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'input'>>;
  revokeSession?: Resolver<Maybe<ResolversTypes['RevokeSessionResult']>, ParentType, ContextType, RequireFields<MutationRevokeSessionArgs, 'input'>>;
  rotateApiKey?: Resolver<Maybe<ResolversTypes['RotateApiKeyResult']>, ParentType, ContextType, RequireFields<MutationRotateApiKeyArgs, 'input'>>;
  signOut?: Resolver<Maybe<ResolversTypes['SignOutResult']>, ParentType, ContextType, Partial<MutationSignOutArgs>>;
  startImpersonation?: Resolver<Maybe<ResolversTypes['StartImpersonationResult']>, ParentType, ContextType, RequireFields<MutationStartImpersonationArgs, 'input'>>;
  suspendTenant?: Resolver<Maybe<ResolversTypes['SuspendTenantResult']>, ParentType, ContextType, RequireFields<MutationSuspendTenantArgs, 'input'>>;
  switchTenant?: Resolver<Maybe<ResolversTypes['SwitchTenantResult']>, ParentType, ContextType, RequireFields<MutationSwitchTenantArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OpenSandboxSessionResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['OpenSandboxSessionResult'] = ResolversParentTypes['OpenSandboxSessionResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'OpenSandboxSessionSuccess' | 'RoleNotLesser', ParentType, ContextType>;
};

export type OpenSandboxSessionSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['OpenSandboxSessionSuccess'] = ResolversParentTypes['OpenSandboxSessionSuccess']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
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

export type PlacementResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Placement'] = ResolversParentTypes['Placement']> = {
  cell?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  move?: Resolver<Maybe<ResolversTypes['TenantMove']>, ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
};

export type ProvisionTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ProvisionTenantResult'] = ResolversParentTypes['ProvisionTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'ProvisionTenantSuccess' | 'TenantNameTaken', ParentType, ContextType>;
};

export type ProvisionTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ProvisionTenantSuccess'] = ResolversParentTypes['ProvisionTenantSuccess']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  apiKeys?: Resolver<Maybe<ResolversTypes['ApiKeyConnection']>, ParentType, ContextType, RequireFields<QueryApiKeysArgs, 'first'>>;
  auditChain?: Resolver<Maybe<ResolversTypes['AuditChain']>, ParentType, ContextType>;
  auditEvents?: Resolver<Maybe<ResolversTypes['AuditEventConnection']>, ParentType, ContextType, RequireFields<QueryAuditEventsArgs, 'first'>>;
  cells?: Resolver<Maybe<Array<ResolversTypes['Cell']>>, ParentType, ContextType>;
  impersonations?: Resolver<Maybe<ResolversTypes['ImpersonationConnection']>, ParentType, ContextType, RequireFields<QueryImpersonationsArgs, 'first'>>;
  members?: Resolver<Maybe<ResolversTypes['MemberConnection']>, ParentType, ContextType, RequireFields<QueryMembersArgs, 'first'>>;
  persistedOperations?: Resolver<Maybe<ResolversTypes['PersistedOperationConnection']>, ParentType, ContextType, RequireFields<QueryPersistedOperationsArgs, 'first' | 'includeRetired'>>;
  placement?: Resolver<Maybe<ResolversTypes['Placement']>, ParentType, ContextType, RequireFields<QueryPlacementArgs, 'tenantId'>>;
  sessions?: Resolver<Maybe<Array<ResolversTypes['Session']>>, ParentType, ContextType>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  tenantMove?: Resolver<Maybe<ResolversTypes['TenantMove']>, ParentType, ContextType, RequireFields<QueryTenantMoveArgs, 'id'>>;
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

export type RetireOperationResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RetireOperationResult'] = ResolversParentTypes['RetireOperationResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'RetireOperationSuccess', ParentType, ContextType>;
};

export type RetireOperationSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RetireOperationSuccess'] = ResolversParentTypes['RetireOperationSuccess']> = {
  operation?: Resolver<ResolversTypes['PersistedOperation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeApiKeyResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RevokeApiKeyResult'] = ResolversParentTypes['RevokeApiKeyResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'RevokeApiKeySuccess', ParentType, ContextType>;
};

export type RevokeApiKeySuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RevokeApiKeySuccess'] = ResolversParentTypes['RevokeApiKeySuccess']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeSessionResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RevokeSessionResult'] = ResolversParentTypes['RevokeSessionResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'RevokeSessionSuccess', ParentType, ContextType>;
};

export type RevokeSessionSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RevokeSessionSuccess'] = ResolversParentTypes['RevokeSessionSuccess']> = {
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleNotLesserResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RoleNotLesser'] = ResolversParentTypes['RoleNotLesser']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleNotYoursResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RoleNotYours'] = ResolversParentTypes['RoleNotYours']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  missingScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RotateApiKeyResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RotateApiKeyResult'] = ResolversParentTypes['RotateApiKeyResult']> = {
  __resolveType: TypeResolveFn<'ApiKeyEnded' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'RotateApiKeySuccess' | 'ScopesNotGranted', ParentType, ContextType>;
};

export type RotateApiKeySuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['RotateApiKeySuccess'] = ResolversParentTypes['RotateApiKeySuccess']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  oldSecretEndsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type ScopesNotGrantedResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['ScopesNotGranted'] = ResolversParentTypes['ScopesNotGranted']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

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

export type StartImpersonationResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['StartImpersonationResult'] = ResolversParentTypes['StartImpersonationResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'StartImpersonationSuccess', ParentType, ContextType>;
};

export type StartImpersonationSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['StartImpersonationSuccess'] = ResolversParentTypes['StartImpersonationSuccess']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  impersonation?: Resolver<ResolversTypes['Impersonation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SuspendTenantResultResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SuspendTenantResult'] = ResolversParentTypes['SuspendTenantResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'SuspendTenantSuccess', ParentType, ContextType>;
};

export type SuspendTenantSuccessResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['SuspendTenantSuccess'] = ResolversParentTypes['SuspendTenantSuccess']> = {
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SuspensionResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['Suspension'] = ResolversParentTypes['Suspension']> = {
  amountDue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['SuspensionCause'], ParentType, ContextType>;
  invoiceNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  suspendedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
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
  internals?: Resolver<Maybe<ResolversTypes['TenantInternals']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TenantStatus'], ParentType, ContextType>;
  suspension?: Resolver<Maybe<ResolversTypes['Suspension']>, ParentType, ContextType>;
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

export type TenantInternalsResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['TenantInternals'] = ResolversParentTypes['TenantInternals']> = {
  adminEmails?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  apiKeyCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  auditLength?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  memberCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TenantMoveResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['TenantMove'] = ResolversParentTypes['TenantMove']> = {
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fencedForSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  fromCell?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TenantMoveState'], ParentType, ContextType>;
  switchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tables?: Resolver<Array<ResolversTypes['MovedTable']>, ParentType, ContextType>;
  tenantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  toCell?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TenantNameTakenResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['TenantNameTaken'] = ResolversParentTypes['TenantNameTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyApiKeysResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['TooManyApiKeys'] = ResolversParentTypes['TooManyApiKeys']> = {
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = TenancyContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'AlreadyMember' | 'ApiKeyEnded' | 'IdempotencyKeyReused' | 'InvalidInput' | 'LastOwner' | 'NotFound' | 'OperationsRefused' | 'RoleNotLesser' | 'RoleNotYours' | 'ScopesNotGranted' | 'SignInLinkInvalid' | 'TenantNameTaken' | 'TooManyApiKeys', ParentType, ContextType>;
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
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  ApiKeyEnded?: ApiKeyEndedResolvers<ContextType>;
  AuditChain?: AuditChainResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  Cell?: CellResolvers<ContextType>;
  ChangeMemberRoleResult?: ChangeMemberRoleResultResolvers<ContextType>;
  ChangeMemberRoleSuccess?: ChangeMemberRoleSuccessResolvers<ContextType>;
  CreateApiKeyResult?: CreateApiKeyResultResolvers<ContextType>;
  CreateApiKeySuccess?: CreateApiKeySuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EndImpersonationResult?: EndImpersonationResultResolvers<ContextType>;
  EndImpersonationSuccess?: EndImpersonationSuccessResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  Impersonation?: ImpersonationResolvers<ContextType>;
  ImpersonationConnection?: ImpersonationConnectionResolvers<ContextType>;
  ImpersonationEdge?: ImpersonationEdgeResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  InviteMemberResult?: InviteMemberResultResolvers<ContextType>;
  InviteMemberSuccess?: InviteMemberSuccessResolvers<ContextType>;
  LastOwner?: LastOwnerResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Member?: MemberResolvers<ContextType>;
  MemberConnection?: MemberConnectionResolvers<ContextType>;
  MemberEdge?: MemberEdgeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  MoveTenantResult?: MoveTenantResultResolvers<ContextType>;
  MoveTenantSuccess?: MoveTenantSuccessResolvers<ContextType>;
  MovedTable?: MovedTableResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  OpenSandboxSessionResult?: OpenSandboxSessionResultResolvers<ContextType>;
  OpenSandboxSessionSuccess?: OpenSandboxSessionSuccessResolvers<ContextType>;
  OperationRejection?: OperationRejectionResolvers<ContextType>;
  OperationsRefused?: OperationsRefusedResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PersistedOperation?: PersistedOperationResolvers<ContextType>;
  PersistedOperationConnection?: PersistedOperationConnectionResolvers<ContextType>;
  PersistedOperationEdge?: PersistedOperationEdgeResolvers<ContextType>;
  Placement?: PlacementResolvers<ContextType>;
  ProvisionTenantResult?: ProvisionTenantResultResolvers<ContextType>;
  ProvisionTenantSuccess?: ProvisionTenantSuccessResolvers<ContextType>;
  PublishOperationsResult?: PublishOperationsResultResolvers<ContextType>;
  PublishOperationsSuccess?: PublishOperationsSuccessResolvers<ContextType>;
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
  RetireOperationResult?: RetireOperationResultResolvers<ContextType>;
  RetireOperationSuccess?: RetireOperationSuccessResolvers<ContextType>;
  RevokeApiKeyResult?: RevokeApiKeyResultResolvers<ContextType>;
  RevokeApiKeySuccess?: RevokeApiKeySuccessResolvers<ContextType>;
  RevokeSessionResult?: RevokeSessionResultResolvers<ContextType>;
  RevokeSessionSuccess?: RevokeSessionSuccessResolvers<ContextType>;
  RoleNotLesser?: RoleNotLesserResolvers<ContextType>;
  RoleNotYours?: RoleNotYoursResolvers<ContextType>;
  RotateApiKeyResult?: RotateApiKeyResultResolvers<ContextType>;
  RotateApiKeySuccess?: RotateApiKeySuccessResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  ScopesNotGranted?: ScopesNotGrantedResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SignInLinkInvalid?: SignInLinkInvalidResolvers<ContextType>;
  SignOutResult?: SignOutResultResolvers<ContextType>;
  SignOutSuccess?: SignOutSuccessResolvers<ContextType>;
  SignedInSession?: SignedInSessionResolvers<ContextType>;
  SignedInTenant?: SignedInTenantResolvers<ContextType>;
  StartImpersonationResult?: StartImpersonationResultResolvers<ContextType>;
  StartImpersonationSuccess?: StartImpersonationSuccessResolvers<ContextType>;
  SuspendTenantResult?: SuspendTenantResultResolvers<ContextType>;
  SuspendTenantSuccess?: SuspendTenantSuccessResolvers<ContextType>;
  Suspension?: SuspensionResolvers<ContextType>;
  SwitchTenantResult?: SwitchTenantResultResolvers<ContextType>;
  SwitchTenantSuccess?: SwitchTenantSuccessResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TenantConnection?: TenantConnectionResolvers<ContextType>;
  TenantEdge?: TenantEdgeResolvers<ContextType>;
  TenantInternals?: TenantInternalsResolvers<ContextType>;
  TenantMove?: TenantMoveResolvers<ContextType>;
  TenantNameTaken?: TenantNameTakenResolvers<ContextType>;
  TooManyApiKeys?: TooManyApiKeysResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = TenancyContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
