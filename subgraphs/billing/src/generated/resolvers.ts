import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Plan as PlanModel, ShownCharge as PlanChargeModel } from '../domain/plan.ts';
import type { UsageEvent as UsageEventModel } from '../domain/usage.ts';
import type { WebhookDelivery as WebhookDeliveryModel } from '../domain/webhook.ts';
import type { Reconciliation as ReconciliationModel, Difference as DifferenceModel } from '../domain/reconciliation.ts';
import type { Invoice as InvoiceModel, InvoiceLine as InvoiceLineModel, IssuedCreditNote as CreditNoteModel } from '../domain/invoice.ts';
import type { BillingDashboard as BillingDashboardModel } from '../domain/dashboard.ts';
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

/** What your company's running month costs, by the same computation as its invoice. */
export type BillingDashboard = {
  __typename?: 'BillingDashboard';
  /** The month that is running. */
  currentPeriod: BillingPeriod;
  /** What the month will come to if it goes on as it began. */
  projected: Money;
  /** The most that usage over the plan may cost in a month; null for no cap. */
  spendCap: Maybe<Money>;
  /** The plan that your company is on. */
  tier: PlanTier;
  /** What was counted, of every metric. */
  usage: Array<MetricUsage>;
};

/** A month and what it costs until now. */
export type BillingPeriod = {
  __typename?: 'BillingPeriod';
  /** The plan itself, for the whole month. */
  base: Money;
  /** When it ends, which is when the next one starts. */
  endsAt: Scalars['DateTime']['output'];
  /** Usage over what the plan includes, until now. */
  overage: Money;
  /** When it starts. */
  startsAt: Scalars['DateTime']['output'];
  /** Both together. */
  total: Money;
};

/** Whose change of plan to take back. */
export type CancelPlanChangeInput = {
  /** The company, for staff; your own when left out. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of taking back a change of plan. */
export type CancelPlanChangeResult = CancelPlanChangeSuccess | IdempotencyKeyReused | NoPlanChangeWaits | NotFound;

/** The company stays on its plan. */
export type CancelPlanChangeSuccess = {
  __typename?: 'CancelPlanChangeSuccess';
  /** The plan that does not take effect. */
  cancelled: Plan;
  /** The plan it stays on. */
  plan: Plan;
};

/** A change of plan. */
export type ChangePlanInput = {
  /** The company, for staff; your own when left out. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
  /** The plan to be on. */
  tier: PlanTier;
  /** Its version; the newest on offer when left out, and for the plan one is on the version one has. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** When; a dearer plan at once and any other at the month's end when left out. */
  when?: InputMaybe<PlanChangeTime>;
};

/** What came of changing plans. */
export type ChangePlanResult = ChangePlanSuccess | IdempotencyKeyReused | InvalidInput | NotFound | PlanLimitsExceeded | PlanNotOffered;

/** The company is on the plan, or will be. */
export type ChangePlanSuccess = {
  __typename?: 'ChangePlanSuccess';
  /** Whether a change that waited was taken back by this. */
  cancelledWaiting: Scalars['Boolean']['output'];
  /** From when the company is on it; in the past for the plan it was on already. */
  effectiveAt: Scalars['DateTime']['output'];
  /** The plan that was asked for. */
  plan: Plan;
  /** The base price of the month in which the plan takes effect; of this month for the plan the company was on already. */
  prorationPreview: ProrationPreview;
  /** Whether it waits for the month to end. */
  waiting: Scalars['Boolean']['output'];
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

/** How to come back from the billing portal. */
export type CreateBillingPortalInput = {
  /** Where the browser goes after it: an address over HTTPS, or one of the platform's own; the platform when left out. */
  returnUrl?: InputMaybe<Scalars['String']['input']>;
};

/** What came of opening the billing portal. */
export type CreateBillingPortalResult = CreateBillingPortalSuccess | IdempotencyKeyReused | InvalidInput | PaymentsNotConfigured;

/** The portal is open. */
export type CreateBillingPortalSuccess = {
  __typename?: 'CreateBillingPortalSuccess';
  /** The page to open in a browser. Whoever has it can use the portal, and it ends after a while. */
  url: Scalars['String']['output'];
};

/** A checkout to begin. */
export type CreateCheckoutInput = {
  /** Where the browser goes when somebody turns back; the platform when left out. */
  cancelUrl?: InputMaybe<Scalars['String']['input']>;
  /** Where the browser goes after it: an address over HTTPS, or one of the platform's own; the platform when left out. */
  successUrl?: InputMaybe<Scalars['String']['input']>;
  /** The plan to check out, in its newest version. */
  tier: PlanTier;
};

/** What came of beginning a checkout. */
export type CreateCheckoutResult = CreateCheckoutSuccess | IdempotencyKeyReused | InvalidInput | PaymentsNotConfigured;

/** The checkout is open. */
export type CreateCheckoutSuccess = {
  __typename?: 'CreateCheckoutSuccess';
  /** The page to open in a browser. It can be used for a day. */
  url: Scalars['String']['output'];
};

/** The month to invoice. */
export type CreateInvoiceInput = {
  /** Where it ends, which is where the next one begins. */
  periodEnd: Scalars['DayOrInstant']['input'];
  /** Where the month begins: its first day as YYYY-MM-DD, or an instant as RFC 3339, such as its midnight in UTC. */
  periodStart: Scalars['DayOrInstant']['input'];
  /** The company. Staff only: everybody else invoices their own. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of drafting an invoice. */
export type CreateInvoiceResult = CreateInvoiceSuccess | IdempotencyKeyReused | InvalidInput | InvoicePeriodTaken | NotFound;

/** The draft is there. */
export type CreateInvoiceSuccess = {
  __typename?: 'CreateInvoiceSuccess';
  /** The draft. */
  invoice: Invoice;
};

/** What to give back. */
export type CreditInvoiceInput = {
  /** How much, in the invoice's currency. */
  amount: MoneyInput;
  /** The invoice's id. */
  invoiceId: Scalars['ID']['input'];
  /** Why, in 1 to 500 characters; the credit note says it. */
  reason: Scalars['String']['input'];
};

/** What came of giving back. */
export type CreditInvoiceResult = CreditInvoiceSuccess | CreditTooLarge | IdempotencyKeyReused | InvalidInput | InvoiceStatusConflict | NotFound;

/** The credit note is there. */
export type CreditInvoiceSuccess = {
  __typename?: 'CreditInvoiceSuccess';
  /** The credit note. */
  creditNote: CreditNote;
  /** The invoice that it is of. */
  invoice: Invoice;
};

/** What was given back of an invoice. */
export type CreditNote = {
  __typename?: 'CreditNote';
  /** How much was given back. */
  amount: Money;
  /** When it was given back. */
  createdAt: Scalars['DateTime']['output'];
  /** Its number, of which none is left out. */
  number: Scalars['String']['output'];
  /** The credit note as a file to print and to keep, made when you ask for it; null while it cannot be made. */
  pdf: Maybe<InvoicePdf>;
  /** Why. */
  reason: Scalars['String']['output'];
};

/** It is more than is left of the invoice. */
export type CreditTooLarge = UserError & {
  __typename?: 'CreditTooLarge';
  /** The most that can still be given back. */
  creditable: Money;
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** What the platform earns in one currency. */
export type CurrencyRevenue = {
  __typename?: 'CurrencyRevenue';
  /** The ISO 4217 code, such as USD. */
  currency: Scalars['String']['output'];
  /** The months that were asked for, oldest first; the last one until now. */
  months: Array<RevenueMonth>;
  /** Monthly recurring revenue now: the sum of the monthly prices of the plans in force, TRIAL left out, usage left out. A suspended company counts, since its plan is in force and is billed; one that left counts until its last plan ends. */
  mrr: Money;
  /** What is asked for and not paid: open invoices less their credit notes, of all months. */
  openReceivables: Money;
  /** The part of it that was due before now. */
  overdueReceivables: Money;
  /** Companies with a monthly price now. */
  payingTenants: Scalars['Int']['output'];
  /** The companies that were billed most in these months, the most first, at most 10. */
  topTenants: Array<TenantRevenue>;
  /** What was given up as uncollectible, less credit notes, of all months. */
  uncollectible: Money;
};

/** A hard limit of a plan that is already exceeded. */
export type ExceededLimit = {
  __typename?: 'ExceededLimit';
  /** How much the plan allows in a month. */
  included: Scalars['SafeInt']['output'];
  /** What was counted. */
  metric: UsageMetric;
  /** How much was used this month. */
  used: Scalars['SafeInt']['output'];
};

/** The draft to give a number. */
export type FinalizeInvoiceInput = {
  /** The draft's id. */
  invoiceId: Scalars['ID']['input'];
};

/** What came of giving a draft its number. */
export type FinalizeInvoiceResult = FinalizeInvoiceSuccess | IdempotencyKeyReused | InvoiceForNothing | InvoicePeriodRunning | InvoiceStatusConflict | NotFound;

/** The invoice has its number and is open. */
export type FinalizeInvoiceSuccess = {
  __typename?: 'FinalizeInvoiceSuccess';
  /** The invoice. */
  invoice: Invoice;
};

/** A plan that a company held, holds, or has signed for. */
export type HeldPlan = {
  __typename?: 'HeldPlan';
  /** When the next one took effect, or will; null while none is signed for. */
  endsAt: Maybe<Scalars['DateTime']['output']>;
  /** When it took effect, or will. */
  startsAt: Scalars['DateTime']['output'];
  /** Whether it is over, in force, or waits. */
  state: HeldPlanState;
  /** Which plan it is. */
  tier: PlanTier;
  /** The version of the plan in the catalogue. */
  version: Scalars['Int']['output'];
};

/** Where a plan of a company stands. */
export type HeldPlanState =
  /** It is in force. */
  | 'CURRENT'
  /** Another plan took its place. */
  | 'PAST'
  /** It was signed for, and takes effect when the month ends. */
  | 'WAITING';

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

/** What a company is asked to pay for one month. It changes while it is a draft; with its number it stays. */
export type Invoice = {
  __typename?: 'Invoice';
  /** What is still to be paid. */
  amountDue: Money;
  /** The sum of its lines for the plan itself. */
  base: Money;
  /** The SHA-256 of everything it says, as 64 hexadecimal digits. */
  contentHash: Scalars['String']['output'];
  /** When it was drafted. */
  createdAt: Scalars['DateTime']['output'];
  /** What was given back of it, oldest first. */
  creditNotes: Array<CreditNote>;
  /** The sum of its credit notes. */
  credited: Money;
  /** The ISO 4217 code of the currency that it is in. */
  currency: Scalars['String']['output'];
  /** When it is to be paid; null while it is a draft. */
  dueAt: Maybe<Scalars['DateTime']['output']>;
  /** When its month ends, which is when the next one starts. */
  endsAt: Scalars['DateTime']['output'];
  /** When it got its number; null while it is a draft. */
  finalizedAt: Maybe<Scalars['DateTime']['output']>;
  /** The invoice's id. */
  id: Scalars['ID']['output'];
  /** What it is made of: the plan first, then everything that is counted. */
  lines: Array<InvoiceLine>;
  /** The first day after its month, on which the next one starts. */
  nextPeriodStartsOn: Scalars['LocalDate']['output'];
  /** Its number, of which none is left out; null while it is a draft. */
  number: Maybe<Scalars['String']['output']>;
  /** The sum of its lines for usage. */
  overage: Money;
  /** When it was paid; null while it is not. */
  paidAt: Maybe<Scalars['DateTime']['output']>;
  /** The invoice as a file to print and to keep, made when you ask for it; null while it cannot be made. */
  pdf: Maybe<InvoicePdf>;
  /** The first day of its month, in your company's time zone. */
  periodStartsOn: Scalars['LocalDate']['output'];
  /** When its month starts. */
  startsAt: Scalars['DateTime']['output'];
  /** What became of it. */
  status: InvoiceStatus;
  /** What it asks for, before credit notes. */
  total: Money;
  /** When it was voided; null when it was not. */
  voidedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A page of invoices. */
export type InvoiceConnection = {
  __typename?: 'InvoiceConnection';
  /** The invoices with their cursors. */
  edges: Array<InvoiceEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** An invoice in a page. */
export type InvoiceEdge = {
  __typename?: 'InvoiceEdge';
  /** Where it stands; give it as `after` to read on. */
  cursor: Scalars['String']['output'];
  /** The invoice. */
  node: Invoice;
};

/** Which invoices to list. */
export type InvoiceFilter = {
  /** Only invoices of this company. Staff only: everybody else sees their own company's. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
};

/** The month costs nothing, and a number is given only to what asks for money. */
export type InvoiceForNothing = UserError & {
  __typename?: 'InvoiceForNothing';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** A line of an invoice. */
export type InvoiceLine = {
  __typename?: 'InvoiceLine';
  /** What the line comes to. */
  amount: Money;
  /** What it is for, in words. */
  description: Scalars['String']['output'];
  /** How much the plan includes; null when there is no limit, and for the plan itself. */
  included: Maybe<Scalars['SafeInt']['output']>;
  /** Whether it is for the plan itself or for usage. */
  kind: InvoiceLineKind;
  /** What was counted; null for the plan itself. */
  metric: Maybe<UsageMetric>;
  /** How much was counted in the line's part of the month; 1 for the plan itself. */
  quantity: Scalars['SafeInt']['output'];
  /** The price of `unitSize` units; null where nothing is charged, and where the price goes by steps. */
  unitPrice: Maybe<MoneyPerUnit>;
  /** How many units the unit price is for. */
  unitSize: Scalars['SafeInt']['output'];
};

/** What a line of an invoice is for. */
export type InvoiceLineKind =
  /** The plan itself, for the month or a part of it. */
  | 'BASE'
  /** What was used. */
  | 'USAGE';

/** There is nothing to pay of this invoice. */
export type InvoiceNotPayable = UserError & {
  __typename?: 'InvoiceNotPayable';
  /** Why, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** An invoice or a credit note as a file. */
export type InvoicePdf = {
  __typename?: 'InvoicePdf';
  /** The SHA-256 of the file, as 64 hexadecimal digits. */
  sha256: Scalars['String']['output'];
  /** Where to fetch it, for an hour. */
  url: Scalars['String']['output'];
};

/** The month is not over yet. */
export type InvoicePeriodRunning = UserError & {
  __typename?: 'InvoicePeriodRunning';
  /** When it will be over. */
  endsAt: Scalars['DateTime']['output'];
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** This month has an invoice with a number already. */
export type InvoicePeriodTaken = UserError & {
  __typename?: 'InvoicePeriodTaken';
  /** The month's invoice. */
  invoice: Invoice;
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** What became of an invoice. */
export type InvoiceStatus =
  /** It has no number yet, and is computed again whenever it is asked for. */
  | 'DRAFT'
  /** It has its number and is to be paid. */
  | 'OPEN'
  /** It is paid, or nothing was left to pay after a credit note. */
  | 'PAID'
  /** It is no longer collected. */
  | 'UNCOLLECTIBLE'
  /** It was withdrawn; its month can be asked for again. */
  | 'VOID';

/** The invoice is in a status that does not allow it. */
export type InvoiceStatusConflict = UserError & {
  __typename?: 'InvoiceStatusConflict';
  /** What happened, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The status that the invoice is in. */
  status: InvoiceStatus;
};

/** What happens over the included amount. */
export type LimitKind =
  /** More is refused. */
  | 'HARD'
  /** More is charged. */
  | 'SOFT'
  /** Nothing limits it. */
  | 'UNLIMITED';

/** What was counted of one metric in the running month. */
export type MetricUsage = {
  __typename?: 'MetricUsage';
  /** How much the plan includes; null when there is no limit. */
  included: Maybe<Scalars['SafeInt']['output']>;
  /** What was counted. */
  metric: UsageMetric;
  /** What it costs beyond the plan. */
  overage: Money;
  /** How much. */
  used: Scalars['SafeInt']['output'];
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

/** A price in minor units, cents for US dollars, which may be fractions of one. */
export type MoneyPerUnit = {
  __typename?: 'MoneyPerUnit';
  /** The ISO 4217 code, such as USD. */
  currency: Scalars['String']['output'];
  /** The price in minor units as decimal text; half a cent is 0.5. */
  minorUnits: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Takes back a change of plan that waits for the month to end. */
  cancelPlanChange: Maybe<CancelPlanChangeResult>;
  /** Puts a company on another plan. A dearer one takes effect at once, any other when the month ends, unless `when` says otherwise. To ask for the plan one is on takes back a change that waits. */
  changePlan: Maybe<ChangePlanResult>;
  /** Corrects an event of a company's ledger by another one, for staff. Neither is changed afterwards. */
  correctUsage: Maybe<CorrectUsageResult>;
  /** Opens the billing portal, in which your company gives another card, sees its invoices, and ends its subscription. */
  createBillingPortal: Maybe<CreateBillingPortalResult>;
  /** Begins a checkout of a plan: open the address in a browser. The plan changes once somebody has gone through it. */
  createCheckout: Maybe<CreateCheckoutResult>;
  /** Drafts the invoice of a month. A draft of that month is computed again and keeps its id. */
  createInvoice: Maybe<CreateInvoiceResult>;
  /** Gives back some or all of an invoice by a credit note, for staff. */
  creditInvoice: Maybe<CreditInvoiceResult>;
  /** Gives a draft its number: its month is closed, it is computed once more, and then it stays as it is. */
  finalizeInvoice: Maybe<FinalizeInvoiceResult>;
  /** Pays an invoice of your company at once, by the card it has given. What is asked twice is charged once. */
  payInvoice: Maybe<PayInvoiceResult>;
  /** Reports usage that happened outside the platform. The same clientEventId is counted once, for ever. */
  recordUsage: Maybe<RecordUsageResult>;
  /** Reports up to 5,000 events of usage at once. They are all taken, or none is. */
  recordUsageBatch: Maybe<RecordUsageBatchResult>;
  /** Handles a webhook again, for staff: Stripe is asked how things stand now. */
  replayWebhook: Maybe<ReplayWebhookResult>;
  /** Sets the most that usage over the plan may cost in a month, or takes the cap away. Usage that would cost more is refused with QUOTA_EXHAUSTED. A cap below what is already spent stops what costs more, and takes nothing back. */
  setSpendCap: Maybe<SetSpendCapResult>;
  /** Withdraws an invoice that is not paid, for staff. Its month can then be asked for again. */
  voidInvoice: Maybe<VoidInvoiceResult>;
};


export type MutationCancelPlanChangeArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CancelPlanChangeInput;
};


export type MutationChangePlanArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ChangePlanInput;
};


export type MutationCorrectUsageArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CorrectUsageInput;
};


export type MutationCreateBillingPortalArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input?: InputMaybe<CreateBillingPortalInput>;
};


export type MutationCreateCheckoutArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CreateCheckoutInput;
};


export type MutationCreateInvoiceArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CreateInvoiceInput;
};


export type MutationCreditInvoiceArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: CreditInvoiceInput;
};


export type MutationFinalizeInvoiceArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: FinalizeInvoiceInput;
};


export type MutationPayInvoiceArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: PayInvoiceInput;
};


export type MutationRecordUsageArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RecordUsageInput;
};


export type MutationRecordUsageBatchArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: RecordUsageBatchInput;
};


export type MutationReplayWebhookArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: ReplayWebhookInput;
};


export type MutationSetSpendCapArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: SetSpendCapInput;
};


export type MutationVoidInvoiceArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  input: VoidInvoiceInput;
};

/** There is no change of plan to take back. */
export type NoPlanChangeWaits = UserError & {
  __typename?: 'NoPlanChangeWaits';
  /** What there is instead, in a sentence for a person. */
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

/** An invoice to pay. */
export type PayInvoiceInput = {
  /** The invoice. */
  invoiceId: Scalars['ID']['input'];
};

/** What came of paying an invoice. */
export type PayInvoiceResult = IdempotencyKeyReused | InvoiceNotPayable | NotFound | PayInvoiceSuccess | PaymentDeclined | PaymentPending | PaymentsNotConfigured;

/** The invoice is paid. A company that was suspended for a debt works again. */
export type PayInvoiceSuccess = {
  __typename?: 'PayInvoiceSuccess';
  /** Which try to be paid it was, counted from 1. */
  attempt: Scalars['Int']['output'];
  /** The invoice. */
  invoiceId: Scalars['ID']['output'];
};

/** The payment failed. */
export type PaymentDeclined = UserError & {
  __typename?: 'PaymentDeclined';
  /** Which try to be paid it was, counted from 1. */
  attempt: Scalars['Int']['output'];
  /** Why, in the words of the card's bank, such as insufficient_funds. */
  declineCode: Scalars['String']['output'];
  /** Why, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** Nobody knows yet how the payment ended. It is looked after: do not pay by other means until the invoice says. */
export type PaymentPending = UserError & {
  __typename?: 'PaymentPending';
  /** Which try to be paid it is, counted from 1. */
  attempt: Scalars['Int']['output'];
  /** What to do, in a sentence for a person. */
  message: Scalars['String']['output'];
};

/** This platform takes no payments by card. */
export type PaymentsNotConfigured = UserError & {
  __typename?: 'PaymentsNotConfigured';
  /** What to do instead, in a sentence for a person. */
  message: Scalars['String']['output'];
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

/** When a change of plan takes effect. */
export type PlanChangeTime =
  /** When the company's month ends, in its own time zone. */
  | 'AT_PERIOD_END'
  /** At once. The month's base price is shared out by the second. */
  | 'NOW';

/** What a plan says about one thing that is counted. */
export type PlanCharge = {
  __typename?: 'PlanCharge';
  /** How much is included in a month; null when there is no limit. */
  included: Maybe<Scalars['SafeInt']['output']>;
  /** What happens over the included amount. */
  limit: LimitKind;
  /** What is counted. */
  metric: UsageMetric;
  /** What more costs, in words, such as `at $0.10 each`; null when more is refused or nothing limits it. */
  pricing: Maybe<Scalars['String']['output']>;
  /** The price of one more `unitSize`; null when more is refused, nothing limits it, or the price is no whole number of minor units: `pricing` says it. */
  unitPrice: Maybe<Money>;
  /** How many units the unit price is for. */
  unitSize: Scalars['SafeInt']['output'];
};

/** More was used this month than the plan allows at all, so it can take effect when the month ends and not before. */
export type PlanLimitsExceeded = UserError & {
  __typename?: 'PlanLimitsExceeded';
  /** What was used too much of. */
  exceeded: Array<ExceededLimit>;
  /** What was used too much of and what to do, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** When the plan could take effect. */
  possibleAt: Scalars['DateTime']['output'];
};

/** Nobody can sign for this plan, or for this version of it: there is none, it is not offered yet, or no more. */
export type PlanNotOffered = UserError & {
  __typename?: 'PlanNotOffered';
  /** What is not offered, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** The plans that can be signed for. */
  offered: Array<Plan>;
  /** The plan that was asked for. */
  tier: PlanTier;
  /** The version that was asked for; null when none was. */
  version: Maybe<Scalars['Int']['output']>;
};

/** The plans a company can be on. */
export type PlanTier =
  /** A higher monthly price without limits. */
  | 'ENTERPRISE'
  /** A monthly price with a share of everything included, and a price for what goes over it. */
  | 'STANDARD'
  /** Free, one storm, hard limits. */
  | 'TRIAL';

/** What the platform earns, for staff. Amounts in different currencies are never added. */
export type PlatformRevenue = {
  __typename?: 'PlatformRevenue';
  /** The moment that it is about. */
  at: Scalars['DateTime']['output'];
  /** By currency, in alphabetical order. */
  currencies: Array<CurrencyRevenue>;
};

/** The price of one plan's share of a month. */
export type ProrationLine = {
  __typename?: 'ProrationLine';
  /** Its price. */
  amount: Money;
  /** As it will stand on the invoice. */
  description: Scalars['String']['output'];
  /** Before when it ends. */
  endsAt: Scalars['DateTime']['output'];
  /** Where the share begins. */
  startsAt: Scalars['DateTime']['output'];
  /** Which plan it is for. */
  tier: PlanTier;
  /** The version of the plan in the catalogue. */
  version: Scalars['Int']['output'];
};

/** What a month costs before usage, given the plans that are signed for now. */
export type ProrationPreview = {
  __typename?: 'ProrationPreview';
  /** The price of each plan's share of the month, by the second. */
  lines: Array<ProrationLine>;
  /** The first day of the month. */
  monthStartsOn: Scalars['LocalDate']['output'];
  /** All of it together. */
  total: Money;
};

export type Query = {
  __typename?: 'Query';
  /** What your company's running month costs until now, and what it will come to. */
  billingDashboard: Maybe<BillingDashboard>;
  /** One invoice of your company; staff can ask for any. */
  invoice: Maybe<Invoice>;
  /** Your company's invoices, newest first. Staff see all companies'. */
  invoices: Maybe<InvoiceConnection>;
  /** Your company's plan. */
  plan: Maybe<Plan>;
  /** The plans your company held, holds and has signed for, newest first, at most 50. */
  planHistory: Maybe<Array<HeldPlan>>;
  /** The plans one can sign for today. */
  plans: Maybe<Array<Plan>>;
  /** What the platform earns: recurring revenue and how it moved, what was billed, what is owed. */
  platformRevenue: Maybe<PlatformRevenue>;
  /** What your company has used this month of everything that is counted, against its plan. */
  quotas: Maybe<Array<Quota>>;
  /** Comparisons of Stripe with the platform, newest first, for staff. */
  reconciliations: Maybe<ReconciliationConnection>;
  /** Your company's spend cap, and what is spent of it. */
  spendCap: Maybe<SpendCap>;
  /** What your company used from one time to before another, of every metric, from the ledger itself. */
  usage: Maybe<Array<UsageTotal>>;
  /** The ledger of your company's usage, newest first. Part of STANDARD and ENTERPRISE; `usage` and `quotas` are part of every plan. */
  usageEvents: Maybe<UsageEventConnection>;
  /** What Stripe told the platform, newest first, for staff. */
  webhookDeliveries: Maybe<WebhookDeliveryConnection>;
};


export type QueryInvoiceArgs = {
  id: Scalars['ID']['input'];
};


export type QueryInvoicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<InvoiceStatus>;
};


export type QueryPlatformRevenueArgs = {
  months?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryReconciliationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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


export type QueryWebhookDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<WebhookDeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How much of one thing a company has used of what its plan includes this month. */
export type Quota = {
  __typename?: 'Quota';
  /** How much is included; null when there is no limit. */
  included: Maybe<Scalars['SafeInt']['output']>;
  /** What happens over the included amount. */
  limit: LimitKind;
  /** What is counted. */
  metric: UsageMetric;
  /** The used share of the included amount in whole percent, rounded down; above 100 where more is charged, null when there is no limit. */
  percent: Maybe<Scalars['SafeInt']['output']>;
  /** How much of it is left, never less than 0; null when there is no limit. */
  remaining: Maybe<Scalars['SafeInt']['output']>;
  /** When the count starts again: the end of the company's month. */
  renewsAt: Scalars['DateTime']['output'];
  /** How much was used this month, corrections taken off. */
  used: Scalars['SafeInt']['output'];
};

/** A comparison of what Stripe has with what the platform has. */
export type Reconciliation = {
  __typename?: 'Reconciliation';
  /** How many customers were compared. */
  customers: Scalars['Int']['output'];
  /** Everything that differed. */
  differences: Array<ReconciliationDifference>;
  /** Whether it only looked, and repaired nothing. */
  dryRun: Scalars['Boolean']['output'];
  /** When it ended. */
  endedAt: Scalars['DateTime']['output'];
  /** Its id. */
  id: Scalars['ID']['output'];
  /** How many invoices were compared. */
  invoices: Scalars['Int']['output'];
  /** When it began. */
  startedAt: Scalars['DateTime']['output'];
  /** How many subscriptions were compared. */
  subscriptions: Scalars['Int']['output'];
};

/** A page of comparisons with Stripe. */
export type ReconciliationConnection = {
  __typename?: 'ReconciliationConnection';
  /** The comparisons with their cursors. */
  edges: Array<ReconciliationEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** Something that was not the same at Stripe and here. */
export type ReconciliationDifference = {
  __typename?: 'ReconciliationDifference';
  /** What kind of difference it is, such as PAYMENT_MISSED. */
  kind: Scalars['String']['output'];
  /** What differs, in a sentence for a person. */
  message: Scalars['String']['output'];
  /** What was done about it. */
  outcome: ReconciliationOutcome;
  /** What differs, by Stripe's id where it has one. */
  subject: Scalars['String']['output'];
  /** The company that it is of; null where nobody knows. */
  tenantId: Maybe<Scalars['ID']['output']>;
};

/** A comparison with Stripe in a page. */
export type ReconciliationEdge = {
  __typename?: 'ReconciliationEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The comparison. */
  node: Reconciliation;
};

/** What was done about a difference. */
export type ReconciliationOutcome =
  /** It could not be brought together; the platform's log says why. */
  | 'FAILED'
  /** Somebody has to look at it. */
  | 'LEFT'
  /** It would have been brought together, had it not been a dry run. */
  | 'REPAIRABLE'
  /** It was brought together. */
  | 'REPAIRED';

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

/** A webhook to handle again. */
export type ReplayWebhookInput = {
  /** Stripe's id of the event. */
  eventId: Scalars['ID']['input'];
};

/** What came of handling a webhook again. */
export type ReplayWebhookResult = IdempotencyKeyReused | NotFound | PaymentsNotConfigured | ReplayWebhookSuccess;

/** The webhook is on its way to be handled. */
export type ReplayWebhookSuccess = {
  __typename?: 'ReplayWebhookSuccess';
  /** The event. */
  eventId: Scalars['ID']['output'];
  /** The job that handles it. */
  jobId: Scalars['ID']['output'];
};

/** The revenue of one month. Each company's month is the one of its own time zone. */
export type RevenueMonth = {
  __typename?: 'RevenueMonth';
  /** What was billed for the month: invoices with a number, less voided ones and credit notes. What turned out uncollectible was billed. */
  billed: Money;
  /** What companies paid before the month that pay no monthly price at its end: they left, or are on TRIAL. */
  churnedMrr: Money;
  /** Companies behind churnedMrr. */
  churnedTenants: Scalars['Int']['output'];
  /** openingMrr + newMrr + expansionMrr − contractionMrr − churnedMrr. */
  closingMrr: Money;
  /** What companies pay less at the month's end than before it, of those that still pay. */
  contractionMrr: Money;
  /** What companies pay more at the month's end than before it, of those that paid before. */
  expansionMrr: Money;
  /** The first day of the month. */
  monthStartsOn: Scalars['LocalDate']['output'];
  /** Net: (openingMrr + expansionMrr − contractionMrr − churnedMrr) / openingMrr; null when nobody paid before. */
  netRevenueRetentionRate: Maybe<Scalars['Float']['output']>;
  /** Of companies that paid no monthly price before the month and pay one at its end; also of those that had left and came back. */
  newMrr: Money;
  /** Companies behind newMrr. */
  newTenants: Scalars['Int']['output'];
  /** Monthly recurring revenue just before the month began. */
  openingMrr: Money;
  /** Companies that paid a monthly price just before the month began. */
  openingTenants: Scalars['Int']['output'];
  /** Gross: (contractionMrr + churnedMrr) / openingMrr; null when nobody paid before. */
  revenueChurnRate: Maybe<Scalars['Float']['output']>;
  /** churnedTenants / openingTenants; null when nobody paid before. */
  tenantChurnRate: Maybe<Scalars['Float']['output']>;
};

/** A spend cap. */
export type SetSpendCapInput = {
  /** The most that usage over the plan may cost in a month, in the company's currency; null for no cap. It must be said, one way or the other. */
  cap?: InputMaybe<MoneyInput>;
  /** The company, for staff; your own when left out. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of setting a spend cap. */
export type SetSpendCapResult = IdempotencyKeyReused | InvalidInput | NotFound | SetSpendCapSuccess;

/** The cap holds from now on. */
export type SetSpendCapSuccess = {
  __typename?: 'SetSpendCapSuccess';
  /** The cap; null when there is none now. */
  cap: Maybe<Money>;
  /** What usage over the plan costs this month so far. */
  spent: Money;
};

/** The most that usage over the plan may cost a company in a month, and how much of that is spent. */
export type SpendCap = {
  __typename?: 'SpendCap';
  /** The cap; null when there is none. */
  cap: Maybe<Money>;
  /** How much may still be spent, never less than nothing; null when there is no cap. */
  remaining: Maybe<Money>;
  /** When the next month starts, with nothing spent. */
  renewsAt: Scalars['DateTime']['output'];
  /** What usage over the plan costs this month so far. */
  spent: Money;
};

/** A contractor company that works storms on this platform. */
export type Tenant = {
  __typename?: 'Tenant';
  /** The tenant's id. */
  id: Scalars['ID']['output'];
  /** The plan the company is on; null while it cannot be read. */
  plan: Maybe<Plan>;
  /** The most that usage over the plan may cost the company in a month; null when there is no cap, and for a company that is not your own. */
  spendCap: Maybe<Money>;
};

/** What a company was billed. */
export type TenantRevenue = {
  __typename?: 'TenantRevenue';
  /** Invoices with a number, less voided ones and credit notes. */
  billed: Money;
  /** The company. */
  tenant: Tenant;
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

/** The invoice to withdraw. */
export type VoidInvoiceInput = {
  /** The invoice's id. */
  invoiceId: Scalars['ID']['input'];
  /** Why, in 1 to 500 characters; it is kept in the audit. */
  reason: Scalars['String']['input'];
};

/** What came of withdrawing an invoice. */
export type VoidInvoiceResult = IdempotencyKeyReused | InvalidInput | InvoiceStatusConflict | NotFound | VoidInvoiceSuccess;

/** The invoice is withdrawn. */
export type VoidInvoiceSuccess = {
  __typename?: 'VoidInvoiceSuccess';
  /** The invoice. */
  invoice: Invoice;
};

/** Something that Stripe told the platform. */
export type WebhookDelivery = {
  __typename?: 'WebhookDelivery';
  /** How often handling it was tried since it was delivered or replayed last. */
  attempts: Scalars['Int']['output'];
  /** When it happened. */
  createdAt: Scalars['DateTime']['output'];
  /** Stripe's id of whose it is. */
  customer: Maybe<Scalars['String']['output']>;
  /** How often it was delivered. */
  deliveries: Scalars['Int']['output'];
  /** Why the last of them failed. */
  error: Maybe<Scalars['String']['output']>;
  /** Stripe's id of the event. */
  eventId: Scalars['ID']['output'];
  /** Stripe's id of what it is about. */
  object: Maybe<Scalars['String']['output']>;
  /** When it was first delivered. */
  receivedAt: Scalars['DateTime']['output'];
  /** When it was handled, or given up. */
  settledAt: Maybe<Scalars['DateTime']['output']>;
  /** How it stands. */
  state: WebhookDeliveryState;
  /** The company whose customer that is; null while it is nobody's. */
  tenantId: Maybe<Scalars['ID']['output']>;
  /** What happened, such as invoice.paid. */
  type: Scalars['String']['output'];
};

/** A page of webhooks. */
export type WebhookDeliveryConnection = {
  __typename?: 'WebhookDeliveryConnection';
  /** The webhooks with their cursors. */
  edges: Array<WebhookDeliveryEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** A webhook in a page. */
export type WebhookDeliveryEdge = {
  __typename?: 'WebhookDeliveryEdge';
  /** Give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The webhook. */
  node: WebhookDelivery;
};

/** Which webhooks to list. */
export type WebhookDeliveryFilter = {
  /** Only those that stand here. */
  state?: InputMaybe<WebhookDeliveryState>;
  /** Only those of this company. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this type, such as invoice.paid. */
  type?: InputMaybe<Scalars['String']['input']>;
};

/** How a webhook stands. */
export type WebhookDeliveryState =
  /** Given up after the last try. Replay it once the cause is mended. */
  | 'DEAD'
  /** Handled. */
  | 'HANDLED'
  /** About something that changes nothing here. */
  | 'IGNORED'
  /** Taken, and not handled yet. */
  | 'RECEIVED'
  /** Failed, and waiting to be tried again. */
  | 'RETRYING'
  /** Of a customer that is no company's here. */
  | 'UNMATCHED';



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
  CancelPlanChangeResult:
    | ( Omit<CancelPlanChangeSuccess, 'cancelled' | 'plan'> & { cancelled: _RefType['Plan'], plan: _RefType['Plan'] } & { __typename: 'CancelPlanChangeSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NoPlanChangeWaits & { __typename: 'NoPlanChangeWaits' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  ChangePlanResult:
    | ( Omit<ChangePlanSuccess, 'plan' | 'prorationPreview'> & { plan: _RefType['Plan'], prorationPreview: _RefType['ProrationPreview'] } & { __typename: 'ChangePlanSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( PlanLimitsExceeded & { __typename: 'PlanLimitsExceeded' } )
    | ( Omit<PlanNotOffered, 'offered'> & { offered: Array<_RefType['Plan']> } & { __typename: 'PlanNotOffered' } )
  ;
  CorrectUsageResult:
    | ( CorrectUsageSuccess & { __typename: 'CorrectUsageSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  CreateBillingPortalResult:
    | ( CreateBillingPortalSuccess & { __typename: 'CreateBillingPortalSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( PaymentsNotConfigured & { __typename: 'PaymentsNotConfigured' } )
  ;
  CreateCheckoutResult:
    | ( CreateCheckoutSuccess & { __typename: 'CreateCheckoutSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( PaymentsNotConfigured & { __typename: 'PaymentsNotConfigured' } )
  ;
  CreateInvoiceResult:
    | ( Omit<CreateInvoiceSuccess, 'invoice'> & { invoice: _RefType['Invoice'] } & { __typename: 'CreateInvoiceSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<InvoicePeriodTaken, 'invoice'> & { invoice: _RefType['Invoice'] } & { __typename: 'InvoicePeriodTaken' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  CreditInvoiceResult:
    | ( Omit<CreditInvoiceSuccess, 'creditNote' | 'invoice'> & { creditNote: _RefType['CreditNote'], invoice: _RefType['Invoice'] } & { __typename: 'CreditInvoiceSuccess' } )
    | ( Omit<CreditTooLarge, 'creditable'> & { creditable: _RefType['Money'] } & { __typename: 'CreditTooLarge' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( InvoiceStatusConflict & { __typename: 'InvoiceStatusConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  FinalizeInvoiceResult:
    | ( Omit<FinalizeInvoiceSuccess, 'invoice'> & { invoice: _RefType['Invoice'] } & { __typename: 'FinalizeInvoiceSuccess' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvoiceForNothing & { __typename: 'InvoiceForNothing' } )
    | ( InvoicePeriodRunning & { __typename: 'InvoicePeriodRunning' } )
    | ( InvoiceStatusConflict & { __typename: 'InvoiceStatusConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  PayInvoiceResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvoiceNotPayable & { __typename: 'InvoiceNotPayable' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( PayInvoiceSuccess & { __typename: 'PayInvoiceSuccess' } )
    | ( PaymentDeclined & { __typename: 'PaymentDeclined' } )
    | ( PaymentPending & { __typename: 'PaymentPending' } )
    | ( PaymentsNotConfigured & { __typename: 'PaymentsNotConfigured' } )
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
  ReplayWebhookResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( PaymentsNotConfigured & { __typename: 'PaymentsNotConfigured' } )
    | ( ReplayWebhookSuccess & { __typename: 'ReplayWebhookSuccess' } )
  ;
  SetSpendCapResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<SetSpendCapSuccess, 'cap' | 'spent'> & { cap?: Maybe<_RefType['Money']>, spent: _RefType['Money'] } & { __typename: 'SetSpendCapSuccess' } )
  ;
  VoidInvoiceResult:
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( InvoiceStatusConflict & { __typename: 'InvoiceStatusConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<VoidInvoiceSuccess, 'invoice'> & { invoice: _RefType['Invoice'] } & { __typename: 'VoidInvoiceSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( Omit<CreditTooLarge, 'creditable'> & { creditable: _RefType['Money'] } )
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( InvoiceForNothing )
    | ( InvoiceNotPayable )
    | ( InvoicePeriodRunning )
    | ( Omit<InvoicePeriodTaken, 'invoice'> & { invoice: _RefType['Invoice'] } )
    | ( InvoiceStatusConflict )
    | ( NoPlanChangeWaits )
    | ( NotFound )
    | ( PaymentDeclined )
    | ( PaymentPending )
    | ( PaymentsNotConfigured )
    | ( PlanLimitsExceeded )
    | ( Omit<PlanNotOffered, 'offered'> & { offered: Array<_RefType['Plan']> } )
    | ( Omit<UsageEventConflict, 'recorded'> & { recorded: _RefType['UsageEvent'] } )
    | ( UsageRefused )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BillingDashboard: ResolverTypeWrapper<BillingDashboardModel>;
  BillingPeriod: ResolverTypeWrapper<Omit<BillingPeriod, 'base' | 'overage' | 'total'> & { base: ResolversTypes['Money'], overage: ResolversTypes['Money'], total: ResolversTypes['Money'] }>;
  CancelPlanChangeInput: CancelPlanChangeInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CancelPlanChangeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelPlanChangeResult']>;
  CancelPlanChangeSuccess: ResolverTypeWrapper<Omit<CancelPlanChangeSuccess, 'cancelled' | 'plan'> & { cancelled: ResolversTypes['Plan'], plan: ResolversTypes['Plan'] }>;
  ChangePlanInput: ChangePlanInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ChangePlanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangePlanResult']>;
  ChangePlanSuccess: ResolverTypeWrapper<Omit<ChangePlanSuccess, 'plan' | 'prorationPreview'> & { plan: ResolversTypes['Plan'], prorationPreview: ResolversTypes['ProrationPreview'] }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CorrectUsageInput: CorrectUsageInput;
  CorrectUsageResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CorrectUsageResult']>;
  CorrectUsageSuccess: ResolverTypeWrapper<CorrectUsageSuccess>;
  CreateBillingPortalInput: CreateBillingPortalInput;
  CreateBillingPortalResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateBillingPortalResult']>;
  CreateBillingPortalSuccess: ResolverTypeWrapper<CreateBillingPortalSuccess>;
  CreateCheckoutInput: CreateCheckoutInput;
  CreateCheckoutResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateCheckoutResult']>;
  CreateCheckoutSuccess: ResolverTypeWrapper<CreateCheckoutSuccess>;
  CreateInvoiceInput: CreateInvoiceInput;
  CreateInvoiceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateInvoiceResult']>;
  CreateInvoiceSuccess: ResolverTypeWrapper<Omit<CreateInvoiceSuccess, 'invoice'> & { invoice: ResolversTypes['Invoice'] }>;
  CreditInvoiceInput: CreditInvoiceInput;
  CreditInvoiceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreditInvoiceResult']>;
  CreditInvoiceSuccess: ResolverTypeWrapper<Omit<CreditInvoiceSuccess, 'creditNote' | 'invoice'> & { creditNote: ResolversTypes['CreditNote'], invoice: ResolversTypes['Invoice'] }>;
  CreditNote: ResolverTypeWrapper<CreditNoteModel>;
  CreditTooLarge: ResolverTypeWrapper<Omit<CreditTooLarge, 'creditable'> & { creditable: ResolversTypes['Money'] }>;
  CurrencyRevenue: ResolverTypeWrapper<Omit<CurrencyRevenue, 'months' | 'mrr' | 'openReceivables' | 'overdueReceivables' | 'topTenants' | 'uncollectible'> & { months: Array<ResolversTypes['RevenueMonth']>, mrr: ResolversTypes['Money'], openReceivables: ResolversTypes['Money'], overdueReceivables: ResolversTypes['Money'], topTenants: Array<ResolversTypes['TenantRevenue']>, uncollectible: ResolversTypes['Money'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DayOrInstant: ResolverTypeWrapper<Scalars['DayOrInstant']['output']>;
  ExceededLimit: ResolverTypeWrapper<ExceededLimit>;
  FinalizeInvoiceInput: FinalizeInvoiceInput;
  FinalizeInvoiceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['FinalizeInvoiceResult']>;
  FinalizeInvoiceSuccess: ResolverTypeWrapper<Omit<FinalizeInvoiceSuccess, 'invoice'> & { invoice: ResolversTypes['Invoice'] }>;
  HeldPlan: ResolverTypeWrapper<HeldPlan>;
  HeldPlanState: HeldPlanState;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  Invoice: ResolverTypeWrapper<InvoiceModel>;
  InvoiceConnection: ResolverTypeWrapper<Omit<InvoiceConnection, 'edges'> & { edges: Array<ResolversTypes['InvoiceEdge']> }>;
  InvoiceEdge: ResolverTypeWrapper<Omit<InvoiceEdge, 'node'> & { node: ResolversTypes['Invoice'] }>;
  InvoiceFilter: InvoiceFilter;
  InvoiceForNothing: ResolverTypeWrapper<InvoiceForNothing>;
  InvoiceLine: ResolverTypeWrapper<InvoiceLineModel>;
  InvoiceLineKind: InvoiceLineKind;
  InvoiceNotPayable: ResolverTypeWrapper<InvoiceNotPayable>;
  InvoicePdf: ResolverTypeWrapper<InvoicePdf>;
  InvoicePeriodRunning: ResolverTypeWrapper<InvoicePeriodRunning>;
  InvoicePeriodTaken: ResolverTypeWrapper<Omit<InvoicePeriodTaken, 'invoice'> & { invoice: ResolversTypes['Invoice'] }>;
  InvoiceStatus: InvoiceStatus;
  InvoiceStatusConflict: ResolverTypeWrapper<InvoiceStatusConflict>;
  LimitKind: LimitKind;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  MetricUsage: ResolverTypeWrapper<Omit<MetricUsage, 'overage'> & { overage: ResolversTypes['Money'] }>;
  Money: ResolverTypeWrapper<MoneyModel>;
  MoneyInput: MoneyInput;
  MoneyPerUnit: ResolverTypeWrapper<MoneyPerUnit>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NoPlanChangeWaits: ResolverTypeWrapper<NoPlanChangeWaits>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PayInvoiceInput: PayInvoiceInput;
  PayInvoiceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PayInvoiceResult']>;
  PayInvoiceSuccess: ResolverTypeWrapper<PayInvoiceSuccess>;
  PaymentDeclined: ResolverTypeWrapper<PaymentDeclined>;
  PaymentPending: ResolverTypeWrapper<PaymentPending>;
  PaymentsNotConfigured: ResolverTypeWrapper<PaymentsNotConfigured>;
  Plan: ResolverTypeWrapper<PlanModel>;
  PlanChangeTime: PlanChangeTime;
  PlanCharge: ResolverTypeWrapper<PlanChargeModel>;
  PlanLimitsExceeded: ResolverTypeWrapper<PlanLimitsExceeded>;
  PlanNotOffered: ResolverTypeWrapper<Omit<PlanNotOffered, 'offered'> & { offered: Array<ResolversTypes['Plan']> }>;
  PlanTier: PlanTier;
  PlatformRevenue: ResolverTypeWrapper<Omit<PlatformRevenue, 'currencies'> & { currencies: Array<ResolversTypes['CurrencyRevenue']> }>;
  ProrationLine: ResolverTypeWrapper<Omit<ProrationLine, 'amount'> & { amount: ResolversTypes['Money'] }>;
  ProrationPreview: ResolverTypeWrapper<Omit<ProrationPreview, 'lines' | 'total'> & { lines: Array<ResolversTypes['ProrationLine']>, total: ResolversTypes['Money'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Quota: ResolverTypeWrapper<Quota>;
  Reconciliation: ResolverTypeWrapper<ReconciliationModel>;
  ReconciliationConnection: ResolverTypeWrapper<Omit<ReconciliationConnection, 'edges'> & { edges: Array<ResolversTypes['ReconciliationEdge']> }>;
  ReconciliationDifference: ResolverTypeWrapper<DifferenceModel>;
  ReconciliationEdge: ResolverTypeWrapper<Omit<ReconciliationEdge, 'node'> & { node: ResolversTypes['Reconciliation'] }>;
  ReconciliationOutcome: ReconciliationOutcome;
  RecordUsageBatchInput: RecordUsageBatchInput;
  RecordUsageBatchResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordUsageBatchResult']>;
  RecordUsageBatchSuccess: ResolverTypeWrapper<RecordUsageBatchSuccess>;
  RecordUsageInput: RecordUsageInput;
  RecordUsageResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordUsageResult']>;
  RecordUsageSuccess: ResolverTypeWrapper<Omit<RecordUsageSuccess, 'event'> & { event: ResolversTypes['UsageEvent'] }>;
  ReplayWebhookInput: ReplayWebhookInput;
  ReplayWebhookResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReplayWebhookResult']>;
  ReplayWebhookSuccess: ResolverTypeWrapper<ReplayWebhookSuccess>;
  RevenueMonth: ResolverTypeWrapper<Omit<RevenueMonth, 'billed' | 'churnedMrr' | 'closingMrr' | 'contractionMrr' | 'expansionMrr' | 'newMrr' | 'openingMrr'> & { billed: ResolversTypes['Money'], churnedMrr: ResolversTypes['Money'], closingMrr: ResolversTypes['Money'], contractionMrr: ResolversTypes['Money'], expansionMrr: ResolversTypes['Money'], newMrr: ResolversTypes['Money'], openingMrr: ResolversTypes['Money'] }>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SetSpendCapInput: SetSpendCapInput;
  SetSpendCapResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetSpendCapResult']>;
  SetSpendCapSuccess: ResolverTypeWrapper<Omit<SetSpendCapSuccess, 'cap' | 'spent'> & { cap?: Maybe<ResolversTypes['Money']>, spent: ResolversTypes['Money'] }>;
  SpendCap: ResolverTypeWrapper<Omit<SpendCap, 'cap' | 'remaining' | 'spent'> & { cap?: Maybe<ResolversTypes['Money']>, remaining?: Maybe<ResolversTypes['Money']>, spent: ResolversTypes['Money'] }>;
  Tenant: ResolverTypeWrapper<Omit<Tenant, 'plan' | 'spendCap'> & { plan?: Maybe<ResolversTypes['Plan']>, spendCap?: Maybe<ResolversTypes['Money']> }>;
  TenantRevenue: ResolverTypeWrapper<Omit<TenantRevenue, 'billed' | 'tenant'> & { billed: ResolversTypes['Money'], tenant: ResolversTypes['Tenant'] }>;
  UsageEvent: ResolverTypeWrapper<UsageEventModel>;
  UsageEventConflict: ResolverTypeWrapper<Omit<UsageEventConflict, 'recorded'> & { recorded: ResolversTypes['UsageEvent'] }>;
  UsageEventConnection: ResolverTypeWrapper<Omit<UsageEventConnection, 'edges'> & { edges: Array<ResolversTypes['UsageEventEdge']> }>;
  UsageEventEdge: ResolverTypeWrapper<Omit<UsageEventEdge, 'node'> & { node: ResolversTypes['UsageEvent'] }>;
  UsageMetric: UsageMetric;
  UsageRefused: ResolverTypeWrapper<UsageRefused>;
  UsageRejection: ResolverTypeWrapper<UsageRejection>;
  UsageTotal: ResolverTypeWrapper<UsageTotal>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  VoidInvoiceInput: VoidInvoiceInput;
  VoidInvoiceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['VoidInvoiceResult']>;
  VoidInvoiceSuccess: ResolverTypeWrapper<Omit<VoidInvoiceSuccess, 'invoice'> & { invoice: ResolversTypes['Invoice'] }>;
  WebhookDelivery: ResolverTypeWrapper<WebhookDeliveryModel>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Omit<WebhookDeliveryConnection, 'edges'> & { edges: Array<ResolversTypes['WebhookDeliveryEdge']> }>;
  WebhookDeliveryEdge: ResolverTypeWrapper<Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversTypes['WebhookDelivery'] }>;
  WebhookDeliveryFilter: WebhookDeliveryFilter;
  WebhookDeliveryState: WebhookDeliveryState;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BillingDashboard: BillingDashboardModel;
  BillingPeriod: Omit<BillingPeriod, 'base' | 'overage' | 'total'> & { base: ResolversParentTypes['Money'], overage: ResolversParentTypes['Money'], total: ResolversParentTypes['Money'] };
  CancelPlanChangeInput: CancelPlanChangeInput;
  ID: Scalars['ID']['output'];
  CancelPlanChangeResult: ResolversUnionTypes<ResolversParentTypes>['CancelPlanChangeResult'];
  CancelPlanChangeSuccess: Omit<CancelPlanChangeSuccess, 'cancelled' | 'plan'> & { cancelled: ResolversParentTypes['Plan'], plan: ResolversParentTypes['Plan'] };
  ChangePlanInput: ChangePlanInput;
  Int: Scalars['Int']['output'];
  ChangePlanResult: ResolversUnionTypes<ResolversParentTypes>['ChangePlanResult'];
  ChangePlanSuccess: Omit<ChangePlanSuccess, 'plan' | 'prorationPreview'> & { plan: ResolversParentTypes['Plan'], prorationPreview: ResolversParentTypes['ProrationPreview'] };
  Boolean: Scalars['Boolean']['output'];
  CorrectUsageInput: CorrectUsageInput;
  CorrectUsageResult: ResolversUnionTypes<ResolversParentTypes>['CorrectUsageResult'];
  CorrectUsageSuccess: CorrectUsageSuccess;
  CreateBillingPortalInput: CreateBillingPortalInput;
  CreateBillingPortalResult: ResolversUnionTypes<ResolversParentTypes>['CreateBillingPortalResult'];
  CreateBillingPortalSuccess: CreateBillingPortalSuccess;
  CreateCheckoutInput: CreateCheckoutInput;
  CreateCheckoutResult: ResolversUnionTypes<ResolversParentTypes>['CreateCheckoutResult'];
  CreateCheckoutSuccess: CreateCheckoutSuccess;
  CreateInvoiceInput: CreateInvoiceInput;
  CreateInvoiceResult: ResolversUnionTypes<ResolversParentTypes>['CreateInvoiceResult'];
  CreateInvoiceSuccess: Omit<CreateInvoiceSuccess, 'invoice'> & { invoice: ResolversParentTypes['Invoice'] };
  CreditInvoiceInput: CreditInvoiceInput;
  CreditInvoiceResult: ResolversUnionTypes<ResolversParentTypes>['CreditInvoiceResult'];
  CreditInvoiceSuccess: Omit<CreditInvoiceSuccess, 'creditNote' | 'invoice'> & { creditNote: ResolversParentTypes['CreditNote'], invoice: ResolversParentTypes['Invoice'] };
  CreditNote: CreditNoteModel;
  CreditTooLarge: Omit<CreditTooLarge, 'creditable'> & { creditable: ResolversParentTypes['Money'] };
  CurrencyRevenue: Omit<CurrencyRevenue, 'months' | 'mrr' | 'openReceivables' | 'overdueReceivables' | 'topTenants' | 'uncollectible'> & { months: Array<ResolversParentTypes['RevenueMonth']>, mrr: ResolversParentTypes['Money'], openReceivables: ResolversParentTypes['Money'], overdueReceivables: ResolversParentTypes['Money'], topTenants: Array<ResolversParentTypes['TenantRevenue']>, uncollectible: ResolversParentTypes['Money'] };
  DateTime: Scalars['DateTime']['output'];
  DayOrInstant: Scalars['DayOrInstant']['output'];
  ExceededLimit: ExceededLimit;
  FinalizeInvoiceInput: FinalizeInvoiceInput;
  FinalizeInvoiceResult: ResolversUnionTypes<ResolversParentTypes>['FinalizeInvoiceResult'];
  FinalizeInvoiceSuccess: Omit<FinalizeInvoiceSuccess, 'invoice'> & { invoice: ResolversParentTypes['Invoice'] };
  HeldPlan: HeldPlan;
  IdempotencyKeyReused: IdempotencyKeyReused;
  InvalidInput: InvalidInput;
  Invoice: InvoiceModel;
  InvoiceConnection: Omit<InvoiceConnection, 'edges'> & { edges: Array<ResolversParentTypes['InvoiceEdge']> };
  InvoiceEdge: Omit<InvoiceEdge, 'node'> & { node: ResolversParentTypes['Invoice'] };
  InvoiceFilter: InvoiceFilter;
  InvoiceForNothing: InvoiceForNothing;
  InvoiceLine: InvoiceLineModel;
  InvoiceNotPayable: InvoiceNotPayable;
  InvoicePdf: InvoicePdf;
  InvoicePeriodRunning: InvoicePeriodRunning;
  InvoicePeriodTaken: Omit<InvoicePeriodTaken, 'invoice'> & { invoice: ResolversParentTypes['Invoice'] };
  InvoiceStatusConflict: InvoiceStatusConflict;
  LocalDate: Scalars['LocalDate']['output'];
  MetricUsage: Omit<MetricUsage, 'overage'> & { overage: ResolversParentTypes['Money'] };
  Money: MoneyModel;
  MoneyInput: MoneyInput;
  MoneyPerUnit: MoneyPerUnit;
  Mutation: Record<PropertyKey, never>;
  NoPlanChangeWaits: NoPlanChangeWaits;
  NotFound: NotFound;
  PageInfo: PageInfo;
  PayInvoiceInput: PayInvoiceInput;
  PayInvoiceResult: ResolversUnionTypes<ResolversParentTypes>['PayInvoiceResult'];
  PayInvoiceSuccess: PayInvoiceSuccess;
  PaymentDeclined: PaymentDeclined;
  PaymentPending: PaymentPending;
  PaymentsNotConfigured: PaymentsNotConfigured;
  Plan: PlanModel;
  PlanCharge: PlanChargeModel;
  PlanLimitsExceeded: PlanLimitsExceeded;
  PlanNotOffered: Omit<PlanNotOffered, 'offered'> & { offered: Array<ResolversParentTypes['Plan']> };
  PlatformRevenue: Omit<PlatformRevenue, 'currencies'> & { currencies: Array<ResolversParentTypes['CurrencyRevenue']> };
  ProrationLine: Omit<ProrationLine, 'amount'> & { amount: ResolversParentTypes['Money'] };
  ProrationPreview: Omit<ProrationPreview, 'lines' | 'total'> & { lines: Array<ResolversParentTypes['ProrationLine']>, total: ResolversParentTypes['Money'] };
  Query: Record<PropertyKey, never>;
  Quota: Quota;
  Reconciliation: ReconciliationModel;
  ReconciliationConnection: Omit<ReconciliationConnection, 'edges'> & { edges: Array<ResolversParentTypes['ReconciliationEdge']> };
  ReconciliationDifference: DifferenceModel;
  ReconciliationEdge: Omit<ReconciliationEdge, 'node'> & { node: ResolversParentTypes['Reconciliation'] };
  RecordUsageBatchInput: RecordUsageBatchInput;
  RecordUsageBatchResult: ResolversUnionTypes<ResolversParentTypes>['RecordUsageBatchResult'];
  RecordUsageBatchSuccess: RecordUsageBatchSuccess;
  RecordUsageInput: RecordUsageInput;
  RecordUsageResult: ResolversUnionTypes<ResolversParentTypes>['RecordUsageResult'];
  RecordUsageSuccess: Omit<RecordUsageSuccess, 'event'> & { event: ResolversParentTypes['UsageEvent'] };
  ReplayWebhookInput: ReplayWebhookInput;
  ReplayWebhookResult: ResolversUnionTypes<ResolversParentTypes>['ReplayWebhookResult'];
  ReplayWebhookSuccess: ReplayWebhookSuccess;
  RevenueMonth: Omit<RevenueMonth, 'billed' | 'churnedMrr' | 'closingMrr' | 'contractionMrr' | 'expansionMrr' | 'newMrr' | 'openingMrr'> & { billed: ResolversParentTypes['Money'], churnedMrr: ResolversParentTypes['Money'], closingMrr: ResolversParentTypes['Money'], contractionMrr: ResolversParentTypes['Money'], expansionMrr: ResolversParentTypes['Money'], newMrr: ResolversParentTypes['Money'], openingMrr: ResolversParentTypes['Money'] };
  Float: Scalars['Float']['output'];
  SafeInt: Scalars['SafeInt']['output'];
  SetSpendCapInput: SetSpendCapInput;
  SetSpendCapResult: ResolversUnionTypes<ResolversParentTypes>['SetSpendCapResult'];
  SetSpendCapSuccess: Omit<SetSpendCapSuccess, 'cap' | 'spent'> & { cap?: Maybe<ResolversParentTypes['Money']>, spent: ResolversParentTypes['Money'] };
  SpendCap: Omit<SpendCap, 'cap' | 'remaining' | 'spent'> & { cap?: Maybe<ResolversParentTypes['Money']>, remaining?: Maybe<ResolversParentTypes['Money']>, spent: ResolversParentTypes['Money'] };
  Tenant: Omit<Tenant, 'plan' | 'spendCap'> & { plan?: Maybe<ResolversParentTypes['Plan']>, spendCap?: Maybe<ResolversParentTypes['Money']> } | FederationReferenceTypes['Tenant'];
  TenantRevenue: Omit<TenantRevenue, 'billed' | 'tenant'> & { billed: ResolversParentTypes['Money'], tenant: ResolversParentTypes['Tenant'] };
  UsageEvent: UsageEventModel;
  UsageEventConflict: Omit<UsageEventConflict, 'recorded'> & { recorded: ResolversParentTypes['UsageEvent'] };
  UsageEventConnection: Omit<UsageEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['UsageEventEdge']> };
  UsageEventEdge: Omit<UsageEventEdge, 'node'> & { node: ResolversParentTypes['UsageEvent'] };
  UsageRefused: UsageRefused;
  UsageRejection: UsageRejection;
  UsageTotal: UsageTotal;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  VoidInvoiceInput: VoidInvoiceInput;
  VoidInvoiceResult: ResolversUnionTypes<ResolversParentTypes>['VoidInvoiceResult'];
  VoidInvoiceSuccess: Omit<VoidInvoiceSuccess, 'invoice'> & { invoice: ResolversParentTypes['Invoice'] };
  WebhookDelivery: WebhookDeliveryModel;
  WebhookDeliveryConnection: Omit<WebhookDeliveryConnection, 'edges'> & { edges: Array<ResolversParentTypes['WebhookDeliveryEdge']> };
  WebhookDeliveryEdge: Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversParentTypes['WebhookDelivery'] };
  WebhookDeliveryFilter: WebhookDeliveryFilter;
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

export type BillingDashboardResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['BillingDashboard'] = ResolversParentTypes['BillingDashboard']> = {
  currentPeriod?: Resolver<ResolversTypes['BillingPeriod'], ParentType, ContextType>;
  projected?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  spendCap?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['PlanTier'], ParentType, ContextType>;
  usage?: Resolver<Array<ResolversTypes['MetricUsage']>, ParentType, ContextType>;
};

export type BillingPeriodResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['BillingPeriod'] = ResolversParentTypes['BillingPeriod']> = {
  base?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  overage?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CancelPlanChangeResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CancelPlanChangeResult'] = ResolversParentTypes['CancelPlanChangeResult']> = {
  __resolveType: TypeResolveFn<'CancelPlanChangeSuccess' | 'IdempotencyKeyReused' | 'NoPlanChangeWaits' | 'NotFound', ParentType, ContextType>;
};

export type CancelPlanChangeSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CancelPlanChangeSuccess'] = ResolversParentTypes['CancelPlanChangeSuccess']> = {
  cancelled?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangePlanResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ChangePlanResult'] = ResolversParentTypes['ChangePlanResult']> = {
  __resolveType: TypeResolveFn<'ChangePlanSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'PlanLimitsExceeded' | 'PlanNotOffered', ParentType, ContextType>;
};

export type ChangePlanSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ChangePlanSuccess'] = ResolversParentTypes['ChangePlanSuccess']> = {
  cancelledWaiting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  prorationPreview?: Resolver<ResolversTypes['ProrationPreview'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CorrectUsageResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CorrectUsageResult'] = ResolversParentTypes['CorrectUsageResult']> = {
  __resolveType: TypeResolveFn<'CorrectUsageSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type CorrectUsageSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CorrectUsageSuccess'] = ResolversParentTypes['CorrectUsageSuccess']> = {
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateBillingPortalResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreateBillingPortalResult'] = ResolversParentTypes['CreateBillingPortalResult']> = {
  __resolveType: TypeResolveFn<'CreateBillingPortalSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'PaymentsNotConfigured', ParentType, ContextType>;
};

export type CreateBillingPortalSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreateBillingPortalSuccess'] = ResolversParentTypes['CreateBillingPortalSuccess']> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateCheckoutResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreateCheckoutResult'] = ResolversParentTypes['CreateCheckoutResult']> = {
  __resolveType: TypeResolveFn<'CreateCheckoutSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'PaymentsNotConfigured', ParentType, ContextType>;
};

export type CreateCheckoutSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreateCheckoutSuccess'] = ResolversParentTypes['CreateCheckoutSuccess']> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateInvoiceResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreateInvoiceResult'] = ResolversParentTypes['CreateInvoiceResult']> = {
  __resolveType: TypeResolveFn<'CreateInvoiceSuccess' | 'IdempotencyKeyReused' | 'InvalidInput' | 'InvoicePeriodTaken' | 'NotFound', ParentType, ContextType>;
};

export type CreateInvoiceSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreateInvoiceSuccess'] = ResolversParentTypes['CreateInvoiceSuccess']> = {
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreditInvoiceResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreditInvoiceResult'] = ResolversParentTypes['CreditInvoiceResult']> = {
  __resolveType: TypeResolveFn<'CreditInvoiceSuccess' | 'CreditTooLarge' | 'IdempotencyKeyReused' | 'InvalidInput' | 'InvoiceStatusConflict' | 'NotFound', ParentType, ContextType>;
};

export type CreditInvoiceSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreditInvoiceSuccess'] = ResolversParentTypes['CreditInvoiceSuccess']> = {
  creditNote?: Resolver<ResolversTypes['CreditNote'], ParentType, ContextType>;
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreditNoteResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreditNote'] = ResolversParentTypes['CreditNote']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pdf?: Resolver<Maybe<ResolversTypes['InvoicePdf']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreditTooLargeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CreditTooLarge'] = ResolversParentTypes['CreditTooLarge']> = {
  creditable?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CurrencyRevenueResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['CurrencyRevenue'] = ResolversParentTypes['CurrencyRevenue']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  months?: Resolver<Array<ResolversTypes['RevenueMonth']>, ParentType, ContextType>;
  mrr?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  openReceivables?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdueReceivables?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  payingTenants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  topTenants?: Resolver<Array<ResolversTypes['TenantRevenue']>, ParentType, ContextType>;
  uncollectible?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DayOrInstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DayOrInstant'], any> {
  name: 'DayOrInstant';
}

export type ExceededLimitResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ExceededLimit'] = ResolversParentTypes['ExceededLimit']> = {
  included?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['UsageMetric'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type FinalizeInvoiceResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['FinalizeInvoiceResult'] = ResolversParentTypes['FinalizeInvoiceResult']> = {
  __resolveType: TypeResolveFn<'FinalizeInvoiceSuccess' | 'IdempotencyKeyReused' | 'InvoiceForNothing' | 'InvoicePeriodRunning' | 'InvoiceStatusConflict' | 'NotFound', ParentType, ContextType>;
};

export type FinalizeInvoiceSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['FinalizeInvoiceSuccess'] = ResolversParentTypes['FinalizeInvoiceSuccess']> = {
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HeldPlanResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['HeldPlan'] = ResolversParentTypes['HeldPlan']> = {
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['HeldPlanState'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['PlanTier'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice']> = {
  amountDue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  base?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  creditNotes?: Resolver<Array<ResolversTypes['CreditNote']>, ParentType, ContextType>;
  credited?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finalizedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['InvoiceLine']>, ParentType, ContextType>;
  nextPeriodStartsOn?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  overage?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pdf?: Resolver<Maybe<ResolversTypes['InvoicePdf']>, ParentType, ContextType>;
  periodStartsOn?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvoiceStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  voidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type InvoiceConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoiceConnection'] = ResolversParentTypes['InvoiceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InvoiceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InvoiceEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoiceEdge'] = ResolversParentTypes['InvoiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type InvoiceForNothingResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoiceForNothing'] = ResolversParentTypes['InvoiceForNothing']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceLineResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoiceLine'] = ResolversParentTypes['InvoiceLine']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  included?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InvoiceLineKind'], ParentType, ContextType>;
  metric?: Resolver<Maybe<ResolversTypes['UsageMetric']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['MoneyPerUnit']>, ParentType, ContextType>;
  unitSize?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type InvoiceNotPayableResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoiceNotPayable'] = ResolversParentTypes['InvoiceNotPayable']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoicePdfResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoicePdf'] = ResolversParentTypes['InvoicePdf']> = {
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InvoicePeriodRunningResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoicePeriodRunning'] = ResolversParentTypes['InvoicePeriodRunning']> = {
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoicePeriodTakenResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoicePeriodTaken'] = ResolversParentTypes['InvoicePeriodTaken']> = {
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceStatusConflictResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['InvoiceStatusConflict'] = ResolversParentTypes['InvoiceStatusConflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvoiceStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MetricUsageResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['MetricUsage'] = ResolversParentTypes['MetricUsage']> = {
  included?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['UsageMetric'], ParentType, ContextType>;
  overage?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type MoneyPerUnitResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['MoneyPerUnit'] = ResolversParentTypes['MoneyPerUnit']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelPlanChange?: Resolver<Maybe<ResolversTypes['CancelPlanChangeResult']>, ParentType, ContextType, RequireFields<MutationCancelPlanChangeArgs, 'input'>>;
  changePlan?: Resolver<Maybe<ResolversTypes['ChangePlanResult']>, ParentType, ContextType, RequireFields<MutationChangePlanArgs, 'input'>>;
  correctUsage?: Resolver<Maybe<ResolversTypes['CorrectUsageResult']>, ParentType, ContextType, RequireFields<MutationCorrectUsageArgs, 'input'>>;
  createBillingPortal?: Resolver<Maybe<ResolversTypes['CreateBillingPortalResult']>, ParentType, ContextType, Partial<MutationCreateBillingPortalArgs>>;
  createCheckout?: Resolver<Maybe<ResolversTypes['CreateCheckoutResult']>, ParentType, ContextType, RequireFields<MutationCreateCheckoutArgs, 'input'>>;
  createInvoice?: Resolver<Maybe<ResolversTypes['CreateInvoiceResult']>, ParentType, ContextType, RequireFields<MutationCreateInvoiceArgs, 'input'>>;
  creditInvoice?: Resolver<Maybe<ResolversTypes['CreditInvoiceResult']>, ParentType, ContextType, RequireFields<MutationCreditInvoiceArgs, 'input'>>;
  finalizeInvoice?: Resolver<Maybe<ResolversTypes['FinalizeInvoiceResult']>, ParentType, ContextType, RequireFields<MutationFinalizeInvoiceArgs, 'input'>>;
  payInvoice?: Resolver<Maybe<ResolversTypes['PayInvoiceResult']>, ParentType, ContextType, RequireFields<MutationPayInvoiceArgs, 'input'>>;
  recordUsage?: Resolver<Maybe<ResolversTypes['RecordUsageResult']>, ParentType, ContextType, RequireFields<MutationRecordUsageArgs, 'input'>>;
  recordUsageBatch?: Resolver<Maybe<ResolversTypes['RecordUsageBatchResult']>, ParentType, ContextType, RequireFields<MutationRecordUsageBatchArgs, 'input'>>;
  replayWebhook?: Resolver<Maybe<ResolversTypes['ReplayWebhookResult']>, ParentType, ContextType, RequireFields<MutationReplayWebhookArgs, 'input'>>;
  setSpendCap?: Resolver<Maybe<ResolversTypes['SetSpendCapResult']>, ParentType, ContextType, RequireFields<MutationSetSpendCapArgs, 'input'>>;
  voidInvoice?: Resolver<Maybe<ResolversTypes['VoidInvoiceResult']>, ParentType, ContextType, RequireFields<MutationVoidInvoiceArgs, 'input'>>;
};

export type NoPlanChangeWaitsResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['NoPlanChangeWaits'] = ResolversParentTypes['NoPlanChangeWaits']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type PayInvoiceResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PayInvoiceResult'] = ResolversParentTypes['PayInvoiceResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvoiceNotPayable' | 'NotFound' | 'PayInvoiceSuccess' | 'PaymentDeclined' | 'PaymentPending' | 'PaymentsNotConfigured', ParentType, ContextType>;
};

export type PayInvoiceSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PayInvoiceSuccess'] = ResolversParentTypes['PayInvoiceSuccess']> = {
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  invoiceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentDeclinedResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PaymentDeclined'] = ResolversParentTypes['PaymentDeclined']> = {
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  declineCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentPendingResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PaymentPending'] = ResolversParentTypes['PaymentPending']> = {
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentsNotConfiguredResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PaymentsNotConfigured'] = ResolversParentTypes['PaymentsNotConfigured']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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
  pricing?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  unitSize?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type PlanLimitsExceededResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PlanLimitsExceeded'] = ResolversParentTypes['PlanLimitsExceeded']> = {
  exceeded?: Resolver<Array<ResolversTypes['ExceededLimit']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  possibleAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlanNotOfferedResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PlanNotOffered'] = ResolversParentTypes['PlanNotOffered']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offered?: Resolver<Array<ResolversTypes['Plan']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['PlanTier'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlatformRevenueResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['PlatformRevenue'] = ResolversParentTypes['PlatformRevenue']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currencies?: Resolver<Array<ResolversTypes['CurrencyRevenue']>, ParentType, ContextType>;
};

export type ProrationLineResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ProrationLine'] = ResolversParentTypes['ProrationLine']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['PlanTier'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProrationPreviewResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ProrationPreview'] = ResolversParentTypes['ProrationPreview']> = {
  lines?: Resolver<Array<ResolversTypes['ProrationLine']>, ParentType, ContextType>;
  monthStartsOn?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  billingDashboard?: Resolver<Maybe<ResolversTypes['BillingDashboard']>, ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceArgs, 'id'>>;
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, RequireFields<QueryInvoicesArgs, 'first'>>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  planHistory?: Resolver<Maybe<Array<ResolversTypes['HeldPlan']>>, ParentType, ContextType>;
  plans?: Resolver<Maybe<Array<ResolversTypes['Plan']>>, ParentType, ContextType>;
  platformRevenue?: Resolver<Maybe<ResolversTypes['PlatformRevenue']>, ParentType, ContextType, RequireFields<QueryPlatformRevenueArgs, 'months'>>;
  quotas?: Resolver<Maybe<Array<ResolversTypes['Quota']>>, ParentType, ContextType>;
  reconciliations?: Resolver<Maybe<ResolversTypes['ReconciliationConnection']>, ParentType, ContextType, RequireFields<QueryReconciliationsArgs, 'first'>>;
  spendCap?: Resolver<Maybe<ResolversTypes['SpendCap']>, ParentType, ContextType>;
  usage?: Resolver<Maybe<Array<ResolversTypes['UsageTotal']>>, ParentType, ContextType, RequireFields<QueryUsageArgs, 'periodEnd' | 'periodStart'>>;
  usageEvents?: Resolver<Maybe<ResolversTypes['UsageEventConnection']>, ParentType, ContextType, RequireFields<QueryUsageEventsArgs, 'first'>>;
  webhookDeliveries?: Resolver<Maybe<ResolversTypes['WebhookDeliveryConnection']>, ParentType, ContextType, RequireFields<QueryWebhookDeliveriesArgs, 'first'>>;
};

export type QuotaResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Quota'] = ResolversParentTypes['Quota']> = {
  included?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['LimitKind'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['UsageMetric'], ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  remaining?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  renewsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type ReconciliationResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation']> = {
  customers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  differences?: Resolver<Array<ResolversTypes['ReconciliationDifference']>, ParentType, ContextType>;
  dryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  subscriptions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReconciliationConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ReconciliationConnection'] = ResolversParentTypes['ReconciliationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReconciliationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReconciliationDifferenceResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ReconciliationDifference'] = ResolversParentTypes['ReconciliationDifference']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ReconciliationOutcome'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tenantId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ReconciliationEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ReconciliationEdge'] = ResolversParentTypes['ReconciliationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reconciliation'], ParentType, ContextType>;
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

export type ReplayWebhookResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ReplayWebhookResult'] = ResolversParentTypes['ReplayWebhookResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'NotFound' | 'PaymentsNotConfigured' | 'ReplayWebhookSuccess', ParentType, ContextType>;
};

export type ReplayWebhookSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['ReplayWebhookSuccess'] = ResolversParentTypes['ReplayWebhookSuccess']> = {
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevenueMonthResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['RevenueMonth'] = ResolversParentTypes['RevenueMonth']> = {
  billed?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  churnedMrr?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  churnedTenants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  closingMrr?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  contractionMrr?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  expansionMrr?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  monthStartsOn?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  netRevenueRetentionRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  newMrr?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  newTenants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openingMrr?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  openingTenants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenueChurnRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  tenantChurnRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SetSpendCapResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['SetSpendCapResult'] = ResolversParentTypes['SetSpendCapResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'NotFound' | 'SetSpendCapSuccess', ParentType, ContextType>;
};

export type SetSpendCapSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['SetSpendCapSuccess'] = ResolversParentTypes['SetSpendCapSuccess']> = {
  cap?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  spent?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpendCapResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['SpendCap'] = ResolversParentTypes['SpendCap']> = {
  cap?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  remaining?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  renewsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  spent?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TenantResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant'], FederationReferenceType extends FederationReferenceTypes['Tenant'] = FederationReferenceTypes['Tenant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tenant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  spendCap?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type TenantRevenueResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['TenantRevenue'] = ResolversParentTypes['TenantRevenue']> = {
  billed?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'CreditTooLarge' | 'IdempotencyKeyReused' | 'InvalidInput' | 'InvoiceForNothing' | 'InvoiceNotPayable' | 'InvoicePeriodRunning' | 'InvoicePeriodTaken' | 'InvoiceStatusConflict' | 'NoPlanChangeWaits' | 'NotFound' | 'PaymentDeclined' | 'PaymentPending' | 'PaymentsNotConfigured' | 'PlanLimitsExceeded' | 'PlanNotOffered' | 'UsageEventConflict' | 'UsageRefused', ParentType, ContextType>;
};

export type VoidInvoiceResultResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['VoidInvoiceResult'] = ResolversParentTypes['VoidInvoiceResult']> = {
  __resolveType: TypeResolveFn<'IdempotencyKeyReused' | 'InvalidInput' | 'InvoiceStatusConflict' | 'NotFound' | 'VoidInvoiceSuccess', ParentType, ContextType>;
};

export type VoidInvoiceSuccessResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['VoidInvoiceSuccess'] = ResolversParentTypes['VoidInvoiceSuccess']> = {
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  object?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookDeliveryState'], ParentType, ContextType>;
  tenantId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = BillingContext, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type Resolvers<ContextType = BillingContext> = {
  BillingDashboard?: BillingDashboardResolvers<ContextType>;
  BillingPeriod?: BillingPeriodResolvers<ContextType>;
  CancelPlanChangeResult?: CancelPlanChangeResultResolvers<ContextType>;
  CancelPlanChangeSuccess?: CancelPlanChangeSuccessResolvers<ContextType>;
  ChangePlanResult?: ChangePlanResultResolvers<ContextType>;
  ChangePlanSuccess?: ChangePlanSuccessResolvers<ContextType>;
  CorrectUsageResult?: CorrectUsageResultResolvers<ContextType>;
  CorrectUsageSuccess?: CorrectUsageSuccessResolvers<ContextType>;
  CreateBillingPortalResult?: CreateBillingPortalResultResolvers<ContextType>;
  CreateBillingPortalSuccess?: CreateBillingPortalSuccessResolvers<ContextType>;
  CreateCheckoutResult?: CreateCheckoutResultResolvers<ContextType>;
  CreateCheckoutSuccess?: CreateCheckoutSuccessResolvers<ContextType>;
  CreateInvoiceResult?: CreateInvoiceResultResolvers<ContextType>;
  CreateInvoiceSuccess?: CreateInvoiceSuccessResolvers<ContextType>;
  CreditInvoiceResult?: CreditInvoiceResultResolvers<ContextType>;
  CreditInvoiceSuccess?: CreditInvoiceSuccessResolvers<ContextType>;
  CreditNote?: CreditNoteResolvers<ContextType>;
  CreditTooLarge?: CreditTooLargeResolvers<ContextType>;
  CurrencyRevenue?: CurrencyRevenueResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DayOrInstant?: GraphQLScalarType;
  ExceededLimit?: ExceededLimitResolvers<ContextType>;
  FinalizeInvoiceResult?: FinalizeInvoiceResultResolvers<ContextType>;
  FinalizeInvoiceSuccess?: FinalizeInvoiceSuccessResolvers<ContextType>;
  HeldPlan?: HeldPlanResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceConnection?: InvoiceConnectionResolvers<ContextType>;
  InvoiceEdge?: InvoiceEdgeResolvers<ContextType>;
  InvoiceForNothing?: InvoiceForNothingResolvers<ContextType>;
  InvoiceLine?: InvoiceLineResolvers<ContextType>;
  InvoiceNotPayable?: InvoiceNotPayableResolvers<ContextType>;
  InvoicePdf?: InvoicePdfResolvers<ContextType>;
  InvoicePeriodRunning?: InvoicePeriodRunningResolvers<ContextType>;
  InvoicePeriodTaken?: InvoicePeriodTakenResolvers<ContextType>;
  InvoiceStatusConflict?: InvoiceStatusConflictResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  MetricUsage?: MetricUsageResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  MoneyPerUnit?: MoneyPerUnitResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NoPlanChangeWaits?: NoPlanChangeWaitsResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PayInvoiceResult?: PayInvoiceResultResolvers<ContextType>;
  PayInvoiceSuccess?: PayInvoiceSuccessResolvers<ContextType>;
  PaymentDeclined?: PaymentDeclinedResolvers<ContextType>;
  PaymentPending?: PaymentPendingResolvers<ContextType>;
  PaymentsNotConfigured?: PaymentsNotConfiguredResolvers<ContextType>;
  Plan?: PlanResolvers<ContextType>;
  PlanCharge?: PlanChargeResolvers<ContextType>;
  PlanLimitsExceeded?: PlanLimitsExceededResolvers<ContextType>;
  PlanNotOffered?: PlanNotOfferedResolvers<ContextType>;
  PlatformRevenue?: PlatformRevenueResolvers<ContextType>;
  ProrationLine?: ProrationLineResolvers<ContextType>;
  ProrationPreview?: ProrationPreviewResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quota?: QuotaResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  ReconciliationConnection?: ReconciliationConnectionResolvers<ContextType>;
  ReconciliationDifference?: ReconciliationDifferenceResolvers<ContextType>;
  ReconciliationEdge?: ReconciliationEdgeResolvers<ContextType>;
  RecordUsageBatchResult?: RecordUsageBatchResultResolvers<ContextType>;
  RecordUsageBatchSuccess?: RecordUsageBatchSuccessResolvers<ContextType>;
  RecordUsageResult?: RecordUsageResultResolvers<ContextType>;
  RecordUsageSuccess?: RecordUsageSuccessResolvers<ContextType>;
  ReplayWebhookResult?: ReplayWebhookResultResolvers<ContextType>;
  ReplayWebhookSuccess?: ReplayWebhookSuccessResolvers<ContextType>;
  RevenueMonth?: RevenueMonthResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SetSpendCapResult?: SetSpendCapResultResolvers<ContextType>;
  SetSpendCapSuccess?: SetSpendCapSuccessResolvers<ContextType>;
  SpendCap?: SpendCapResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TenantRevenue?: TenantRevenueResolvers<ContextType>;
  UsageEvent?: UsageEventResolvers<ContextType>;
  UsageEventConflict?: UsageEventConflictResolvers<ContextType>;
  UsageEventConnection?: UsageEventConnectionResolvers<ContextType>;
  UsageEventEdge?: UsageEventEdgeResolvers<ContextType>;
  UsageRefused?: UsageRefusedResolvers<ContextType>;
  UsageRejection?: UsageRejectionResolvers<ContextType>;
  UsageTotal?: UsageTotalResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  VoidInvoiceResult?: VoidInvoiceResultResolvers<ContextType>;
  VoidInvoiceSuccess?: VoidInvoiceSuccessResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = BillingContext> = {
  argumentRequiresScopes?: ArgumentRequiresScopesDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requiresPlan?: RequiresPlanDirectiveResolver<any, any, ContextType>;
};
