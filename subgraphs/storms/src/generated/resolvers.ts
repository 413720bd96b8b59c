import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Storm as StormModel } from '../domain/storm.ts';
import type { Property as PropertyModel } from '../domain/property.ts';
import type { PropertyImport as PropertyImportModel } from '../domain/property-import.ts';
import type { Pilot as PilotModel } from '../domain/pilot.ts';
import type { StormsContext } from '../context.ts';
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

/** A policy as it was applied to a storm. */
export type AppliedPolicy = {
  __typename?: 'AppliedPolicy';
  /** When it was applied. */
  appliedAt: Scalars['DateTime']['output'];
  /** How many properties got which decision. */
  decisions: DecisionCounts;
  /** Whether the first outcome has come in, after which nothing is decided anew. */
  frozen: Scalars['Boolean']['output'];
  /** How bold it is. */
  mode: PolicyMode;
};

/** The storm and the policy. */
export type ApplyPolicyInput = {
  /** How bold the policy is. */
  mode: PolicyMode;
  /** The storm's id. */
  stormId: Scalars['ID']['input'];
};

/** What came of applying a policy. */
export type ApplyPolicyResult = ApplyPolicySuccess | IdempotencyKeyReused | NotFound | NotScored | PolicyFrozen | WrongStormStatus;

/** Every property has its decision. */
export type ApplyPolicySuccess = {
  __typename?: 'ApplyPolicySuccess';
  /** How many got which. */
  decisions: DecisionCounts;
  /** The storm. */
  storm: Storm;
};

/** Which touches the conversions of a storm are credited to. */
export type Attribution = {
  __typename?: 'Attribution';
  /** How many properties converted. */
  conversions: Scalars['Int']['output'];
  /** The credit of each kind of touch, the largest first; together with the unattributed they add up to the conversions. */
  credits: Array<AttributionCredit>;
  /** Seconds since the newest touch that got credit; null when none did. */
  freshnessSeconds: Maybe<Scalars['Float']['output']>;
  /** The rule by which credit is given. */
  model: AttributionModel;
  /** How many of them had no touch before they converted. */
  unattributed: Scalars['Int']['output'];
};

/** What one kind of touch is credited with. */
export type AttributionCredit = {
  __typename?: 'AttributionCredit';
  /** Conversions, in parts where several touches share one. */
  conversions: Scalars['Float']['output'];
  /** The kind of touch. */
  kind: JourneyEventKind;
  /** Their value. */
  value: Money;
};

/** How the credit for a conversion is shared among the touches before it. */
export type AttributionModel =
  /** All of it to the first touch. */
  | 'FIRST_TOUCH'
  /** All of it to the last touch. */
  | 'LAST_TOUCH'
  /** The same to every touch. */
  | 'LINEAR'
  /** More to later touches: a touch a week earlier gets half. */
  | 'TIME_DECAY';

/** The ends of a 95 % interval; an end is null where nothing bounds it. */
export type Bounds = {
  __typename?: 'Bounds';
  /** The upper end. */
  high: Maybe<Scalars['Float']['output']>;
  /** The lower end. */
  low: Maybe<Scalars['Float']['output']>;
};

/** The line through predicted and realised lift; 1 and 0 are perfect. */
export type Calibration = {
  __typename?: 'Calibration';
  /** Where it meets a prediction of 0. */
  intercept: Scalars['Float']['output'];
  /** Its slope. */
  slope: Scalars['Float']['output'];
};

/** Whether a check passes. */
export type CheckStatus =
  /** What rests on it cannot be trusted. */
  | 'FAIL'
  /** It passes. */
  | 'PASS'
  /** Somebody should look. */
  | 'WARN';

/** The pilot to complete. */
export type CompletePilotInput = {
  /** The pilot's id. */
  pilotId: Scalars['ID']['input'];
};

/** What came of completing a pilot. */
export type CompletePilotResult = CompletePilotSuccess | IdempotencyKeyReused | NotFound | PilotTooEarly;

/** The report is being computed. */
export type CompletePilotSuccess = {
  __typename?: 'CompletePilotSuccess';
  /** The pilot. */
  pilot: Pilot;
};

/** A new storm. */
export type CreateStormInput = {
  /** When the work ends. */
  endsAt: Scalars['DateTime']['input'];
  /** Your own name for the event, 1 to 100 characters, unique among your storms. */
  eventId: Scalars['String']['input'];
  /** The storm's name, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** When the work begins. */
  startsAt: Scalars['DateTime']['input'];
};

/** What came of creating a storm. */
export type CreateStormResult = CreateStormSuccess | IdempotencyKeyReused | InvalidInput | StormExists;

/** The storm is there. */
export type CreateStormSuccess = {
  __typename?: 'CreateStormSuccess';
  /** The new storm. */
  storm: Storm;
};

/** What came of making a place for a file. */
export type CreateUploadResult = CreateUploadSuccess | IdempotencyKeyReused;

/** The place is ready. */
export type CreateUploadSuccess = {
  __typename?: 'CreateUploadSuccess';
  /** Where to send the file. */
  upload: Upload;
};

/** Whether a criterion is met. */
export type CriterionStatus =
  /** It is. */
  | 'MET'
  /** What it needs is not there. */
  | 'NOT_EVALUATED'
  /** It is not. */
  | 'NOT_MET';

/** One check of a storm's data. */
export type DataCheck = {
  __typename?: 'DataCheck';
  /** What is checked, such as feature_completeness. */
  name: Scalars['String']['output'];
  /** What was found. */
  observed: Scalars['Float']['output'];
  /** Whether it passes. */
  status: CheckStatus;
  /** Where it begins to warn. */
  threshold: Scalars['Float']['output'];
};

/** Whether a storm's data can be trusted. */
export type DataHealth = {
  __typename?: 'DataHealth';
  /** The checks, one by one. */
  checks: Array<DataCheck>;
  /** The share of rows that passed every check. */
  score: Scalars['Float']['output'];
  /** The worst of the checks. */
  status: CheckStatus;
};

/** What the crew does with a property. */
export type Decision =
  /** It is not part of the storm's work. */
  | 'EXCLUDED'
  /** Leave it alone. */
  | 'HOLD'
  /** Work it. */
  | 'TREAT';

/** How many properties got which decision. */
export type DecisionCounts = {
  __typename?: 'DecisionCounts';
  /** Properties that are not part of the work. */
  excluded: Scalars['Int']['output'];
  /** Properties to leave alone. */
  hold: Scalars['Int']['output'];
  /** Properties to work. */
  treat: Scalars['Int']['output'];
  /** The share of treated among treated and held. */
  treatShare: Scalars['Float']['output'];
};

/** Why a property got its decision. */
export type DecisionReason =
  /** Its score is above the threshold. */
  | 'ABOVE_THRESHOLD'
  /** Its score is below the threshold. */
  | 'BELOW_THRESHOLD'
  /** More would be treated than the policy allows, and its score was among the lowest. */
  | 'CAPACITY'
  /** Its score is below the threshold, and the draw sent a crew all the same, to learn. */
  | 'EXPLORATION'
  /** Its score is above the threshold, and the draw held it back to compare against. */
  | 'RANDOM_CONTROL'
  /** It is left out of the work. */
  | 'SUPPRESSED'
  /** It has no score. */
  | 'UNSCORED';

/** Whether scores have moved away from what their model was made for. */
export type DriftStatus =
  /** They have, beyond chance. */
  | 'DRIFTED'
  /** They have not. */
  | 'STABLE'
  /** There are too few to say. */
  | 'UNKNOWN'
  /** They have a little. */
  | 'WARN';

/** The arms of an experiment. */
export type ExperimentArm =
  /** Not treated. */
  | 'CONTROL'
  /** Treated. */
  | 'TREAT';

/** Which columns of a CSV mean what. */
export type ExperimentColumnsInput = {
  /** The column of the arm. */
  arm: Scalars['String']['input'];
  /** The arm's value that means not treated. */
  control: Scalars['String']['input'];
  /** The column that says whether it converted. */
  converted: Scalars['String']['input'];
  /** The column of the row's id. */
  id: Scalars['String']['input'];
  /** The column of the predicted uplift. */
  score?: InputMaybe<Scalars['String']['input']>;
  /** Columns to group by. */
  segments?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The arm's value that means treated. */
  treat: Scalars['String']['input'];
  /** The column of the value in major units. */
  value?: InputMaybe<Scalars['String']['input']>;
};

/** One row of an experiment. */
export type ExperimentRowInput = {
  /** The arm it was drawn into. */
  arm: ExperimentArm;
  /** Whether it converted. */
  converted: Scalars['Boolean']['input'];
  /** The row's own id, unique in the experiment. */
  id: Scalars['String']['input'];
  /** The predicted uplift, if a model scored it. */
  score?: InputMaybe<Scalars['Float']['input']>;
  /** Groups it belongs to. */
  segments?: InputMaybe<Array<ExperimentSegmentInput>>;
  /** What it was worth, in minor units; only with a conversion. */
  valueMinorUnits?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** A group that a row belongs to. */
export type ExperimentSegmentInput = {
  /** What is grouped by. */
  dimension: Scalars['String']['input'];
  /** The group. */
  key: Scalars['String']['input'];
};

/** The file as a whole cannot be read; nothing of it was kept. */
export type FileRefused = UserError & {
  __typename?: 'FileRefused';
  /** A code for the reason, such as MISSING_COLUMNS. */
  code: Scalars['String']['output'];
  /** What is wrong with it, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** The idempotency key was used before with a different request. */
export type IdempotencyKeyReused = UserError & {
  __typename?: 'IdempotencyKeyReused';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** An experiment run elsewhere: its rows, or an upload of them. */
export type ImportExperimentInput = {
  /** Which columns of the CSV mean what; needed with an upload. */
  columns?: InputMaybe<ExperimentColumnsInput>;
  /** What the treatment cost altogether. */
  cost?: InputMaybe<MoneyInput>;
  /** Hours of work altogether. */
  crewHours?: InputMaybe<Scalars['Float']['input']>;
  /** The ISO 4217 code of the values; USD when left out. */
  currency?: InputMaybe<Scalars['String']['input']>;
  /** Share of rows that the design sent to treatment; 0.5 for an even split. */
  expectedTreatShare?: InputMaybe<Scalars['Float']['input']>;
  /** The experiment's name, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** The rows themselves, up to 5,000. */
  rows?: InputMaybe<Array<ExperimentRowInput>>;
  /** The id of an upload that has the rows as CSV. */
  uploadId?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of importing an experiment. */
export type ImportExperimentResult = FileRefused | IdempotencyKeyReused | ImportExperimentSuccess | InvalidInput | NotFound | RowsRefused;

/** The experiment is imported, and its report is being computed. */
export type ImportExperimentSuccess = {
  __typename?: 'ImportExperimentSuccess';
  /** The experiment as a pilot. */
  pilot: Pilot;
  /** How many rows were read. */
  rowsAccepted: Scalars['Int']['output'];
};

/** Properties to read: either the text itself or an upload. */
export type ImportPropertiesInput = {
  /** The CSV text, up to 1 MB. */
  csv?: InputMaybe<Scalars['String']['input']>;
  /** The storm's id. */
  stormId: Scalars['ID']['input'];
  /** The id of an upload that has its file. */
  uploadId?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of reading properties. */
export type ImportPropertiesResult = FileRefused | IdempotencyKeyReused | ImportPropertiesSuccess | InvalidInput | NotFound | WrongStormStatus;

/** The file was read, or is being read. */
export type ImportPropertiesSuccess = {
  __typename?: 'ImportPropertiesSuccess';
  /** The import. */
  import: PropertyImport;
};

/** A line that was refused. */
export type ImportRejection = {
  __typename?: 'ImportRejection';
  /** The number of the line in the file; the header is line 1. */
  line: Scalars['Int']['output'];
  /** What is wrong with it, in a sentence for a person. */
  reason: Scalars['String']['output'];
};

/** How far an import is. */
export type ImportStatus =
  /** All good lines are properties. */
  | 'COMPLETED'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** The file as a whole was refused, and nothing of it was kept. */
  | 'REFUSED'
  /** Being read. */
  | 'RUNNING';

/** Touches on properties. */
export type IngestJourneyEventsInput = {
  /** The events, 1 to 5,000. */
  events: Array<JourneyEventInput>;
};

/** What came of receiving touches. */
export type IngestJourneyEventsResult = IdempotencyKeyReused | IngestJourneyEventsSuccess | InvalidInput | OutcomesRefused;

/** The touches are received. */
export type IngestJourneyEventsSuccess = {
  __typename?: 'IngestJourneyEventsSuccess';
  /** How many were new. */
  received: Scalars['Int']['output'];
  /** How many had been received before. */
  repeated: Scalars['Int']['output'];
};

/** A value of the input cannot be used. */
export type InvalidInput = UserError & {
  __typename?: 'InvalidInput';
  /** The path of the value inside the input, such as cost.minorUnits. */
  field: Scalars['String']['output'];
  /** What is wrong with the value, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** One touch on a property. */
export type JourneyEventInput = {
  /** When it happened. */
  at: Scalars['DateTime']['input'];
  /** Your own id of the event, by which a repeated one is known. */
  clientEventId: Scalars['String']['input'];
  /** Your own id of the property. */
  externalId: Scalars['String']['input'];
  /** What happened. */
  kind: JourneyEventKind;
  /** The storm's id. */
  stormId: Scalars['ID']['input'];
};

/** What happened at a property. */
export type JourneyEventKind =
  /** The owner called. */
  | 'CALL'
  /** An estimate was given. */
  | 'ESTIMATE'
  /** The roof was inspected. */
  | 'INSPECTION'
  /** The crew knocked. */
  | 'KNOCK'
  /** The crew sent a message. */
  | 'MESSAGE'
  /** The owner signed. */
  | 'SIGNED';

/** A version of a model; it never changes once registered. */
export type ModelVersion = {
  __typename?: 'ModelVersion';
  /** The version's id. */
  id: Scalars['ID']['output'];
};

/** An amount of money in whole minor units, cents for US dollars. */
export type Money = {
  __typename?: 'Money';
  /** The ISO 4217 code, such as USD. */
  currency: Scalars['String']['output'];
  /** The amount in minor units; $12.34 is 1234. */
  minorUnits: Scalars['SafeInt']['output'];
};

/** The ends of a 95 % interval of an amount. */
export type MoneyBounds = {
  __typename?: 'MoneyBounds';
  /** The upper end; null where nothing bounds it. */
  high: Maybe<Money>;
  /** The lower end; null where nothing bounds it. */
  low: Maybe<Money>;
};

/** An amount of money that you give, in whole minor units, never negative. */
export type MoneyInput = {
  /** The ISO 4217 code, such as USD. */
  currency: Scalars['String']['input'];
  /** The amount in minor units; $12.34 is 1234. */
  minorUnits: Scalars['SafeInt']['input'];
};

/** The storm to move on. */
export type MoveStormInput = {
  /** The storm's id. */
  stormId: Scalars['ID']['input'];
};

/** What came of moving a storm on. */
export type MoveStormResult = IdempotencyKeyReused | MoveStormSuccess | NotFound | WrongStormStatus;

/** The storm moved on. */
export type MoveStormSuccess = {
  __typename?: 'MoveStormSuccess';
  /** The storm. */
  storm: Storm;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Sends the crews out: planning becomes active. */
  activateStorm: Maybe<MoveStormResult>;
  /** Decides over every property of a storm: treat, hold, or leave out. */
  applyPolicy: Maybe<ApplyPolicyResult>;
  /** Puts a completed storm away. */
  archiveStorm: Maybe<MoveStormResult>;
  /** Closes the window of a pilot and computes its report. */
  completePilot: Maybe<CompletePilotResult>;
  /** Ends the work: active becomes completed. */
  completeStorm: Maybe<MoveStormResult>;
  /** Creates a storm in planning. */
  createStorm: Maybe<CreateStormResult>;
  /** Makes a place to send a file to, for files too large for a request. */
  createUpload: Maybe<CreateUploadResult>;
  /** Measures an experiment that was run elsewhere, which counts as no usage. Part of STANDARD and ENTERPRISE. */
  importExperiment: Maybe<ImportExperimentResult>;
  /** Reads properties from CSV. Small texts answer at once; an uploaded file goes on as a job. */
  importProperties: Maybe<ImportPropertiesResult>;
  /** Receives touches on properties; an event that was received before is not counted twice. */
  ingestJourneyEvents: Maybe<IngestJourneyEventsResult>;
  /** Records what came of properties; all of the request's outcomes or none. */
  recordOutcomes: Maybe<RecordOutcomesResult>;
  /** Takes an archived storm out again, as completed. Takes an admin. */
  restoreStorm: Maybe<MoveStormResult>;
  /** Scores every property of a storm with the model that answers today. */
  scoreStorm: Maybe<ScoreStormResult>;
  /** Starts a pilot: fixes its design, applies its policy, and opens the window for outcomes. */
  startPilot: Maybe<StartPilotResult>;
};


export type MutationActivateStormArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: MoveStormInput;
};


export type MutationApplyPolicyArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ApplyPolicyInput;
};


export type MutationArchiveStormArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: MoveStormInput;
};


export type MutationCompletePilotArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CompletePilotInput;
};


export type MutationCompleteStormArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: MoveStormInput;
};


export type MutationCreateStormArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CreateStormInput;
};


export type MutationCreateUploadArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationImportExperimentArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ImportExperimentInput;
};


export type MutationImportPropertiesArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ImportPropertiesInput;
};


export type MutationIngestJourneyEventsArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: IngestJourneyEventsInput;
};


export type MutationRecordOutcomesArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RecordOutcomesInput;
};


export type MutationRestoreStormArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: MoveStormInput;
};


export type MutationScoreStormArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ScoreStormInput;
};


export type MutationStartPilotArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: StartPilotInput;
};

/** No version of the uplift model answers in production. */
export type NoActiveModel = UserError & {
  __typename?: 'NoActiveModel';
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** Nothing of that id is yours. Another tenant's id answers the same. */
export type NotFound = UserError & {
  __typename?: 'NotFound';
  /** The id that was asked for. */
  id: Scalars['ID']['output'];
  /** What was not found, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** The storm has no scores yet. */
export type NotScored = UserError & {
  __typename?: 'NotScored';
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** What came of a property. */
export type Outcome = {
  __typename?: 'Outcome';
  /** When it was decided. */
  at: Scalars['DateTime']['output'];
  /** Whether the owner signed. */
  converted: Scalars['Boolean']['output'];
  /** What the job is worth; null without conversion. */
  value: Maybe<Money>;
};

/** What came of one property, named by either of its ids. */
export type OutcomeInput = {
  /** When it was decided. */
  at: Scalars['DateTime']['input'];
  /** Whether the owner signed. */
  converted: Scalars['Boolean']['input'];
  /** Your own id of the property. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** The property's id. */
  propertyId?: InputMaybe<Scalars['ID']['input']>;
  /** What the job is worth; only with a conversion. */
  value?: InputMaybe<MoneyInput>;
};

/** An outcome that was refused. */
export type OutcomeRejection = {
  __typename?: 'OutcomeRejection';
  /** Its place in the request, from 0. */
  index: Scalars['Int']['output'];
  /** What is wrong with it, in a sentence for a person. */
  reason: Scalars['String']['output'];
};

/** Some outcomes cannot be recorded, so none of the request's were. */
export type OutcomesRefused = UserError & {
  __typename?: 'OutcomesRefused';
  /** How many were refused, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The refused ones, up to the first 100. */
  rejections: Array<OutcomeRejection>;
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

/** One measured run of a policy on a storm, or an experiment run elsewhere. */
export type Pilot = {
  __typename?: 'Pilot';
  /** When its report was computed. */
  completedAt: Maybe<Scalars['DateTime']['output']>;
  /** What was fixed before any outcome was known. */
  design: PilotDesign;
  /** The pilot's id. */
  id: Scalars['ID']['output'];
  /** Whether it was run here or elsewhere. */
  kind: PilotKind;
  /** The pilot's name. */
  name: Scalars['String']['output'];
  /** The policy it runs; null for an experiment run elsewhere. */
  policyMode: Maybe<PolicyMode>;
  /** What it earned; null before it is complete. */
  report: Maybe<PilotReport>;
  /** The report to forward; null before it is complete. */
  reportPdf: Maybe<ReportPdf>;
  /** When it was started. */
  startedAt: Scalars['DateTime']['output'];
  /** How far it is. */
  status: PilotStatus;
  /** The steps of its run, in order. */
  steps: Array<PilotStep>;
  /** The storm it measures; null for an experiment run elsewhere. */
  storm: Maybe<Storm>;
};

/** One side of the comparison. */
export type PilotArm = {
  __typename?: 'PilotArm';
  /** Which side. */
  arm: ExperimentArm;
  /** How many of them converted. */
  conversions: Scalars['Int']['output'];
  /** Properties with a known outcome. */
  n: Scalars['Int']['output'];
  /** The share that converted, with its 95 % interval. */
  rate: Maybe<RateEstimate>;
  /** What a property of this side earned on average. */
  revenuePerProperty: Maybe<Money>;
};

/** One page of pilots. */
export type PilotConnection = {
  __typename?: 'PilotConnection';
  /** The pilots of this page with their cursors. */
  edges: Array<PilotEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** One thing that a verdict is held against. */
export type PilotCriterion = {
  __typename?: 'PilotCriterion';
  /** Whether the verdict depends on it. */
  decides: Scalars['Boolean']['output'];
  /** The figure and the threshold, in a sentence. */
  detail: Scalars['String']['output'];
  /** The criterion's name. */
  name: Scalars['String']['output'];
  /** Whether it is met. */
  status: CriterionStatus;
};

/** One day of a pilot. */
export type PilotDay = {
  __typename?: 'PilotDay';
  /** Control properties that converted on it. */
  controlConversions: Scalars['Int']['output'];
  /** Lift of all outcomes up to and including it. */
  cumulativeLift: Maybe<RateEstimate>;
  /** The day, in the company's time zone. */
  day: Scalars['LocalDate']['output'];
  /** Treated properties that converted on it. */
  treatConversions: Scalars['Int']['output'];
};

/** Predicted and realised lift of one tenth of the properties. */
export type PilotDecile = {
  __typename?: 'PilotDecile';
  /** Control properties in it. */
  controlN: Scalars['Int']['output'];
  /** 1 has the highest scores. */
  decile: Scalars['Int']['output'];
  /** The mean of the scores. */
  predicted: Scalars['Float']['output'];
  /** The lift that came; null when a side is empty. */
  realised: Maybe<RateEstimate>;
  /** Treated properties in it. */
  treatN: Scalars['Int']['output'];
};

/** What was fixed before any outcome was known. */
export type PilotDesign = {
  __typename?: 'PilotDesign';
  /** Largest share that may be treated. */
  capacityShare: Maybe<Scalars['Float']['output']>;
  /** Share below the threshold that is treated all the same. */
  explorationShare: Maybe<Scalars['Float']['output']>;
  /** Share above the threshold that is held back at random. */
  holdoutShare: Maybe<Scalars['Float']['output']>;
  /** What is expected. */
  hypothesis: Scalars['String']['output'];
  /** The smallest lift that the plan detects four times out of five. */
  minimumDetectableEffect: Maybe<Scalars['Float']['output']>;
  /** The model version whose scores decide. */
  modelVersion: Maybe<Scalars['String']['output']>;
  /** Properties that were planned to be compared. */
  plannedN: Scalars['Int']['output'];
  /** What is measured first. */
  primaryMetric: Scalars['String']['output'];
  /** The text that seeds every draw. */
  salt: Maybe<Scalars['String']['output']>;
  /** Uplift from which properties are treated. */
  threshold: Maybe<Scalars['Float']['output']>;
  /** When they cease to. */
  windowEndsAt: Maybe<Scalars['DateTime']['output']>;
  /** When outcomes begin to count. */
  windowStartsAt: Maybe<Scalars['DateTime']['output']>;
};

/** A pilot on a page. */
export type PilotEdge = {
  __typename?: 'PilotEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The pilot. */
  node: Pilot;
};

/** One check of whether the comparison is fair. */
export type PilotGate = {
  __typename?: 'PilotGate';
  /** What was found, in a sentence. */
  detail: Scalars['String']['output'];
  /** What is checked. */
  name: PilotGateName;
  /** The probability of this or worse if all were well; null where none is computed. */
  pValue: Maybe<Scalars['Float']['output']>;
  /** Whether it passes. */
  status: PilotGateStatus;
};

/** What is checked. */
export type PilotGateName =
  /** Drawing again gives the same arms. */
  | 'ASSIGNMENT'
  /** Those to be treated were. */
  | 'COMPLIANCE'
  /** Nobody treated the control. */
  | 'CONTAMINATION'
  /** No property counts twice. */
  | 'DUPLICATES'
  /** Outcomes are missing alike in both arms. */
  | 'MISSING_OUTCOMES'
  /** The arms are as large as the design says. */
  | 'SAMPLE_RATIO';

/** Whether a check passes. */
export type PilotGateStatus =
  /** There is too little to say. */
  | 'CANNOT_SHOW'
  /** The comparison is not fair. */
  | 'FAIL'
  /** What it needs is not there. */
  | 'NOT_EVALUATED'
  /** It does. */
  | 'PASS'
  /** Somebody should look. */
  | 'WARN';

/** Whether a pilot was run here or elsewhere. */
export type PilotKind =
  /** An experiment run elsewhere. */
  | 'IMPORTED'
  /** A policy on a storm. */
  | 'POLICY';

/** What treatment added. */
export type PilotLift = {
  __typename?: 'PilotLift';
  /** The difference of the two shares. */
  absolute: RateEstimate;
  /** An interval that holds however often one looks. */
  alwaysValid: Maybe<Bounds>;
  /** The probability of a difference this large if treatment did nothing. */
  pValue: Maybe<Scalars['Float']['output']>;
  /** The probability that it adds 10 points or more. */
  probabilityAtGoal: Scalars['Float']['output'];
  /** The probability that treatment adds anything. */
  probabilityPositive: Scalars['Float']['output'];
  /** The ratio of the two shares, less 1; null when one of them is 0. */
  relative: Maybe<RateEstimate>;
};

/** What treatment was worth. */
export type PilotMoney = {
  __typename?: 'PilotMoney';
  /** Cost of one job that would not have come otherwise. */
  cac: Maybe<Money>;
  /** Its 95 % interval. */
  cacInterval: Maybe<MoneyBounds>;
  /** What the treatment cost. */
  cost: Maybe<Money>;
  /** Jobs that would not have come without treatment. */
  incrementalConversions: Scalars['Float']['output'];
  /** Their 95 % interval. */
  incrementalConversionsInterval: Bounds;
  /** Revenue that would not have come without treatment. */
  incrementalRevenue: Maybe<Money>;
  /** Its 95 % interval. */
  incrementalRevenueInterval: Maybe<MoneyBounds>;
  /** Incremental revenue for each hour of crew work. */
  revenuePerHour: Maybe<Money>;
  /** Its 95 % interval. */
  revenuePerHourInterval: Maybe<MoneyBounds>;
  /** Gain over cost, as a ratio: 57.82 is 5,782 %. */
  roi: Maybe<Scalars['Float']['output']>;
  /** Its 95 % interval. */
  roiInterval: Maybe<Bounds>;
};

/** What a pilot earned, in the order in which to trust it. */
export type PilotReport = {
  __typename?: 'PilotReport';
  /** Treated properties and their random control. */
  arms: Array<PilotArm>;
  /** Area under the uplift curve against a perfect model, 1 at best. */
  auuc: Maybe<Scalars['Float']['output']>;
  /** The line through predicted and realised lift. */
  calibration: Maybe<Calibration>;
  /** The effect on those who were in fact touched. */
  complierEffect: Maybe<RateEstimate>;
  /** What the answer was held against. */
  criteria: Array<PilotCriterion>;
  /** Lift over time. */
  daily: Array<PilotDay>;
  /** Predicted and realised lift by score decile. */
  deciles: Array<PilotDecile>;
  /** Checks of whether the comparison is fair. */
  gates: Array<PilotGate>;
  /** The sha-256 of everything the report was computed from. */
  inputHash: Scalars['String']['output'];
  /** The effect of being assigned to treatment. */
  intentToTreat: Maybe<RateEstimate>;
  /** What treatment added; null while an arm is empty. */
  lift: Maybe<PilotLift>;
  /** How everything was computed. */
  method: Array<Scalars['String']['output']>;
  /** The smallest lift these outcomes could have shown four times out of five. */
  minimumDetectableEffect: Maybe<Scalars['Float']['output']>;
  /** What it was worth. */
  money: Maybe<PilotMoney>;
  /** Ranking quality against a perfect model, 1 at best. */
  qini: Maybe<Scalars['Float']['output']>;
  /** Why, one sentence each, the deciding one first. */
  reasons: Array<Scalars['String']['output']>;
  /** What to do next. */
  recommendation: Scalars['String']['output'];
  /** Lift by group. */
  segments: Array<PilotSegment>;
  /** The effect over both strata, where low scores were explored. */
  stratified: Maybe<RateEstimate>;
  /** Realised lift among the tenth with the highest scores. */
  upliftAtTenth: Maybe<Scalars['Float']['output']>;
  /** Realised lift among the three tenths with the highest scores. */
  upliftAtThreeTenths: Maybe<Scalars['Float']['output']>;
  /** The answer. */
  verdict: PilotVerdict;
};

/** The storm has a pilot already. */
export type PilotRunning = UserError & {
  __typename?: 'PilotRunning';
  /** What is wrong, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** That pilot. */
  pilot: Pilot;
};

/** Lift in one group. */
export type PilotSegment = {
  __typename?: 'PilotSegment';
  /** The probability of this or more by chance, corrected for looking at many groups. */
  adjustedPValue: Maybe<Scalars['Float']['output']>;
  /** Control properties in it. */
  controlN: Scalars['Int']['output'];
  /** What is grouped by, such as ZIP. */
  dimension: Scalars['String']['output'];
  /** The group. */
  key: Scalars['String']['output'];
  /** The lift in it; null when it is too small to say. */
  lift: Maybe<RateEstimate>;
  /** Whether it is large enough to say anything. */
  status: SegmentStatus;
  /** Treated properties in it. */
  treatN: Scalars['Int']['output'];
};

/** How far a pilot is. */
export type PilotStatus =
  /** Its report is there and never changes. */
  | 'COMPLETED'
  /** A step failed for good. */
  | 'FAILED'
  /** Its report is being computed. */
  | 'MEASURING'
  /** Crews work and outcomes come in. */
  | 'RUNNING'
  /** Its policy is being applied. */
  | 'STARTING';

/** One step of a pilot's run. */
export type PilotStep = {
  __typename?: 'PilotStep';
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** When it ended. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why its last attempt failed. */
  error: Maybe<Scalars['String']['output']>;
  /** The step's name. */
  name: Scalars['String']['output'];
  /** What it found, in a sentence: of the step backup, how old the last good backup was when the pilot began. */
  note: Maybe<Scalars['String']['output']>;
  /** When its last attempt began. */
  startedAt: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  status: PilotStepStatus;
};

/** Where a step stands. */
export type PilotStepStatus =
  /** Done. */
  | 'DONE'
  /** Its last attempt failed. */
  | 'FAILED'
  /** Not begun. */
  | 'PENDING'
  /** Under way. */
  | 'RUNNING';

/** The pilot cannot be measured yet. */
export type PilotTooEarly = UserError & {
  __typename?: 'PilotTooEarly';
  /** Outcomes that the control arm still needs. */
  controlOutcomesMissing: Scalars['Int']['output'];
  /** What is missing, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** Outcomes that the treated arm still needs. */
  treatOutcomesMissing: Scalars['Int']['output'];
};

/** What a pilot showed. */
export type PilotVerdict =
  /** It shows neither success nor failure. */
  | 'INCONCLUSIVE'
  /** The comparison is not fair, so its figures prove nothing. */
  | 'INVALID'
  /** An arm has too few outcomes. */
  | 'NOT_ENOUGH_DATA'
  /** It reached its goals. */
  | 'SUCCESS'
  /** It fell short of its goals. */
  | 'UNSUCCESSFUL';

/** A pilot has fixed its design, or the first outcome has come in, and nothing is decided anew after that. */
export type PolicyFrozen = UserError & {
  __typename?: 'PolicyFrozen';
  /** What is wrong, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The mode that stays. */
  mode: PolicyMode;
};

/** How bold a policy is. */
export type PolicyMode =
  /** Treats from an uplift of 0 and holds back 10 % at random. */
  | 'AGGRESSIVE'
  /** Treats from an uplift of 0.20, holds back 30 % at random, and treats at most half. */
  | 'CONSERVATIVE'
  /** Treats from an uplift of 0.10 and holds back 20 % at random. */
  | 'MODERATE';

/** One roof in a storm. */
export type Property = {
  __typename?: 'Property';
  /** Street and number. */
  address: Maybe<Scalars['String']['output']>;
  /** City. */
  city: Maybe<Scalars['String']['output']>;
  /** What the crew does with it; null before a policy was applied. */
  decision: Maybe<Decision>;
  /** Why it was decided so. Needs the permission scores:read. */
  decisionReason: Maybe<DecisionReason>;
  /** Your own id of it, unique in its storm. */
  externalId: Scalars['String']['output'];
  /** The property's id. */
  id: Scalars['ID']['output'];
  /** What came of it; null when nobody said yet. */
  outcome: Maybe<Outcome>;
  /** How to reach the owner. Needs the permission properties:pii. */
  owner: Maybe<PropertyOwner>;
  /** The kind of owner, in your own words. */
  persona: Maybe<Scalars['String']['output']>;
  /** State. */
  state: Maybe<Scalars['String']['output']>;
  /** Why it is left out of the work; null when it is not. */
  suppressed: Maybe<Suppression>;
  /** Predicted gain in conversion probability if treated, from −1 to 1. Needs the permission scores:read. */
  uplift: Maybe<Scalars['Float']['output']>;
  /** ZIP code. */
  zip: Maybe<Scalars['String']['output']>;
};

/** One page of properties. */
export type PropertyConnection = {
  __typename?: 'PropertyConnection';
  /** The properties of this page with their cursors. */
  edges: Array<PropertyEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** A property on a page. */
export type PropertyEdge = {
  __typename?: 'PropertyEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The property. */
  node: Property;
};

/** One file of properties and what became of each of its lines. */
export type PropertyImport = {
  __typename?: 'PropertyImport';
  /** When it was asked for. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ended. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why the whole file was refused; null when it was not. */
  fault: Maybe<Scalars['String']['output']>;
  /** The import's id. */
  id: Scalars['ID']['output'];
  /** The refused lines in the order of the file. */
  rejections: Array<ImportRejection>;
  /** Lines that became properties. */
  rowsAccepted: Scalars['Int']['output'];
  /** Lines that were refused. */
  rowsRejected: Scalars['Int']['output'];
  /** How far it is. */
  status: ImportStatus;
  /** The storm the properties belong to. */
  storm: Storm;
};


/** One file of properties and what became of each of its lines. */
export type PropertyImportRejectionsArgs = {
  afterLine?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How to reach a property's owner. */
export type PropertyOwner = {
  __typename?: 'PropertyOwner';
  /** The owner's e-mail address. */
  email: Maybe<Scalars['String']['output']>;
  /** The owner's name. */
  name: Maybe<Scalars['String']['output']>;
  /** The owner's telephone number. */
  phone: Maybe<Scalars['String']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /** Which touches the storm's conversions are credited to; null for a storm that is not yours. Part of STANDARD and ENTERPRISE. */
  attribution: Maybe<Attribution>;
  /** The pilot of this id, or null. */
  pilot: Maybe<Pilot>;
  /** Your pilots, newest first. */
  pilots: Maybe<PilotConnection>;
  /** The property of this id, or null. */
  property: Maybe<Property>;
  /** The import of this id, or null. */
  propertyImport: Maybe<PropertyImport>;
  /** The storm of this id, or null. */
  storm: Maybe<Storm>;
  /** Your storms, newest first. */
  storms: Maybe<StormConnection>;
};


export type QueryAttributionArgs = {
  model?: InputMaybe<AttributionModel>;
  stormId: Scalars['ID']['input'];
};


export type QueryPilotArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPilotsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPropertyArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPropertyImportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStormArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStormsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A share or a difference of shares, from −1 to 1, with its 95 % interval. */
export type RateEstimate = {
  __typename?: 'RateEstimate';
  /** The upper end of the interval. */
  high: Scalars['Float']['output'];
  /** The lower end of the interval. */
  low: Scalars['Float']['output'];
  /** The estimate. */
  value: Scalars['Float']['output'];
};

/** What came of properties. */
export type RecordOutcomesInput = {
  /** The outcomes, 1 to 5,000. */
  outcomes: Array<OutcomeInput>;
  /** The storm's id. */
  stormId: Scalars['ID']['input'];
};

/** What came of recording outcomes. */
export type RecordOutcomesResult = IdempotencyKeyReused | InvalidInput | NotFound | OutcomesRefused | RecordOutcomesSuccess | WrongStormStatus;

/** The outcomes are recorded. */
export type RecordOutcomesSuccess = {
  __typename?: 'RecordOutcomesSuccess';
  /** How many were recorded. */
  recorded: Scalars['Int']['output'];
  /** The storm. */
  storm: Storm;
};

/** The report to forward. */
export type ReportPdf = {
  __typename?: 'ReportPdf';
  /** The sha-256 of its bytes, in hex. */
  sha256: Scalars['String']['output'];
  /** Where to fetch it, for an hour. */
  url: Scalars['String']['output'];
};

/** Some rows cannot be used, so nothing was imported. */
export type RowsRefused = UserError & {
  __typename?: 'RowsRefused';
  /** How many were refused, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The refused ones, up to the first 100. */
  rejections: Array<ImportRejection>;
};

/** The storm to score. */
export type ScoreStormInput = {
  /** The storm's id. */
  stormId: Scalars['ID']['input'];
};

/** What came of scoring. */
export type ScoreStormResult = IdempotencyKeyReused | NoActiveModel | NotFound | PolicyFrozen | ScoreStormSuccess | WrongStormStatus;

/** The storm is scored. */
export type ScoreStormSuccess = {
  __typename?: 'ScoreStormSuccess';
  /** The version that scored them. */
  modelVersion: ModelVersion;
  /** How many properties got a score. */
  scored: Scalars['Int']['output'];
  /** The storm. */
  storm: Storm;
};

/** Whether a group is large enough to say anything. */
export type SegmentStatus =
  /** It is. */
  | 'SHOWN'
  /** It is not. */
  | 'TOO_SMALL';

/** The storm and the design. */
export type StartPilotInput = {
  /** What the treatment costs altogether; without it no return is computed. */
  cost?: InputMaybe<MoneyInput>;
  /** Hours of crew work altogether. */
  crewHours?: InputMaybe<Scalars['Float']['input']>;
  /** How bold the policy is. */
  policyMode: PolicyMode;
  /** The storm's id. */
  stormId: Scalars['ID']['input'];
};

/** What came of starting a pilot. */
export type StartPilotResult = IdempotencyKeyReused | InvalidInput | NotFound | NotScored | PilotRunning | PolicyFrozen | StartPilotSuccess | WrongStormStatus;

/** The pilot is started. */
export type StartPilotSuccess = {
  __typename?: 'StartPilotSuccess';
  /** The pilot. */
  pilot: Pilot;
};

/** One weather event that your company works. */
export type Storm = {
  __typename?: 'Storm';
  /** How treated and control properties convert so far; null before the first outcome. */
  conversion: Maybe<StormConversion>;
  /** When the storm was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether the storm's data can be trusted. */
  dataHealth: Maybe<DataHealth>;
  /** When the work ends; outcomes up to then count. */
  endsAt: Scalars['DateTime']['output'];
  /** Your own name for the event, unique among your storms. */
  eventId: Scalars['String']['output'];
  /** The storm's id. */
  id: Scalars['ID']['output'];
  /** The storm's name. */
  name: Scalars['String']['output'];
  /** The policy that decided over its properties; null before one was applied. */
  policy: Maybe<AppliedPolicy>;
  /** The storm's properties in the order of their external ids. */
  properties: Maybe<PropertyConnection>;
  /** How many properties it has. */
  propertyCount: Scalars['Int']['output'];
  /** When the work begins. */
  startsAt: Scalars['DateTime']['output'];
  /** How far the work is. */
  status: StormStatus;
  /** How the scores are spread; null before scoring. */
  upliftDistribution: Maybe<UpliftDistribution>;
};


/** One weather event that your company works. */
export type StormPropertiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  decision?: InputMaybe<Decision>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One page of storms. */
export type StormConnection = {
  __typename?: 'StormConnection';
  /** The storms of this page with their cursors. */
  edges: Array<StormEdge>;
  /** Where this page begins and ends. */
  pageInfo: PageInfo;
};

/** Conversion so far, of treated properties against the random control. */
export type StormConversion = {
  __typename?: 'StormConversion';
  /** Whether treated properties convert worse than the control beyond chance. */
  anomaly: Scalars['Boolean']['output'];
  /** The share of the random control that converted; null before its first outcome. */
  control: Maybe<Scalars['Float']['output']>;
  /** The difference of the two; null before both have outcomes. */
  lift: Maybe<Scalars['Float']['output']>;
  /** The share of treated properties that converted; null before their first outcome. */
  treat: Maybe<Scalars['Float']['output']>;
};

/** A storm on a page. */
export type StormEdge = {
  __typename?: 'StormEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The storm. */
  node: Storm;
};

/** You have a storm with this event id already. */
export type StormExists = UserError & {
  __typename?: 'StormExists';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The storm that has it. */
  storm: Storm;
};

/** How far the work on a storm is. */
export type StormStatus =
  /** Crews are working. */
  | 'ACTIVE'
  /** Put away. */
  | 'ARCHIVED'
  /** The work is done. */
  | 'COMPLETED'
  /** Properties are being loaded, scored and decided over. */
  | 'PLANNING';

/** Why a property is left out of the work. */
export type Suppression =
  /** It is there a second time. */
  | 'DUPLICATE'
  /** The owner asked not to be contacted. */
  | 'OPT_OUT'
  /** The storm did not reach it. */
  | 'OUTSIDE_SWATH';

/** How a storm's scores are spread. */
export type UpliftDistribution = {
  __typename?: 'UpliftDistribution';
  /** Whether the scores have moved away from what the model was made for. */
  drift: DriftStatus;
  /** The mean of the scores. */
  mean: Scalars['Float']['output'];
  /** The population stability index against the model's reference; null without a reference. */
  psi: Maybe<Scalars['Float']['output']>;
  /** How many properties have a score. */
  scored: Scalars['Int']['output'];
  /** Their standard deviation. */
  stddev: Scalars['Float']['output'];
};

/** A place to send a file to. */
export type Upload = {
  __typename?: 'Upload';
  /** Until when the address works. */
  expiresAt: Scalars['DateTime']['output'];
  /** The upload's id. */
  id: Scalars['ID']['output'];
  /** Where to PUT the file's bytes, once. */
  url: Scalars['String']['output'];
};

/** A failure that the caller can do something about. */
export type UserError = {
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** The storm is not at the point where this can be done. */
export type WrongStormStatus = UserError & {
  __typename?: 'WrongStormStatus';
  /** What is wrong and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** Where the storm stands. */
  status: StormStatus;
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
  Pilot: Pilot;
  Property: Property;
  Storm: Storm;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Pilot:
    ( { __typename: 'Pilot' }
    & GraphQLRecursivePick<FederationTypes['Pilot'], {"id":true}> );
  Property:
    ( { __typename: 'Property' }
    & GraphQLRecursivePick<FederationTypes['Property'], {"id":true}> );
  Storm:
    ( { __typename: 'Storm' }
    & GraphQLRecursivePick<FederationTypes['Storm'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ApplyPolicyResult:
    | ( Omit<ApplyPolicySuccess, 'storm'> & { storm: _RefType['Storm'] } & { __typename: 'ApplyPolicySuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( NotScored & { __typename: 'NotScored' } )
    | ( PolicyFrozen & { __typename: 'PolicyFrozen' } )
    | ( WrongStormStatus & { __typename: 'WrongStormStatus' } )
  ;
  CompletePilotResult:
    | ( Omit<CompletePilotSuccess, 'pilot'> & { pilot: _RefType['Pilot'] } & { __typename: 'CompletePilotSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( PilotTooEarly & { __typename: 'PilotTooEarly' } )
  ;
  CreateStormResult:
    | ( Omit<CreateStormSuccess, 'storm'> & { storm: _RefType['Storm'] } & { __typename: 'CreateStormSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<StormExists, 'storm'> & { storm: _RefType['Storm'] } & { __typename: 'StormExists' } )
  ;
  CreateUploadResult:
    | ( CreateUploadSuccess & { __typename: 'CreateUploadSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
  ;
  ImportExperimentResult:
    | ( FileRefused & { __typename: 'FileRefused' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( Omit<ImportExperimentSuccess, 'pilot'> & { pilot: _RefType['Pilot'] } & { __typename: 'ImportExperimentSuccess' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RowsRefused & { __typename: 'RowsRefused' } )
  ;
  ImportPropertiesResult:
    | ( FileRefused & { __typename: 'FileRefused' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( Omit<ImportPropertiesSuccess, 'import'> & { import: _RefType['PropertyImport'] } & { __typename: 'ImportPropertiesSuccess' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( WrongStormStatus & { __typename: 'WrongStormStatus' } )
  ;
  IngestJourneyEventsResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( IngestJourneyEventsSuccess & { __typename: 'IngestJourneyEventsSuccess' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( OutcomesRefused & { __typename: 'OutcomesRefused' } )
  ;
  MoveStormResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( Omit<MoveStormSuccess, 'storm'> & { storm: _RefType['Storm'] } & { __typename: 'MoveStormSuccess' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( WrongStormStatus & { __typename: 'WrongStormStatus' } )
  ;
  RecordOutcomesResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( OutcomesRefused & { __typename: 'OutcomesRefused' } )
    | ( Omit<RecordOutcomesSuccess, 'storm'> & { storm: _RefType['Storm'] } & { __typename: 'RecordOutcomesSuccess' } )
    | ( WrongStormStatus & { __typename: 'WrongStormStatus' } )
  ;
  ScoreStormResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NoActiveModel & { __typename: 'NoActiveModel' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( PolicyFrozen & { __typename: 'PolicyFrozen' } )
    | ( Omit<ScoreStormSuccess, 'storm'> & { storm: _RefType['Storm'] } & { __typename: 'ScoreStormSuccess' } )
    | ( WrongStormStatus & { __typename: 'WrongStormStatus' } )
  ;
  StartPilotResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( NotScored & { __typename: 'NotScored' } )
    | ( Omit<PilotRunning, 'pilot'> & { pilot: _RefType['Pilot'] } & { __typename: 'PilotRunning' } )
    | ( PolicyFrozen & { __typename: 'PolicyFrozen' } )
    | ( Omit<StartPilotSuccess, 'pilot'> & { pilot: _RefType['Pilot'] } & { __typename: 'StartPilotSuccess' } )
    | ( WrongStormStatus & { __typename: 'WrongStormStatus' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( FileRefused )
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( NoActiveModel )
    | ( NotFound )
    | ( NotScored )
    | ( OutcomesRefused )
    | ( Omit<PilotRunning, 'pilot'> & { pilot: _RefType['Pilot'] } )
    | ( PilotTooEarly )
    | ( PolicyFrozen )
    | ( RowsRefused )
    | ( Omit<StormExists, 'storm'> & { storm: _RefType['Storm'] } )
    | ( WrongStormStatus )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AppliedPolicy: ResolverTypeWrapper<AppliedPolicy>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ApplyPolicyInput: ApplyPolicyInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ApplyPolicyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ApplyPolicyResult']>;
  ApplyPolicySuccess: ResolverTypeWrapper<Omit<ApplyPolicySuccess, 'storm'> & { storm: ResolversTypes['Storm'] }>;
  Attribution: ResolverTypeWrapper<Attribution>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  AttributionCredit: ResolverTypeWrapper<AttributionCredit>;
  AttributionModel: AttributionModel;
  Bounds: ResolverTypeWrapper<Bounds>;
  Calibration: ResolverTypeWrapper<Calibration>;
  CheckStatus: CheckStatus;
  CompletePilotInput: CompletePilotInput;
  CompletePilotResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompletePilotResult']>;
  CompletePilotSuccess: ResolverTypeWrapper<Omit<CompletePilotSuccess, 'pilot'> & { pilot: ResolversTypes['Pilot'] }>;
  CreateStormInput: CreateStormInput;
  CreateStormResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateStormResult']>;
  CreateStormSuccess: ResolverTypeWrapper<Omit<CreateStormSuccess, 'storm'> & { storm: ResolversTypes['Storm'] }>;
  CreateUploadResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateUploadResult']>;
  CreateUploadSuccess: ResolverTypeWrapper<CreateUploadSuccess>;
  CriterionStatus: CriterionStatus;
  DataCheck: ResolverTypeWrapper<DataCheck>;
  DataHealth: ResolverTypeWrapper<DataHealth>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decision: Decision;
  DecisionCounts: ResolverTypeWrapper<DecisionCounts>;
  DecisionReason: DecisionReason;
  DriftStatus: DriftStatus;
  ExperimentArm: ExperimentArm;
  ExperimentColumnsInput: ExperimentColumnsInput;
  ExperimentRowInput: ExperimentRowInput;
  ExperimentSegmentInput: ExperimentSegmentInput;
  FileRefused: ResolverTypeWrapper<FileRefused>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  ImportExperimentInput: ImportExperimentInput;
  ImportExperimentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ImportExperimentResult']>;
  ImportExperimentSuccess: ResolverTypeWrapper<Omit<ImportExperimentSuccess, 'pilot'> & { pilot: ResolversTypes['Pilot'] }>;
  ImportPropertiesInput: ImportPropertiesInput;
  ImportPropertiesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ImportPropertiesResult']>;
  ImportPropertiesSuccess: ResolverTypeWrapper<Omit<ImportPropertiesSuccess, 'import'> & { import: ResolversTypes['PropertyImport'] }>;
  ImportRejection: ResolverTypeWrapper<ImportRejection>;
  ImportStatus: ImportStatus;
  IngestJourneyEventsInput: IngestJourneyEventsInput;
  IngestJourneyEventsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['IngestJourneyEventsResult']>;
  IngestJourneyEventsSuccess: ResolverTypeWrapper<IngestJourneyEventsSuccess>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  JourneyEventInput: JourneyEventInput;
  JourneyEventKind: JourneyEventKind;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  ModelVersion: ResolverTypeWrapper<ModelVersion>;
  Money: ResolverTypeWrapper<Money>;
  MoneyBounds: ResolverTypeWrapper<MoneyBounds>;
  MoneyInput: MoneyInput;
  MoveStormInput: MoveStormInput;
  MoveStormResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MoveStormResult']>;
  MoveStormSuccess: ResolverTypeWrapper<Omit<MoveStormSuccess, 'storm'> & { storm: ResolversTypes['Storm'] }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NoActiveModel: ResolverTypeWrapper<NoActiveModel>;
  NotFound: ResolverTypeWrapper<NotFound>;
  NotScored: ResolverTypeWrapper<NotScored>;
  Outcome: ResolverTypeWrapper<Outcome>;
  OutcomeInput: OutcomeInput;
  OutcomeRejection: ResolverTypeWrapper<OutcomeRejection>;
  OutcomesRefused: ResolverTypeWrapper<OutcomesRefused>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Pilot: ResolverTypeWrapper<PilotModel>;
  PilotArm: ResolverTypeWrapper<PilotArm>;
  PilotConnection: ResolverTypeWrapper<Omit<PilotConnection, 'edges'> & { edges: Array<ResolversTypes['PilotEdge']> }>;
  PilotCriterion: ResolverTypeWrapper<PilotCriterion>;
  PilotDay: ResolverTypeWrapper<PilotDay>;
  PilotDecile: ResolverTypeWrapper<PilotDecile>;
  PilotDesign: ResolverTypeWrapper<PilotDesign>;
  PilotEdge: ResolverTypeWrapper<Omit<PilotEdge, 'node'> & { node: ResolversTypes['Pilot'] }>;
  PilotGate: ResolverTypeWrapper<PilotGate>;
  PilotGateName: PilotGateName;
  PilotGateStatus: PilotGateStatus;
  PilotKind: PilotKind;
  PilotLift: ResolverTypeWrapper<PilotLift>;
  PilotMoney: ResolverTypeWrapper<PilotMoney>;
  PilotReport: ResolverTypeWrapper<PilotReport>;
  PilotRunning: ResolverTypeWrapper<Omit<PilotRunning, 'pilot'> & { pilot: ResolversTypes['Pilot'] }>;
  PilotSegment: ResolverTypeWrapper<PilotSegment>;
  PilotStatus: PilotStatus;
  PilotStep: ResolverTypeWrapper<PilotStep>;
  PilotStepStatus: PilotStepStatus;
  PilotTooEarly: ResolverTypeWrapper<PilotTooEarly>;
  PilotVerdict: PilotVerdict;
  PolicyFrozen: ResolverTypeWrapper<PolicyFrozen>;
  PolicyMode: PolicyMode;
  Property: ResolverTypeWrapper<PropertyModel>;
  PropertyConnection: ResolverTypeWrapper<Omit<PropertyConnection, 'edges'> & { edges: Array<ResolversTypes['PropertyEdge']> }>;
  PropertyEdge: ResolverTypeWrapper<Omit<PropertyEdge, 'node'> & { node: ResolversTypes['Property'] }>;
  PropertyImport: ResolverTypeWrapper<PropertyImportModel>;
  PropertyOwner: ResolverTypeWrapper<PropertyOwner>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateEstimate: ResolverTypeWrapper<RateEstimate>;
  RecordOutcomesInput: RecordOutcomesInput;
  RecordOutcomesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordOutcomesResult']>;
  RecordOutcomesSuccess: ResolverTypeWrapper<Omit<RecordOutcomesSuccess, 'storm'> & { storm: ResolversTypes['Storm'] }>;
  ReportPdf: ResolverTypeWrapper<ReportPdf>;
  RowsRefused: ResolverTypeWrapper<RowsRefused>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  ScoreStormInput: ScoreStormInput;
  ScoreStormResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ScoreStormResult']>;
  ScoreStormSuccess: ResolverTypeWrapper<Omit<ScoreStormSuccess, 'storm'> & { storm: ResolversTypes['Storm'] }>;
  SegmentStatus: SegmentStatus;
  StartPilotInput: StartPilotInput;
  StartPilotResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StartPilotResult']>;
  StartPilotSuccess: ResolverTypeWrapper<Omit<StartPilotSuccess, 'pilot'> & { pilot: ResolversTypes['Pilot'] }>;
  Storm: ResolverTypeWrapper<StormModel>;
  StormConnection: ResolverTypeWrapper<Omit<StormConnection, 'edges'> & { edges: Array<ResolversTypes['StormEdge']> }>;
  StormConversion: ResolverTypeWrapper<StormConversion>;
  StormEdge: ResolverTypeWrapper<Omit<StormEdge, 'node'> & { node: ResolversTypes['Storm'] }>;
  StormExists: ResolverTypeWrapper<Omit<StormExists, 'storm'> & { storm: ResolversTypes['Storm'] }>;
  StormStatus: StormStatus;
  Suppression: Suppression;
  UpliftDistribution: ResolverTypeWrapper<UpliftDistribution>;
  Upload: ResolverTypeWrapper<Upload>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  WrongStormStatus: ResolverTypeWrapper<WrongStormStatus>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AppliedPolicy: AppliedPolicy;
  Boolean: Scalars['Boolean']['output'];
  ApplyPolicyInput: ApplyPolicyInput;
  ID: Scalars['ID']['output'];
  ApplyPolicyResult: ResolversUnionTypes<ResolversParentTypes>['ApplyPolicyResult'];
  ApplyPolicySuccess: Omit<ApplyPolicySuccess, 'storm'> & { storm: ResolversParentTypes['Storm'] };
  Attribution: Attribution;
  Int: Scalars['Int']['output'];
  Float: Scalars['Float']['output'];
  AttributionCredit: AttributionCredit;
  Bounds: Bounds;
  Calibration: Calibration;
  CompletePilotInput: CompletePilotInput;
  CompletePilotResult: ResolversUnionTypes<ResolversParentTypes>['CompletePilotResult'];
  CompletePilotSuccess: Omit<CompletePilotSuccess, 'pilot'> & { pilot: ResolversParentTypes['Pilot'] };
  CreateStormInput: CreateStormInput;
  CreateStormResult: ResolversUnionTypes<ResolversParentTypes>['CreateStormResult'];
  CreateStormSuccess: Omit<CreateStormSuccess, 'storm'> & { storm: ResolversParentTypes['Storm'] };
  CreateUploadResult: ResolversUnionTypes<ResolversParentTypes>['CreateUploadResult'];
  CreateUploadSuccess: CreateUploadSuccess;
  DataCheck: DataCheck;
  DataHealth: DataHealth;
  DateTime: Scalars['DateTime']['output'];
  DecisionCounts: DecisionCounts;
  ExperimentColumnsInput: ExperimentColumnsInput;
  ExperimentRowInput: ExperimentRowInput;
  ExperimentSegmentInput: ExperimentSegmentInput;
  FileRefused: FileRefused;
  IdempotencyKeyReused: IdempotencyKeyReused;
  ImportExperimentInput: ImportExperimentInput;
  ImportExperimentResult: ResolversUnionTypes<ResolversParentTypes>['ImportExperimentResult'];
  ImportExperimentSuccess: Omit<ImportExperimentSuccess, 'pilot'> & { pilot: ResolversParentTypes['Pilot'] };
  ImportPropertiesInput: ImportPropertiesInput;
  ImportPropertiesResult: ResolversUnionTypes<ResolversParentTypes>['ImportPropertiesResult'];
  ImportPropertiesSuccess: Omit<ImportPropertiesSuccess, 'import'> & { import: ResolversParentTypes['PropertyImport'] };
  ImportRejection: ImportRejection;
  IngestJourneyEventsInput: IngestJourneyEventsInput;
  IngestJourneyEventsResult: ResolversUnionTypes<ResolversParentTypes>['IngestJourneyEventsResult'];
  IngestJourneyEventsSuccess: IngestJourneyEventsSuccess;
  InvalidInput: InvalidInput;
  JourneyEventInput: JourneyEventInput;
  LocalDate: Scalars['LocalDate']['output'];
  ModelVersion: ModelVersion;
  Money: Money;
  MoneyBounds: MoneyBounds;
  MoneyInput: MoneyInput;
  MoveStormInput: MoveStormInput;
  MoveStormResult: ResolversUnionTypes<ResolversParentTypes>['MoveStormResult'];
  MoveStormSuccess: Omit<MoveStormSuccess, 'storm'> & { storm: ResolversParentTypes['Storm'] };
  Mutation: Record<PropertyKey, never>;
  NoActiveModel: NoActiveModel;
  NotFound: NotFound;
  NotScored: NotScored;
  Outcome: Outcome;
  OutcomeInput: OutcomeInput;
  OutcomeRejection: OutcomeRejection;
  OutcomesRefused: OutcomesRefused;
  PageInfo: PageInfo;
  Pilot: PilotModel;
  PilotArm: PilotArm;
  PilotConnection: Omit<PilotConnection, 'edges'> & { edges: Array<ResolversParentTypes['PilotEdge']> };
  PilotCriterion: PilotCriterion;
  PilotDay: PilotDay;
  PilotDecile: PilotDecile;
  PilotDesign: PilotDesign;
  PilotEdge: Omit<PilotEdge, 'node'> & { node: ResolversParentTypes['Pilot'] };
  PilotGate: PilotGate;
  PilotLift: PilotLift;
  PilotMoney: PilotMoney;
  PilotReport: PilotReport;
  PilotRunning: Omit<PilotRunning, 'pilot'> & { pilot: ResolversParentTypes['Pilot'] };
  PilotSegment: PilotSegment;
  PilotStep: PilotStep;
  PilotTooEarly: PilotTooEarly;
  PolicyFrozen: PolicyFrozen;
  Property: PropertyModel;
  PropertyConnection: Omit<PropertyConnection, 'edges'> & { edges: Array<ResolversParentTypes['PropertyEdge']> };
  PropertyEdge: Omit<PropertyEdge, 'node'> & { node: ResolversParentTypes['Property'] };
  PropertyImport: PropertyImportModel;
  PropertyOwner: PropertyOwner;
  Query: Record<PropertyKey, never>;
  RateEstimate: RateEstimate;
  RecordOutcomesInput: RecordOutcomesInput;
  RecordOutcomesResult: ResolversUnionTypes<ResolversParentTypes>['RecordOutcomesResult'];
  RecordOutcomesSuccess: Omit<RecordOutcomesSuccess, 'storm'> & { storm: ResolversParentTypes['Storm'] };
  ReportPdf: ReportPdf;
  RowsRefused: RowsRefused;
  SafeInt: Scalars['SafeInt']['output'];
  ScoreStormInput: ScoreStormInput;
  ScoreStormResult: ResolversUnionTypes<ResolversParentTypes>['ScoreStormResult'];
  ScoreStormSuccess: Omit<ScoreStormSuccess, 'storm'> & { storm: ResolversParentTypes['Storm'] };
  StartPilotInput: StartPilotInput;
  StartPilotResult: ResolversUnionTypes<ResolversParentTypes>['StartPilotResult'];
  StartPilotSuccess: Omit<StartPilotSuccess, 'pilot'> & { pilot: ResolversParentTypes['Pilot'] };
  Storm: StormModel;
  StormConnection: Omit<StormConnection, 'edges'> & { edges: Array<ResolversParentTypes['StormEdge']> };
  StormConversion: StormConversion;
  StormEdge: Omit<StormEdge, 'node'> & { node: ResolversParentTypes['Storm'] };
  StormExists: Omit<StormExists, 'storm'> & { storm: ResolversParentTypes['Storm'] };
  UpliftDistribution: UpliftDistribution;
  Upload: Upload;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  WrongStormStatus: WrongStormStatus;
  String: Scalars['String']['output'];
};

export type ArgumentRequiresScopesDirectiveArgs = {
  scopes: Array<Array<Scalars['String']['input']>>;
};

export type ArgumentRequiresScopesDirectiveResolver<Result, Parent, ContextType = StormsContext, Args = ArgumentRequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = StormsContext, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresPlanDirectiveArgs = {
  tiers: Array<Scalars['String']['input']>;
};

export type RequiresPlanDirectiveResolver<Result, Parent, ContextType = StormsContext, Args = RequiresPlanDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AppliedPolicyResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['AppliedPolicy'] = ResolversParentTypes['AppliedPolicy']> = {
  appliedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decisions?: Resolver<ResolversTypes['DecisionCounts'], ParentType, ContextType>;
  frozen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['PolicyMode'], ParentType, ContextType>;
};

export type ApplyPolicyResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ApplyPolicyResult'] = ResolversParentTypes['ApplyPolicyResult']> = {
  __resolveType: TypeResolveFn<'ApplyPolicySuccess' | 'IdempotencyKeyReused' | 'NotFound' | 'NotScored' | 'PolicyFrozen' | 'WrongStormStatus', ParentType, ContextType>;
};

export type ApplyPolicySuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ApplyPolicySuccess'] = ResolversParentTypes['ApplyPolicySuccess']> = {
  decisions?: Resolver<ResolversTypes['DecisionCounts'], ParentType, ContextType>;
  storm?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AttributionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Attribution'] = ResolversParentTypes['Attribution']> = {
  conversions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  credits?: Resolver<Array<ResolversTypes['AttributionCredit']>, ParentType, ContextType>;
  freshnessSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['AttributionModel'], ParentType, ContextType>;
  unattributed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AttributionCreditResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['AttributionCredit'] = ResolversParentTypes['AttributionCredit']> = {
  conversions?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['JourneyEventKind'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type BoundsResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Bounds'] = ResolversParentTypes['Bounds']> = {
  high?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type CalibrationResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Calibration'] = ResolversParentTypes['Calibration']> = {
  intercept?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  slope?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CompletePilotResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['CompletePilotResult'] = ResolversParentTypes['CompletePilotResult']> = {
  __resolveType: TypeResolveFn<'CompletePilotSuccess' | 'IdempotencyKeyReused' | 'NotFound' | 'PilotTooEarly', ParentType, ContextType>;
};

export type CompletePilotSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['CompletePilotSuccess'] = ResolversParentTypes['CompletePilotSuccess']> = {
  pilot?: Resolver<ResolversTypes['Pilot'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateStormResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['CreateStormResult'] = ResolversParentTypes['CreateStormResult']> = {
  __resolveType: TypeResolveFn<'CreateStormSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'StormExists', ParentType, ContextType>;
};

export type CreateStormSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['CreateStormSuccess'] = ResolversParentTypes['CreateStormSuccess']> = {
  storm?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateUploadResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['CreateUploadResult'] = ResolversParentTypes['CreateUploadResult']> = {
  __resolveType: TypeResolveFn<'CreateUploadSuccess' | 'IdempotencyKeyReused', ParentType, ContextType>;
};

export type CreateUploadSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['CreateUploadSuccess'] = ResolversParentTypes['CreateUploadSuccess']> = {
  upload?: Resolver<ResolversTypes['Upload'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DataCheckResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['DataCheck'] = ResolversParentTypes['DataCheck']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  observed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CheckStatus'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type DataHealthResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['DataHealth'] = ResolversParentTypes['DataHealth']> = {
  checks?: Resolver<Array<ResolversTypes['DataCheck']>, ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CheckStatus'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionCountsResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['DecisionCounts'] = ResolversParentTypes['DecisionCounts']> = {
  excluded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  treat?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  treatShare?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type FileRefusedResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['FileRefused'] = ResolversParentTypes['FileRefused']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportExperimentResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ImportExperimentResult'] = ResolversParentTypes['ImportExperimentResult']> = {
  __resolveType: TypeResolveFn<'FileRefused' | 'IdempotencyKeyReused' | 'ImportExperimentSuccess' | 'InvalidInput' | 'NotFound' | 'RowsRefused', ParentType, ContextType>;
};

export type ImportExperimentSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ImportExperimentSuccess'] = ResolversParentTypes['ImportExperimentSuccess']> = {
  pilot?: Resolver<ResolversTypes['Pilot'], ParentType, ContextType>;
  rowsAccepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportPropertiesResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ImportPropertiesResult'] = ResolversParentTypes['ImportPropertiesResult']> = {
  __resolveType: TypeResolveFn<'FileRefused' | 'IdempotencyKeyReused' | 'ImportPropertiesSuccess' | 'InvalidInput' | 'NotFound' | 'WrongStormStatus', ParentType, ContextType>;
};

export type ImportPropertiesSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ImportPropertiesSuccess'] = ResolversParentTypes['ImportPropertiesSuccess']> = {
  import?: Resolver<ResolversTypes['PropertyImport'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportRejectionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ImportRejection'] = ResolversParentTypes['ImportRejection']> = {
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IngestJourneyEventsResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['IngestJourneyEventsResult'] = ResolversParentTypes['IngestJourneyEventsResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'IngestJourneyEventsSuccess' | 'InvalidInput' | 'OutcomesRefused', ParentType, ContextType>;
};

export type IngestJourneyEventsSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['IngestJourneyEventsSuccess'] = ResolversParentTypes['IngestJourneyEventsSuccess']> = {
  received?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  repeated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type ModelVersionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ModelVersion'] = ResolversParentTypes['ModelVersion']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MoneyBoundsResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['MoneyBounds'] = ResolversParentTypes['MoneyBounds']> = {
  high?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type MoveStormResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['MoveStormResult'] = ResolversParentTypes['MoveStormResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'MoveStormSuccess' | 'NotFound' | 'WrongStormStatus', ParentType, ContextType>;
};

export type MoveStormSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['MoveStormSuccess'] = ResolversParentTypes['MoveStormSuccess']> = {
  storm?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  activateStorm?: Resolver<Maybe<ResolversTypes['MoveStormResult']>, ParentType, ContextType, RequireFields<MutationActivateStormArgs, 'input'>>;
  applyPolicy?: Resolver<Maybe<ResolversTypes['ApplyPolicyResult']>, ParentType, ContextType, RequireFields<MutationApplyPolicyArgs, 'input'>>;
  archiveStorm?: Resolver<Maybe<ResolversTypes['MoveStormResult']>, ParentType, ContextType, RequireFields<MutationArchiveStormArgs, 'input'>>;
  completePilot?: Resolver<Maybe<ResolversTypes['CompletePilotResult']>, ParentType, ContextType, RequireFields<MutationCompletePilotArgs, 'input'>>;
  completeStorm?: Resolver<Maybe<ResolversTypes['MoveStormResult']>, ParentType, ContextType, RequireFields<MutationCompleteStormArgs, 'input'>>;
  createStorm?: Resolver<Maybe<ResolversTypes['CreateStormResult']>, ParentType, ContextType, RequireFields<MutationCreateStormArgs, 'input'>>;
  createUpload?: Resolver<Maybe<ResolversTypes['CreateUploadResult']>, ParentType, ContextType, Partial<MutationCreateUploadArgs>>;
  importExperiment?: Resolver<Maybe<ResolversTypes['ImportExperimentResult']>, ParentType, ContextType, RequireFields<MutationImportExperimentArgs, 'input'>>;
  importProperties?: Resolver<Maybe<ResolversTypes['ImportPropertiesResult']>, ParentType, ContextType, RequireFields<MutationImportPropertiesArgs, 'input'>>;
  ingestJourneyEvents?: Resolver<Maybe<ResolversTypes['IngestJourneyEventsResult']>, ParentType, ContextType, RequireFields<MutationIngestJourneyEventsArgs, 'input'>>;
  recordOutcomes?: Resolver<Maybe<ResolversTypes['RecordOutcomesResult']>, ParentType, ContextType, RequireFields<MutationRecordOutcomesArgs, 'input'>>;
  restoreStorm?: Resolver<Maybe<ResolversTypes['MoveStormResult']>, ParentType, ContextType, RequireFields<MutationRestoreStormArgs, 'input'>>;
  scoreStorm?: Resolver<Maybe<ResolversTypes['ScoreStormResult']>, ParentType, ContextType, RequireFields<MutationScoreStormArgs, 'input'>>;
  startPilot?: Resolver<Maybe<ResolversTypes['StartPilotResult']>, ParentType, ContextType, RequireFields<MutationStartPilotArgs, 'input'>>;
};

export type NoActiveModelResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['NoActiveModel'] = ResolversParentTypes['NoActiveModel']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotFoundResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotScoredResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['NotScored'] = ResolversParentTypes['NotScored']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OutcomeResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Outcome'] = ResolversParentTypes['Outcome']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  converted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type OutcomeRejectionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['OutcomeRejection'] = ResolversParentTypes['OutcomeRejection']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OutcomesRefusedResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['OutcomesRefused'] = ResolversParentTypes['OutcomesRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rejections?: Resolver<Array<ResolversTypes['OutcomeRejection']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PilotResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Pilot'] = ResolversParentTypes['Pilot'], FederationReferenceType extends FederationReferenceTypes['Pilot'] = FederationReferenceTypes['Pilot']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Pilot']> | FederationReferenceType, FederationReferenceType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  design?: Resolver<ResolversTypes['PilotDesign'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PilotKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policyMode?: Resolver<Maybe<ResolversTypes['PolicyMode']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['PilotReport']>, ParentType, ContextType>;
  reportPdf?: Resolver<Maybe<ResolversTypes['ReportPdf']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PilotStatus'], ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['PilotStep']>, ParentType, ContextType>;
  storm?: Resolver<Maybe<ResolversTypes['Storm']>, ParentType, ContextType>;
};

export type PilotArmResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotArm'] = ResolversParentTypes['PilotArm']> = {
  arm?: Resolver<ResolversTypes['ExperimentArm'], ParentType, ContextType>;
  conversions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  n?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
  revenuePerProperty?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type PilotConnectionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotConnection'] = ResolversParentTypes['PilotConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PilotEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PilotCriterionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotCriterion'] = ResolversParentTypes['PilotCriterion']> = {
  decides?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CriterionStatus'], ParentType, ContextType>;
};

export type PilotDayResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotDay'] = ResolversParentTypes['PilotDay']> = {
  controlConversions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cumulativeLift?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
  day?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  treatConversions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PilotDecileResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotDecile'] = ResolversParentTypes['PilotDecile']> = {
  controlN?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decile?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  predicted?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  realised?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
  treatN?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PilotDesignResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotDesign'] = ResolversParentTypes['PilotDesign']> = {
  capacityShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  explorationShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  holdoutShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  hypothesis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minimumDetectableEffect?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  modelVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  plannedN?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  primaryMetric?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  salt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  threshold?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  windowEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  windowStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PilotEdgeResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotEdge'] = ResolversParentTypes['PilotEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Pilot'], ParentType, ContextType>;
};

export type PilotGateResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotGate'] = ResolversParentTypes['PilotGate']> = {
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['PilotGateName'], ParentType, ContextType>;
  pValue?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PilotGateStatus'], ParentType, ContextType>;
};

export type PilotLiftResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotLift'] = ResolversParentTypes['PilotLift']> = {
  absolute?: Resolver<ResolversTypes['RateEstimate'], ParentType, ContextType>;
  alwaysValid?: Resolver<Maybe<ResolversTypes['Bounds']>, ParentType, ContextType>;
  pValue?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  probabilityAtGoal?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  probabilityPositive?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  relative?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
};

export type PilotMoneyResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotMoney'] = ResolversParentTypes['PilotMoney']> = {
  cac?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  cacInterval?: Resolver<Maybe<ResolversTypes['MoneyBounds']>, ParentType, ContextType>;
  cost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  incrementalConversions?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  incrementalConversionsInterval?: Resolver<ResolversTypes['Bounds'], ParentType, ContextType>;
  incrementalRevenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  incrementalRevenueInterval?: Resolver<Maybe<ResolversTypes['MoneyBounds']>, ParentType, ContextType>;
  revenuePerHour?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  revenuePerHourInterval?: Resolver<Maybe<ResolversTypes['MoneyBounds']>, ParentType, ContextType>;
  roi?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  roiInterval?: Resolver<Maybe<ResolversTypes['Bounds']>, ParentType, ContextType>;
};

export type PilotReportResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotReport'] = ResolversParentTypes['PilotReport']> = {
  arms?: Resolver<Array<ResolversTypes['PilotArm']>, ParentType, ContextType>;
  auuc?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  calibration?: Resolver<Maybe<ResolversTypes['Calibration']>, ParentType, ContextType>;
  complierEffect?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
  criteria?: Resolver<Array<ResolversTypes['PilotCriterion']>, ParentType, ContextType>;
  daily?: Resolver<Array<ResolversTypes['PilotDay']>, ParentType, ContextType>;
  deciles?: Resolver<Array<ResolversTypes['PilotDecile']>, ParentType, ContextType>;
  gates?: Resolver<Array<ResolversTypes['PilotGate']>, ParentType, ContextType>;
  inputHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  intentToTreat?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
  lift?: Resolver<Maybe<ResolversTypes['PilotLift']>, ParentType, ContextType>;
  method?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  minimumDetectableEffect?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  money?: Resolver<Maybe<ResolversTypes['PilotMoney']>, ParentType, ContextType>;
  qini?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reasons?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  recommendation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  segments?: Resolver<Array<ResolversTypes['PilotSegment']>, ParentType, ContextType>;
  stratified?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
  upliftAtTenth?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  upliftAtThreeTenths?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['PilotVerdict'], ParentType, ContextType>;
};

export type PilotRunningResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotRunning'] = ResolversParentTypes['PilotRunning']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pilot?: Resolver<ResolversTypes['Pilot'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PilotSegmentResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotSegment'] = ResolversParentTypes['PilotSegment']> = {
  adjustedPValue?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  controlN?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dimension?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lift?: Resolver<Maybe<ResolversTypes['RateEstimate']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SegmentStatus'], ParentType, ContextType>;
  treatN?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PilotStepResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotStep'] = ResolversParentTypes['PilotStep']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PilotStepStatus'], ParentType, ContextType>;
};

export type PilotTooEarlyResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PilotTooEarly'] = ResolversParentTypes['PilotTooEarly']> = {
  controlOutcomesMissing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  treatOutcomesMissing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PolicyFrozenResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PolicyFrozen'] = ResolversParentTypes['PolicyFrozen']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['PolicyMode'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PropertyResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Property'] = ResolversParentTypes['Property'], FederationReferenceType extends FederationReferenceTypes['Property'] = FederationReferenceTypes['Property']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Property']> | FederationReferenceType, FederationReferenceType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType>;
  decisionReason?: Resolver<Maybe<ResolversTypes['DecisionReason']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['Outcome']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['PropertyOwner']>, ParentType, ContextType>;
  persona?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  suppressed?: Resolver<Maybe<ResolversTypes['Suppression']>, ParentType, ContextType>;
  uplift?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  zip?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PropertyConnectionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PropertyConnection'] = ResolversParentTypes['PropertyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PropertyEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PropertyEdgeResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PropertyEdge'] = ResolversParentTypes['PropertyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Property'], ParentType, ContextType>;
};

export type PropertyImportResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PropertyImport'] = ResolversParentTypes['PropertyImport']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fault?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rejections?: Resolver<Array<ResolversTypes['ImportRejection']>, ParentType, ContextType, RequireFields<PropertyImportRejectionsArgs, 'afterLine' | 'first'>>;
  rowsAccepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rowsRejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ImportStatus'], ParentType, ContextType>;
  storm?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
};

export type PropertyOwnerResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['PropertyOwner'] = ResolversParentTypes['PropertyOwner']> = {
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  attribution?: Resolver<Maybe<ResolversTypes['Attribution']>, ParentType, ContextType, RequireFields<QueryAttributionArgs, 'model' | 'stormId'>>;
  pilot?: Resolver<Maybe<ResolversTypes['Pilot']>, ParentType, ContextType, RequireFields<QueryPilotArgs, 'id'>>;
  pilots?: Resolver<Maybe<ResolversTypes['PilotConnection']>, ParentType, ContextType, RequireFields<QueryPilotsArgs, 'first'>>;
  property?: Resolver<Maybe<ResolversTypes['Property']>, ParentType, ContextType, RequireFields<QueryPropertyArgs, 'id'>>;
  propertyImport?: Resolver<Maybe<ResolversTypes['PropertyImport']>, ParentType, ContextType, RequireFields<QueryPropertyImportArgs, 'id'>>;
  storm?: Resolver<Maybe<ResolversTypes['Storm']>, ParentType, ContextType, RequireFields<QueryStormArgs, 'id'>>;
  storms?: Resolver<Maybe<ResolversTypes['StormConnection']>, ParentType, ContextType, RequireFields<QueryStormsArgs, 'first'>>;
};

export type RateEstimateResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['RateEstimate'] = ResolversParentTypes['RateEstimate']> = {
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RecordOutcomesResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['RecordOutcomesResult'] = ResolversParentTypes['RecordOutcomesResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'OutcomesRefused' | 'RecordOutcomesSuccess' | 'WrongStormStatus', ParentType, ContextType>;
};

export type RecordOutcomesSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['RecordOutcomesSuccess'] = ResolversParentTypes['RecordOutcomesSuccess']> = {
  recorded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  storm?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReportPdfResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ReportPdf'] = ResolversParentTypes['ReportPdf']> = {
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RowsRefusedResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['RowsRefused'] = ResolversParentTypes['RowsRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rejections?: Resolver<Array<ResolversTypes['ImportRejection']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type ScoreStormResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ScoreStormResult'] = ResolversParentTypes['ScoreStormResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NoActiveModel' | 'NotFound' | 'PolicyFrozen' | 'ScoreStormSuccess' | 'WrongStormStatus', ParentType, ContextType>;
};

export type ScoreStormSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['ScoreStormSuccess'] = ResolversParentTypes['ScoreStormSuccess']> = {
  modelVersion?: Resolver<ResolversTypes['ModelVersion'], ParentType, ContextType>;
  scored?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  storm?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StartPilotResultResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['StartPilotResult'] = ResolversParentTypes['StartPilotResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'NotScored' | 'PilotRunning' | 'PolicyFrozen' | 'StartPilotSuccess' | 'WrongStormStatus', ParentType, ContextType>;
};

export type StartPilotSuccessResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['StartPilotSuccess'] = ResolversParentTypes['StartPilotSuccess']> = {
  pilot?: Resolver<ResolversTypes['Pilot'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StormResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Storm'] = ResolversParentTypes['Storm'], FederationReferenceType extends FederationReferenceTypes['Storm'] = FederationReferenceTypes['Storm']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Storm']> | FederationReferenceType, FederationReferenceType, ContextType>;
  conversion?: Resolver<Maybe<ResolversTypes['StormConversion']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dataHealth?: Resolver<Maybe<ResolversTypes['DataHealth']>, ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policy?: Resolver<Maybe<ResolversTypes['AppliedPolicy']>, ParentType, ContextType>;
  properties?: Resolver<Maybe<ResolversTypes['PropertyConnection']>, ParentType, ContextType, RequireFields<StormPropertiesArgs, 'first'>>;
  propertyCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['StormStatus'], ParentType, ContextType>;
  upliftDistribution?: Resolver<Maybe<ResolversTypes['UpliftDistribution']>, ParentType, ContextType>;
};

export type StormConnectionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['StormConnection'] = ResolversParentTypes['StormConnection']> = {
  edges?: Resolver<Array<ResolversTypes['StormEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StormConversionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['StormConversion'] = ResolversParentTypes['StormConversion']> = {
  anomaly?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  control?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lift?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  treat?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type StormEdgeResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['StormEdge'] = ResolversParentTypes['StormEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
};

export type StormExistsResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['StormExists'] = ResolversParentTypes['StormExists']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  storm?: Resolver<ResolversTypes['Storm'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpliftDistributionResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['UpliftDistribution'] = ResolversParentTypes['UpliftDistribution']> = {
  drift?: Resolver<ResolversTypes['DriftStatus'], ParentType, ContextType>;
  mean?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  psi?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  scored?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stddev?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type UploadResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['Upload'] = ResolversParentTypes['Upload']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'FileRefused' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NoActiveModel' | 'NotFound' | 'NotScored' | 'OutcomesRefused' | 'PilotRunning' | 'PilotTooEarly' | 'PolicyFrozen' | 'RowsRefused' | 'StormExists' | 'WrongStormStatus', ParentType, ContextType>;
};

export type WrongStormStatusResolvers<ContextType = StormsContext, ParentType extends ResolversParentTypes['WrongStormStatus'] = ResolversParentTypes['WrongStormStatus']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['StormStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = StormsContext> = {
  AppliedPolicy?: AppliedPolicyResolvers<ContextType>;
  ApplyPolicyResult?: ApplyPolicyResultResolvers<ContextType>;
  ApplyPolicySuccess?: ApplyPolicySuccessResolvers<ContextType>;
  Attribution?: AttributionResolvers<ContextType>;
  AttributionCredit?: AttributionCreditResolvers<ContextType>;
  Bounds?: BoundsResolvers<ContextType>;
  Calibration?: CalibrationResolvers<ContextType>;
  CompletePilotResult?: CompletePilotResultResolvers<ContextType>;
  CompletePilotSuccess?: CompletePilotSuccessResolvers<ContextType>;
  CreateStormResult?: CreateStormResultResolvers<ContextType>;
  CreateStormSuccess?: CreateStormSuccessResolvers<ContextType>;
  CreateUploadResult?: CreateUploadResultResolvers<ContextType>;
  CreateUploadSuccess?: CreateUploadSuccessResolvers<ContextType>;
  DataCheck?: DataCheckResolvers<ContextType>;
  DataHealth?: DataHealthResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DecisionCounts?: DecisionCountsResolvers<ContextType>;
  FileRefused?: FileRefusedResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  ImportExperimentResult?: ImportExperimentResultResolvers<ContextType>;
  ImportExperimentSuccess?: ImportExperimentSuccessResolvers<ContextType>;
  ImportPropertiesResult?: ImportPropertiesResultResolvers<ContextType>;
  ImportPropertiesSuccess?: ImportPropertiesSuccessResolvers<ContextType>;
  ImportRejection?: ImportRejectionResolvers<ContextType>;
  IngestJourneyEventsResult?: IngestJourneyEventsResultResolvers<ContextType>;
  IngestJourneyEventsSuccess?: IngestJourneyEventsSuccessResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  ModelVersion?: ModelVersionResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  MoneyBounds?: MoneyBoundsResolvers<ContextType>;
  MoveStormResult?: MoveStormResultResolvers<ContextType>;
  MoveStormSuccess?: MoveStormSuccessResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NoActiveModel?: NoActiveModelResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  NotScored?: NotScoredResolvers<ContextType>;
  Outcome?: OutcomeResolvers<ContextType>;
  OutcomeRejection?: OutcomeRejectionResolvers<ContextType>;
  OutcomesRefused?: OutcomesRefusedResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Pilot?: PilotResolvers<ContextType>;
  PilotArm?: PilotArmResolvers<ContextType>;
  PilotConnection?: PilotConnectionResolvers<ContextType>;
  PilotCriterion?: PilotCriterionResolvers<ContextType>;
  PilotDay?: PilotDayResolvers<ContextType>;
  PilotDecile?: PilotDecileResolvers<ContextType>;
  PilotDesign?: PilotDesignResolvers<ContextType>;
  PilotEdge?: PilotEdgeResolvers<ContextType>;
  PilotGate?: PilotGateResolvers<ContextType>;
  PilotLift?: PilotLiftResolvers<ContextType>;
  PilotMoney?: PilotMoneyResolvers<ContextType>;
  PilotReport?: PilotReportResolvers<ContextType>;
  PilotRunning?: PilotRunningResolvers<ContextType>;
  PilotSegment?: PilotSegmentResolvers<ContextType>;
  PilotStep?: PilotStepResolvers<ContextType>;
  PilotTooEarly?: PilotTooEarlyResolvers<ContextType>;
  PolicyFrozen?: PolicyFrozenResolvers<ContextType>;
  Property?: PropertyResolvers<ContextType>;
  PropertyConnection?: PropertyConnectionResolvers<ContextType>;
  PropertyEdge?: PropertyEdgeResolvers<ContextType>;
  PropertyImport?: PropertyImportResolvers<ContextType>;
  PropertyOwner?: PropertyOwnerResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateEstimate?: RateEstimateResolvers<ContextType>;
  RecordOutcomesResult?: RecordOutcomesResultResolvers<ContextType>;
  RecordOutcomesSuccess?: RecordOutcomesSuccessResolvers<ContextType>;
  ReportPdf?: ReportPdfResolvers<ContextType>;
  RowsRefused?: RowsRefusedResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  ScoreStormResult?: ScoreStormResultResolvers<ContextType>;
  ScoreStormSuccess?: ScoreStormSuccessResolvers<ContextType>;
  StartPilotResult?: StartPilotResultResolvers<ContextType>;
  StartPilotSuccess?: StartPilotSuccessResolvers<ContextType>;
  Storm?: StormResolvers<ContextType>;
  StormConnection?: StormConnectionResolvers<ContextType>;
  StormConversion?: StormConversionResolvers<ContextType>;
  StormEdge?: StormEdgeResolvers<ContextType>;
  StormExists?: StormExistsResolvers<ContextType>;
  UpliftDistribution?: UpliftDistributionResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  WrongStormStatus?: WrongStormStatusResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = StormsContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
