import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { JobRun as JobRunModel, JobStep as JobStepModel } from '../domain/job-run.ts';
import type { PlatformStats as PlatformStatsModel, Worker as WorkerModel, AttemptTally as AttemptTallyModel } from '../domain/platform-figures.ts';
import type { PlatformAlert as PlatformAlertModel } from '../domain/platform-alert.ts';
import type { OperationsContext } from '../context.ts';
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

/** An alert to take note of. */
export type AcknowledgePlatformAlertInput = {
  /** The alert's id. */
  alertId: Scalars['ID']['input'];
};

/** What came of taking note of an alert. */
export type AcknowledgePlatformAlertResult = AcknowledgePlatformAlertSuccess | IdempotencyKeyReused | NotFound;

/** Somebody has taken note: you, or whoever was first. */
export type AcknowledgePlatformAlertSuccess = {
  __typename?: 'AcknowledgePlatformAlertSuccess';
  /** The alert. */
  alert: PlatformAlert;
};

/** How attempts at jobs ended within an hour. */
export type AttemptTally = {
  __typename?: 'AttemptTally';
  /** Jobs that somebody called off. */
  cancelled: Scalars['Int']['output'];
  /** Attempts that failed and are followed by another. */
  failed: Scalars['Int']['output'];
  /** The share of attempts that did not succeed, 0 to 1; null without any. */
  failureRate: Maybe<Scalars['Float']['output']>;
  /** Last attempts that failed. */
  gaveUp: Scalars['Int']['output'];
  /** Attempts whose worker died. */
  lost: Scalars['Int']['output'];
  /** Attempts that succeeded. */
  succeeded: Scalars['Int']['output'];
};

/** A job to call off. */
export type CancelJobInput = {
  /** The job's id. */
  jobId: Scalars['ID']['input'];
  /** Why, in up to 500 characters; the company's audit keeps it. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** What came of calling a job off. */
export type CancelJobResult = CancelJobSuccess | IdempotencyKeyReused | InvalidInput | JobRefused | NotFound;

/** The job is called off, or ends within seconds. */
export type CancelJobSuccess = {
  __typename?: 'CancelJobSuccess';
  /** The job. */
  job: JobRun;
};

/** Which dead letters to list. */
export type DeadLetterFilter = {
  /** Only jobs of this kind. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Only jobs of this company. Staff only: everybody else sees their own company's jobs. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
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

/** Something that happened to a job. */
export type JobEvent = {
  __typename?: 'JobEvent';
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** On which attempt, 0 before the first. */
  attempt: Scalars['Int']['output'];
  /** What happened. */
  kind: JobEventKind;
  /** The failure's message, where it was one. */
  message: Maybe<Scalars['String']['output']>;
};

/** What can happen to a job. */
export type JobEventKind =
  /** It was called off. */
  | 'CANCELLED'
  /** An attempt failed. */
  | 'FAILED'
  /** The last attempt failed. */
  | 'GAVE_UP'
  /** The worker that had it died. */
  | 'LOST'
  /** It was asked for. */
  | 'QUEUED'
  /** Somebody had it done again. */
  | 'RERUN'
  /** An attempt began. */
  | 'STARTED'
  /** A step of it ended. */
  | 'STEP'
  /** It was done. */
  | 'SUCCEEDED';

/** The job stands where this cannot be done to it. */
export type JobRefused = UserError & {
  __typename?: 'JobRefused';
  /** The job. */
  jobId: Scalars['ID']['output'];
  /** Why not, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** Where it stands. */
  state: JobState;
};

/** One job that the platform did, or is doing, for a company. */
export type JobRun = {
  __typename?: 'JobRun';
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** Whether it can be called off now. */
  canCancel: Scalars['Boolean']['output'];
  /** Whether it can be done again now. */
  canRerun: Scalars['Boolean']['output'];
  /** When somebody called it off; a job under way ends within seconds of it. */
  cancelAskedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why it cannot be called off now; null when it can. */
  cancelRefusal: Maybe<Scalars['String']['output']>;
  /** The short name of the cell it lies in. Staff only. */
  cell: Scalars['String']['output'];
  /** When it was asked for. */
  createdAt: Scalars['DateTime']['output'];
  /** Seconds from when it first began to when it ended, or until now while it is under way. */
  durationSeconds: Maybe<Scalars['Float']['output']>;
  /** When it ended. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why the last attempt failed. */
  error: Maybe<Scalars['String']['output']>;
  /** Everything that happened to it, oldest first. */
  events: Array<JobEvent>;
  /** The job's id. */
  id: Scalars['ID']['output'];
  /** Whether it failed for good, and nobody has had it done again. */
  isDead: Scalars['Boolean']['output'];
  /** What kind of job it is, such as storms.open-pilot. */
  name: Scalars['String']['output'];
  /** What it was asked to do, as JSON. It names things by their ids and holds no secret. */
  payload: Scalars['String']['output'];
  /** How urgent it is; a job with a higher number starts first. */
  priority: Scalars['Int']['output'];
  /** Seconds from when it was asked for to when it began, or until now while it waits. */
  queuedForSeconds: Maybe<Scalars['Float']['output']>;
  /** When somebody had it done again after it failed for good. */
  redrivenAt: Maybe<Scalars['DateTime']['output']>;
  /** The job that this one does again. */
  rerunOf: Maybe<JobRun>;
  /** Why it cannot be done again now; null when it can. */
  rerunRefusal: Maybe<Scalars['String']['output']>;
  /** The jobs that do this one again, oldest first. */
  reruns: Array<JobRun>;
  /** When it first started. */
  startedAt: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  state: JobState;
  /** The steps of what it works on, such as its pilot, in the order they began. Other jobs may work on the same. Empty for a job of one piece. */
  steps: Array<JobStep>;
  /** The company it is done for; null for the platform's own. Staff only. */
  tenantId: Maybe<Scalars['ID']['output']>;
};

/** One page of jobs. */
export type JobRunConnection = {
  __typename?: 'JobRunConnection';
  /** The jobs of this page with their cursors. */
  edges: Array<JobRunEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** A job on a page. */
export type JobRunEdge = {
  __typename?: 'JobRunEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The job. */
  node: JobRun;
};

/** Which jobs to list. */
export type JobRunFilter = {
  /** Only jobs that were asked for before this moment. */
  beforeAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only jobs that are dead letters, or only those that are none. */
  isDead?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only jobs of this kind. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Only jobs that were asked for at this moment or later. */
  sinceAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only jobs that stand here. */
  state?: InputMaybe<JobState>;
  /** Only jobs of this company. Staff only: everybody else sees their own company's jobs. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
};

/** Where a job stands. */
export type JobState =
  /** Called off. */
  | 'CANCELLED'
  /** Given up after the last attempt. */
  | 'FAILED'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** Failed, and waiting to be tried again. */
  | 'RETRYING'
  /** Being done. */
  | 'RUNNING'
  /** Done. */
  | 'SUCCEEDED';

/** A step of what a job works on. A step that is done is not done again. */
export type JobStep = {
  __typename?: 'JobStep';
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** When it ended. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why the last try failed. */
  error: Maybe<Scalars['String']['output']>;
  /** The step's name. */
  name: Scalars['String']['output'];
  /** When it was last begun. */
  startedAt: Scalars['DateTime']['output'];
  /** How it stands. */
  status: JobStepStatus;
};

/** How a step stands. */
export type JobStepStatus =
  /** Done, for good. */
  | 'DONE'
  /** The last try failed. */
  | 'FAILED'
  /** Being done, or broken off by a worker that died. */
  | 'RUNNING';

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
  /** Takes note of an alert, so that others know that somebody is at it. Staff only. */
  acknowledgePlatformAlert: Maybe<AcknowledgePlatformAlertResult>;
  /** Calls a job off: at once while it waits, within seconds while it is under way. */
  cancelJob: Maybe<CancelJobResult>;
  /** Does dead letters again: those that are named, or the oldest of a kind. Of one company all are taken up or none. */
  redriveDeadLetters: Maybe<RedriveDeadLettersResult>;
  /** Does a job that ended again, with what it was asked to do then. Steps that are done stay done, so nothing happens twice. */
  rerunJob: Maybe<RerunJobResult>;
};


export type MutationAcknowledgePlatformAlertArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: AcknowledgePlatformAlertInput;
};


export type MutationCancelJobArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CancelJobInput;
};


export type MutationRedriveDeadLettersArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RedriveDeadLettersInput;
};


export type MutationRerunJobArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RerunJobInput;
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

/** Something of the platform that is, or was, out of bounds. */
export type PlatformAlert = {
  __typename?: 'PlatformAlert';
  /** When somebody took note of it. */
  acknowledgedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who took note of it. */
  acknowledgedBy: Maybe<Scalars['String']['output']>;
  /** When it closed, after two readings within bounds; null while it is open. */
  closedAt: Maybe<Scalars['DateTime']['output']>;
  /** The figures while it was last out of bounds, in a sentence. */
  detail: Scalars['String']['output'];
  /** The alert's id. */
  id: Scalars['ID']['output'];
  /** Which probe opened it, such as job-failure-rate. One is open at a time. */
  key: Scalars['String']['output'];
  /** When it was last out of bounds. */
  lastBreachedAt: Scalars['DateTime']['output'];
  /** When it opened. */
  openedAt: Scalars['DateTime']['output'];
  /** The heading of docs/operate.md that says what to do. */
  runbook: Scalars['String']['output'];
  /** How bad it is. */
  severity: PlatformSeverity;
  /** What is measured, and in which unit. */
  summary: Scalars['String']['output'];
  /** Beyond which it is out of bounds. */
  threshold: Scalars['Float']['output'];
  /** What was read then. */
  value: Maybe<Scalars['Float']['output']>;
};

/** A page of alerts. */
export type PlatformAlertConnection = {
  __typename?: 'PlatformAlertConnection';
  /** The alerts with their cursors. */
  edges: Array<PlatformAlertEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** An alert in a page. */
export type PlatformAlertEdge = {
  __typename?: 'PlatformAlertEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The alert. */
  node: PlatformAlert;
};

/** Which alerts to list. */
export type PlatformAlertFilter = {
  /** Only those that are open, or only those that are over. */
  isOpen?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those of this probe. */
  key?: InputMaybe<Scalars['String']['input']>;
  /** Only those that are this bad. */
  severity?: InputMaybe<PlatformSeverity>;
};

/** A question that the platform asks itself every minute, and the last answer. */
export type PlatformProbe = {
  __typename?: 'PlatformProbe';
  /** The figures, in a sentence. */
  detail: Scalars['String']['output'];
  /** Whether it is out of bounds. An alert opens at the second such reading in a row, or at once where it is critical. */
  isBreached: Scalars['Boolean']['output'];
  /** Its name, such as job-failure-rate. */
  key: Scalars['String']['output'];
  /** When it was read. */
  readAt: Scalars['DateTime']['output'];
  /** The heading of docs/operate.md that says what to do. */
  runbook: Scalars['String']['output'];
  /** How bad it is when it is out of bounds. */
  severity: PlatformSeverity;
  /** What is measured, and in which unit. */
  summary: Scalars['String']['output'];
  /** Beyond which it is out of bounds. */
  threshold: Scalars['Float']['output'];
  /** What it read last; null while there is nothing to measure. */
  value: Maybe<Scalars['Float']['output']>;
};

/** How bad it is when something is out of bounds. */
export type PlatformSeverity =
  /** For now. */
  | 'CRITICAL'
  /** A hint, such as to run more workers. It wakes nobody. */
  | 'INFO'
  /** For the next working day. */
  | 'WARNING';

/** How the platform's jobs fare, over all companies. */
export type PlatformStats = {
  __typename?: 'PlatformStats';
  /** When this was read. */
  at: Scalars['DateTime']['output'];
  /** How many jobs the live workers have under way. */
  busy: Scalars['Int']['output'];
  /** The share of their places that is taken, 0 to 1; null without a worker. */
  busyShare: Maybe<Scalars['Float']['output']>;
  /** How many jobs they would take at once. */
  capacity: Scalars['Int']['output'];
  /** Jobs that failed for good and that nobody has had done again. */
  deadLetters: Scalars['Int']['output'];
  /** How attempts ended within the last hour. */
  lastHour: AttemptTally;
  /** How long the first of them has waited, in seconds; null when none does. */
  oldestSeconds: Maybe<Scalars['Float']['output']>;
  /** What is out of bounds now, the newest first. */
  openAlerts: Array<PlatformAlert>;
  /** What each probe read last. */
  probes: Array<PlatformProbe>;
  /** How many jobs could start now. */
  queueDepth: Scalars['Int']['output'];
  /** The kinds of jobs that wait or are under way, the longest queue first. */
  queues: Array<QueueDepth>;
  /** Whether to run more workers, or fewer. */
  scaling: ScalingAdvice;
  /** The cells that cannot be reached now, in which some of the companies live: these figures are without theirs. */
  unreachableCells: Array<Scalars['String']['output']>;
  /** When the platform last watched itself. It does so every minute: one that is older means that nobody watches. */
  watchedAt: Maybe<Scalars['DateTime']['output']>;
  /** The share of webhooks that failed within the last hour, 0 to 1, as last watched; null while there are too few to tell. */
  webhookFailureRate: Maybe<Scalars['Float']['output']>;
  /** The processes that take jobs. */
  workers: Array<PlatformWorker>;
};

/** A process that takes jobs. */
export type PlatformWorker = {
  __typename?: 'PlatformWorker';
  /** How many jobs it has under way. */
  busy: Scalars['Int']['output'];
  /** How many it would take at once. */
  capacity: Scalars['Int']['output'];
  /** The host it runs on. */
  host: Scalars['String']['output'];
  /** Its id, which it takes anew with each start. */
  id: Scalars['ID']['output'];
  /** Whether it was seen within the last thirty seconds. */
  isLive: Scalars['Boolean']['output'];
  /** How many attempts succeeded since it started. */
  jobsDone: Scalars['SafeInt']['output'];
  /** How many failed. */
  jobsFailed: Scalars['SafeInt']['output'];
  /** When it last ended one. */
  lastJobAt: Maybe<Scalars['DateTime']['output']>;
  /** The number of its process there. */
  processNumber: Scalars['Int']['output'];
  /** When it last said that it is there, which it does every five seconds. */
  seenAt: Scalars['DateTime']['output'];
  /** When it started. */
  startedAt: Scalars['DateTime']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** Your company's jobs that failed for good and that nobody has had done again, the latest failure first. */
  deadLetters: Maybe<JobRunConnection>;
  /** One job of your company, or null. */
  jobRun: Maybe<JobRun>;
  /** Your company's jobs, newest first. */
  jobRuns: Maybe<JobRunConnection>;
  /** What of the platform is, or was, out of bounds, newest first. Staff only. */
  platformAlerts: Maybe<PlatformAlertConnection>;
  /** How the platform's jobs fare, over all companies. Staff only. */
  platformStats: Maybe<PlatformStats>;
  /** How your limit stands; null where nothing is limited. */
  rateLimit: Maybe<RateLimit>;
};


export type QueryDeadLettersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeadLetterFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryJobRunArgs = {
  id: Scalars['ID']['input'];
};


export type QueryJobRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<JobRunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPlatformAlertsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PlatformAlertFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How many jobs of one kind wait. */
export type QueueDepth = {
  __typename?: 'QueueDepth';
  /** Jobs under way, as counted some seconds ago. */
  active: Scalars['Int']['output'];
  /** Jobs that wait for their time, such as to be tried again. */
  delayed: Scalars['Int']['output'];
  /** What kind of job it is. */
  name: Scalars['String']['output'];
  /** How long the first that could start has waited, in seconds. */
  oldestSeconds: Maybe<Scalars['Float']['output']>;
  /** Jobs that could start now. */
  ready: Scalars['Int']['output'];
};

/** What you may still ask of the platform. Operations cost points: what they could return at most is taken, and what they did not return is given back. */
export type RateLimit = {
  __typename?: 'RateLimit';
  /** The points that this operation could cost. */
  cost: Scalars['Int']['output'];
  /** The most points that can be available to you. */
  limit: Scalars['Int']['output'];
  /** How many objects this operation could return. */
  nodeCount: Scalars['Int']['output'];
  /** The points that are available while this operation is answered. */
  remaining: Scalars['Int']['output'];
  /** When all points are available again, if you ask nothing more. */
  resetAt: Scalars['DateTime']['output'];
  /** The points that are in use. */
  used: Scalars['Int']['output'];
};

/** Dead letters to do again: either `jobIds`, or a `name`. */
export type RedriveDeadLettersInput = {
  /** These jobs, 100 at most. */
  jobIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** How many of that kind, 1 to 100. */
  limit?: InputMaybe<Scalars['Int']['input']>;
  /** The oldest jobs of this kind. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The company whose jobs of that kind are meant. For staff alone, who mean the platform's own when they leave it out. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of doing dead letters again. */
export type RedriveDeadLettersResult = IdempotencyKeyReused | InvalidInput | JobRefused | NotFound | RedriveDeadLettersSuccess;

/** The dead letters are done again. */
export type RedriveDeadLettersSuccess = {
  __typename?: 'RedriveDeadLettersSuccess';
  /** The new jobs, 100 at most. */
  jobs: Array<JobRun>;
};

/** A job to do again. */
export type RerunJobInput = {
  /** The job's id. */
  jobId: Scalars['ID']['input'];
};

/** What came of doing a job again. */
export type RerunJobResult = IdempotencyKeyReused | JobRefused | NotFound | RerunJobSuccess;

/** The job is done again. */
export type RerunJobSuccess = {
  __typename?: 'RerunJobSuccess';
  /** The new job. */
  job: JobRun;
};

/** Whether to run more workers, or fewer. */
export type ScalingAdvice = {
  __typename?: 'ScalingAdvice';
  /** What to do. */
  advice: ScalingStep;
  /** Why, in a sentence with the figures. */
  reason: Scalars['String']['output'];
};

/** What to do about the number of workers. */
export type ScalingStep =
  /** Run fewer: less than three tenths of the places are taken, of more than one worker. */
  | 'SCALE_DOWN'
  /** Run more: more than fifty jobs wait. */
  | 'SCALE_UP'
  /** Leave it. */
  | 'STEADY';

/** A failure that the caller can do something about. */
export type UserError = {
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


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



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AcknowledgePlatformAlertResult:
    | ( Omit<AcknowledgePlatformAlertSuccess, 'alert'> & { alert: _RefType['PlatformAlert'] } & { __typename: 'AcknowledgePlatformAlertSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  CancelJobResult:
    | ( Omit<CancelJobSuccess, 'job'> & { job: _RefType['JobRun'] } & { __typename: 'CancelJobSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( JobRefused & { __typename: 'JobRefused' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  RedriveDeadLettersResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( JobRefused & { __typename: 'JobRefused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<RedriveDeadLettersSuccess, 'jobs'> & { jobs: Array<_RefType['JobRun']> } & { __typename: 'RedriveDeadLettersSuccess' } )
  ;
  RerunJobResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( JobRefused & { __typename: 'JobRefused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<RerunJobSuccess, 'job'> & { job: _RefType['JobRun'] } & { __typename: 'RerunJobSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( JobRefused )
    | ( NotFound )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AcknowledgePlatformAlertInput: AcknowledgePlatformAlertInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AcknowledgePlatformAlertResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AcknowledgePlatformAlertResult']>;
  AcknowledgePlatformAlertSuccess: ResolverTypeWrapper<Omit<AcknowledgePlatformAlertSuccess, 'alert'> & { alert: ResolversTypes['PlatformAlert'] }>;
  AttemptTally: ResolverTypeWrapper<AttemptTallyModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  CancelJobInput: CancelJobInput;
  CancelJobResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelJobResult']>;
  CancelJobSuccess: ResolverTypeWrapper<Omit<CancelJobSuccess, 'job'> & { job: ResolversTypes['JobRun'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeadLetterFilter: DeadLetterFilter;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  JobEvent: ResolverTypeWrapper<JobEvent>;
  JobEventKind: JobEventKind;
  JobRefused: ResolverTypeWrapper<JobRefused>;
  JobRun: ResolverTypeWrapper<JobRunModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  JobRunConnection: ResolverTypeWrapper<Omit<JobRunConnection, 'edges'> & { edges: Array<ResolversTypes['JobRunEdge']> }>;
  JobRunEdge: ResolverTypeWrapper<Omit<JobRunEdge, 'node'> & { node: ResolversTypes['JobRun'] }>;
  JobRunFilter: JobRunFilter;
  JobState: JobState;
  JobStep: ResolverTypeWrapper<JobStepModel>;
  JobStepStatus: JobStepStatus;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PlatformAlert: ResolverTypeWrapper<PlatformAlertModel>;
  PlatformAlertConnection: ResolverTypeWrapper<Omit<PlatformAlertConnection, 'edges'> & { edges: Array<ResolversTypes['PlatformAlertEdge']> }>;
  PlatformAlertEdge: ResolverTypeWrapper<Omit<PlatformAlertEdge, 'node'> & { node: ResolversTypes['PlatformAlert'] }>;
  PlatformAlertFilter: PlatformAlertFilter;
  PlatformProbe: ResolverTypeWrapper<PlatformProbe>;
  PlatformSeverity: PlatformSeverity;
  PlatformStats: ResolverTypeWrapper<PlatformStatsModel>;
  PlatformWorker: ResolverTypeWrapper<WorkerModel>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QueueDepth: ResolverTypeWrapper<QueueDepth>;
  RateLimit: ResolverTypeWrapper<RateLimit>;
  RedriveDeadLettersInput: RedriveDeadLettersInput;
  RedriveDeadLettersResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RedriveDeadLettersResult']>;
  RedriveDeadLettersSuccess: ResolverTypeWrapper<Omit<RedriveDeadLettersSuccess, 'jobs'> & { jobs: Array<ResolversTypes['JobRun']> }>;
  RerunJobInput: RerunJobInput;
  RerunJobResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RerunJobResult']>;
  RerunJobSuccess: ResolverTypeWrapper<Omit<RerunJobSuccess, 'job'> & { job: ResolversTypes['JobRun'] }>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  ScalingAdvice: ResolverTypeWrapper<ScalingAdvice>;
  ScalingStep: ScalingStep;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AcknowledgePlatformAlertInput: AcknowledgePlatformAlertInput;
  ID: Scalars['ID']['output'];
  AcknowledgePlatformAlertResult: ResolversUnionTypes<ResolversParentTypes>['AcknowledgePlatformAlertResult'];
  AcknowledgePlatformAlertSuccess: Omit<AcknowledgePlatformAlertSuccess, 'alert'> & { alert: ResolversParentTypes['PlatformAlert'] };
  AttemptTally: AttemptTallyModel;
  Int: Scalars['Int']['output'];
  Float: Scalars['Float']['output'];
  CancelJobInput: CancelJobInput;
  CancelJobResult: ResolversUnionTypes<ResolversParentTypes>['CancelJobResult'];
  CancelJobSuccess: Omit<CancelJobSuccess, 'job'> & { job: ResolversParentTypes['JobRun'] };
  DateTime: Scalars['DateTime']['output'];
  DeadLetterFilter: DeadLetterFilter;
  IdempotencyKeyReused: IdempotencyKeyReused;
  InvalidInput: InvalidInput;
  JobEvent: JobEvent;
  JobRefused: JobRefused;
  JobRun: JobRunModel;
  Boolean: Scalars['Boolean']['output'];
  JobRunConnection: Omit<JobRunConnection, 'edges'> & { edges: Array<ResolversParentTypes['JobRunEdge']> };
  JobRunEdge: Omit<JobRunEdge, 'node'> & { node: ResolversParentTypes['JobRun'] };
  JobRunFilter: JobRunFilter;
  JobStep: JobStepModel;
  LocalDate: Scalars['LocalDate']['output'];
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  PlatformAlert: PlatformAlertModel;
  PlatformAlertConnection: Omit<PlatformAlertConnection, 'edges'> & { edges: Array<ResolversParentTypes['PlatformAlertEdge']> };
  PlatformAlertEdge: Omit<PlatformAlertEdge, 'node'> & { node: ResolversParentTypes['PlatformAlert'] };
  PlatformAlertFilter: PlatformAlertFilter;
  PlatformProbe: PlatformProbe;
  PlatformStats: PlatformStatsModel;
  PlatformWorker: WorkerModel;
  Query: Record<PropertyKey, never>;
  QueueDepth: QueueDepth;
  RateLimit: RateLimit;
  RedriveDeadLettersInput: RedriveDeadLettersInput;
  RedriveDeadLettersResult: ResolversUnionTypes<ResolversParentTypes>['RedriveDeadLettersResult'];
  RedriveDeadLettersSuccess: Omit<RedriveDeadLettersSuccess, 'jobs'> & { jobs: Array<ResolversParentTypes['JobRun']> };
  RerunJobInput: RerunJobInput;
  RerunJobResult: ResolversUnionTypes<ResolversParentTypes>['RerunJobResult'];
  RerunJobSuccess: Omit<RerunJobSuccess, 'job'> & { job: ResolversParentTypes['JobRun'] };
  SafeInt: Scalars['SafeInt']['output'];
  ScalingAdvice: ScalingAdvice;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  String: Scalars['String']['output'];
};

export type ArgumentRequiresScopesDirectiveArgs = {
  scopes: Array<Array<Scalars['String']['input']>>;
};

export type ArgumentRequiresScopesDirectiveResolver<Result, Parent, ContextType = OperationsContext, Args = ArgumentRequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = OperationsContext, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresPlanDirectiveArgs = {
  tiers: Array<Scalars['String']['input']>;
};

export type RequiresPlanDirectiveResolver<Result, Parent, ContextType = OperationsContext, Args = RequiresPlanDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AcknowledgePlatformAlertResultResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['AcknowledgePlatformAlertResult'] = ResolversParentTypes['AcknowledgePlatformAlertResult']> = {
  __resolveType: TypeResolveFn<'AcknowledgePlatformAlertSuccess' | 'IdempotencyKeyReused' | 'NotFound', ParentType, ContextType>;
};

export type AcknowledgePlatformAlertSuccessResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['AcknowledgePlatformAlertSuccess'] = ResolversParentTypes['AcknowledgePlatformAlertSuccess']> = {
  alert?: Resolver<ResolversTypes['PlatformAlert'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AttemptTallyResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['AttemptTally'] = ResolversParentTypes['AttemptTally']> = {
  cancelled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failureRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  gaveUp?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CancelJobResultResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['CancelJobResult'] = ResolversParentTypes['CancelJobResult']> = {
  __resolveType: TypeResolveFn<'CancelJobSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'JobRefused' | 'NotFound', ParentType, ContextType>;
};

export type CancelJobSuccessResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['CancelJobSuccess'] = ResolversParentTypes['CancelJobSuccess']> = {
  job?: Resolver<ResolversTypes['JobRun'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type IdempotencyKeyReusedResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JobEventResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['JobEvent'] = ResolversParentTypes['JobEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['JobEventKind'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type JobRefusedResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['JobRefused'] = ResolversParentTypes['JobRefused']> = {
  jobId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JobRunResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['JobRun'] = ResolversParentTypes['JobRun']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  canCancel?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  canRerun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cancelAskedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  cancelRefusal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cell?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  durationSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['JobEvent']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDead?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payload?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queuedForSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  redrivenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rerunOf?: Resolver<Maybe<ResolversTypes['JobRun']>, ParentType, ContextType>;
  rerunRefusal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reruns?: Resolver<Array<ResolversTypes['JobRun']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['JobStep']>, ParentType, ContextType>;
  tenantId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type JobRunConnectionResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['JobRunConnection'] = ResolversParentTypes['JobRunConnection']> = {
  edges?: Resolver<Array<ResolversTypes['JobRunEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JobRunEdgeResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['JobRunEdge'] = ResolversParentTypes['JobRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JobRun'], ParentType, ContextType>;
};

export type JobStepResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['JobStep'] = ResolversParentTypes['JobStep']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStepStatus'], ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MoneyResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acknowledgePlatformAlert?: Resolver<Maybe<ResolversTypes['AcknowledgePlatformAlertResult']>, ParentType, ContextType, RequireFields<MutationAcknowledgePlatformAlertArgs, 'input'>>;
  cancelJob?: Resolver<Maybe<ResolversTypes['CancelJobResult']>, ParentType, ContextType, RequireFields<MutationCancelJobArgs, 'input'>>;
  redriveDeadLetters?: Resolver<Maybe<ResolversTypes['RedriveDeadLettersResult']>, ParentType, ContextType, RequireFields<MutationRedriveDeadLettersArgs, 'input'>>;
  rerunJob?: Resolver<Maybe<ResolversTypes['RerunJobResult']>, ParentType, ContextType, RequireFields<MutationRerunJobArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlatformAlertResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['PlatformAlert'] = ResolversParentTypes['PlatformAlert']> = {
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  acknowledgedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastBreachedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  runbook?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['PlatformSeverity'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type PlatformAlertConnectionResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['PlatformAlertConnection'] = ResolversParentTypes['PlatformAlertConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PlatformAlertEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PlatformAlertEdgeResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['PlatformAlertEdge'] = ResolversParentTypes['PlatformAlertEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PlatformAlert'], ParentType, ContextType>;
};

export type PlatformProbeResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['PlatformProbe'] = ResolversParentTypes['PlatformProbe']> = {
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isBreached?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  readAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  runbook?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['PlatformSeverity'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type PlatformStatsResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['PlatformStats'] = ResolversParentTypes['PlatformStats']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  busy?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  busyShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deadLetters?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastHour?: Resolver<ResolversTypes['AttemptTally'], ParentType, ContextType>;
  oldestSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  openAlerts?: Resolver<Array<ResolversTypes['PlatformAlert']>, ParentType, ContextType>;
  probes?: Resolver<Array<ResolversTypes['PlatformProbe']>, ParentType, ContextType>;
  queueDepth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queues?: Resolver<Array<ResolversTypes['QueueDepth']>, ParentType, ContextType>;
  scaling?: Resolver<ResolversTypes['ScalingAdvice'], ParentType, ContextType>;
  unreachableCells?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  watchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  webhookFailureRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  workers?: Resolver<Array<ResolversTypes['PlatformWorker']>, ParentType, ContextType>;
};

export type PlatformWorkerResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['PlatformWorker'] = ResolversParentTypes['PlatformWorker']> = {
  busy?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isLive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  jobsDone?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  jobsFailed?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  lastJobAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  processNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  deadLetters?: Resolver<Maybe<ResolversTypes['JobRunConnection']>, ParentType, ContextType, RequireFields<QueryDeadLettersArgs, 'first'>>;
  jobRun?: Resolver<Maybe<ResolversTypes['JobRun']>, ParentType, ContextType, RequireFields<QueryJobRunArgs, 'id'>>;
  jobRuns?: Resolver<Maybe<ResolversTypes['JobRunConnection']>, ParentType, ContextType, RequireFields<QueryJobRunsArgs, 'first'>>;
  platformAlerts?: Resolver<Maybe<ResolversTypes['PlatformAlertConnection']>, ParentType, ContextType, RequireFields<QueryPlatformAlertsArgs, 'first'>>;
  platformStats?: Resolver<Maybe<ResolversTypes['PlatformStats']>, ParentType, ContextType>;
  rateLimit?: Resolver<Maybe<ResolversTypes['RateLimit']>, ParentType, ContextType>;
};

export type QueueDepthResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['QueueDepth'] = ResolversParentTypes['QueueDepth']> = {
  active?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  delayed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  oldestSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  ready?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RateLimitResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['RateLimit'] = ResolversParentTypes['RateLimit']> = {
  cost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nodeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RedriveDeadLettersResultResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['RedriveDeadLettersResult'] = ResolversParentTypes['RedriveDeadLettersResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'JobRefused' | 'NotFound' | 'RedriveDeadLettersSuccess', ParentType, ContextType>;
};

export type RedriveDeadLettersSuccessResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['RedriveDeadLettersSuccess'] = ResolversParentTypes['RedriveDeadLettersSuccess']> = {
  jobs?: Resolver<Array<ResolversTypes['JobRun']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RerunJobResultResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['RerunJobResult'] = ResolversParentTypes['RerunJobResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'JobRefused' | 'NotFound' | 'RerunJobSuccess', ParentType, ContextType>;
};

export type RerunJobSuccessResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['RerunJobSuccess'] = ResolversParentTypes['RerunJobSuccess']> = {
  job?: Resolver<ResolversTypes['JobRun'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type ScalingAdviceResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['ScalingAdvice'] = ResolversParentTypes['ScalingAdvice']> = {
  advice?: Resolver<ResolversTypes['ScalingStep'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = OperationsContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'JobRefused' | 'NotFound', ParentType, ContextType>;
};

export type Resolvers<ContextType = OperationsContext> = {
  AcknowledgePlatformAlertResult?: AcknowledgePlatformAlertResultResolvers<ContextType>;
  AcknowledgePlatformAlertSuccess?: AcknowledgePlatformAlertSuccessResolvers<ContextType>;
  AttemptTally?: AttemptTallyResolvers<ContextType>;
  CancelJobResult?: CancelJobResultResolvers<ContextType>;
  CancelJobSuccess?: CancelJobSuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  JobEvent?: JobEventResolvers<ContextType>;
  JobRefused?: JobRefusedResolvers<ContextType>;
  JobRun?: JobRunResolvers<ContextType>;
  JobRunConnection?: JobRunConnectionResolvers<ContextType>;
  JobRunEdge?: JobRunEdgeResolvers<ContextType>;
  JobStep?: JobStepResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PlatformAlert?: PlatformAlertResolvers<ContextType>;
  PlatformAlertConnection?: PlatformAlertConnectionResolvers<ContextType>;
  PlatformAlertEdge?: PlatformAlertEdgeResolvers<ContextType>;
  PlatformProbe?: PlatformProbeResolvers<ContextType>;
  PlatformStats?: PlatformStatsResolvers<ContextType>;
  PlatformWorker?: PlatformWorkerResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QueueDepth?: QueueDepthResolvers<ContextType>;
  RateLimit?: RateLimitResolvers<ContextType>;
  RedriveDeadLettersResult?: RedriveDeadLettersResultResolvers<ContextType>;
  RedriveDeadLettersSuccess?: RedriveDeadLettersSuccessResolvers<ContextType>;
  RerunJobResult?: RerunJobResultResolvers<ContextType>;
  RerunJobSuccess?: RerunJobSuccessResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  ScalingAdvice?: ScalingAdviceResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = OperationsContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
