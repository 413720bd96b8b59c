/** What `jobs` asks of the graph, and what it is answered. */

export type ListedJob = {
  readonly id: string
  readonly tenantId?: string | null
  readonly name: string
  readonly state: string
  readonly isDead: boolean
  readonly attempts: number
  readonly error: string | null
  readonly createdAt: string
  readonly endedAt: string | null
}

export type ShownJob = ListedJob & {
  readonly payload: string
  readonly priority: number
  readonly startedAt: string | null
  readonly queuedForSeconds: number | null
  readonly durationSeconds: number | null
  readonly redrivenAt: string | null
  readonly cancelAskedAt: string | null
  readonly canRerun: boolean
  readonly canCancel: boolean
  readonly rerunOf: { readonly id: string } | null
  readonly reruns: readonly { readonly id: string; readonly state: string }[]
  readonly steps: readonly {
    readonly name: string
    readonly status: string
    readonly attempts: number
    readonly error: string | null
  }[]
  readonly events: readonly {
    readonly at: string
    readonly attempt: number
    readonly kind: string
    readonly message: string | null
  }[]
}

export type Page<Node> = {
  readonly edges: readonly { readonly node: Node }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export type Alert = {
  readonly id: string
  readonly key: string
  readonly severity: string
  readonly summary: string
  readonly detail: string
  readonly value: number | null
  readonly threshold: number
  readonly runbook: string
  readonly openedAt: string
  readonly closedAt: string | null
  readonly acknowledgedBy: string | null
}

/** When the platform last watched itself, and the time at which that was asked. */
export type Watched = { readonly at: string; readonly watchedAt: string | null }

const LISTED = `id name state isDead attempts error createdAt endedAt`
const PAGE_INFO = `pageInfo { hasNextPage endCursor }`

/** Only staff may ask whose a job is. */
const withTenant = (fields: string, isStaff: boolean): string => (isStaff ? `${fields} tenantId` : fields)

export const jobsDocument = (isStaff: boolean): string =>
  `query Jobs($filter: JobRunFilter, $first: Int, $after: String) {
    jobRuns(filter: $filter, first: $first, after: $after) {
      edges { node { ${withTenant(LISTED, isStaff)} } } ${PAGE_INFO}
    }
  }`

export const deadLettersDocument = (isStaff: boolean): string =>
  `query DeadLetters($filter: DeadLetterFilter, $first: Int, $after: String) {
    deadLetters(filter: $filter, first: $first, after: $after) {
      edges { node { ${withTenant(LISTED, isStaff)} } } ${PAGE_INFO}
    }
  }`

export const jobDocument = (isStaff: boolean): string =>
  `query Job($id: ID!) {
    jobRun(id: $id) {
      ${withTenant(LISTED, isStaff)} payload priority startedAt queuedForSeconds durationSeconds redrivenAt
      cancelAskedAt canRerun canCancel rerunOf { id } reruns { id state }
      steps { name status attempts error } events { at attempt kind message }
    }
  }`

export const RERUN = `mutation Rerun($input: RerunJobInput!) {
  rerunJob(input: $input) {
    __typename
    ... on RerunJobSuccess { job { id name state } }
    ... on UserError { message }
  }
}`

export const CANCEL = `mutation Cancel($input: CancelJobInput!) {
  cancelJob(input: $input) {
    __typename
    ... on CancelJobSuccess { job { id name state } }
    ... on UserError { message }
  }
}`

export const REDRIVE = `mutation Redrive($input: RedriveDeadLettersInput!) {
  redriveDeadLetters(input: $input) {
    __typename
    ... on RedriveDeadLettersSuccess { jobs { id name state rerunOf { id } } }
    ... on UserError { message }
  }
}`

export const ALERTS = `query Alerts($filter: PlatformAlertFilter, $first: Int) {
  platformAlerts(filter: $filter, first: $first) {
    edges {
      node { id key severity summary detail value threshold runbook openedAt closedAt acknowledgedBy }
    }
    ${PAGE_INFO}
  }
  platformStats { at watchedAt }
}`

export const ACKNOWLEDGE = `mutation Acknowledge($input: AcknowledgePlatformAlertInput!) {
  acknowledgePlatformAlert(input: $input) {
    __typename
    ... on AcknowledgePlatformAlertSuccess { alert { id key acknowledgedBy } }
    ... on UserError { message }
  }
}`

export type Stats = Watched & {
  readonly queueDepth: number
  readonly oldestSeconds: number | null
  readonly busy: number
  readonly capacity: number
  readonly deadLetters: number
  readonly unreachableCells: readonly string[]
  readonly webhookFailureRate: number | null
  readonly lastHour: {
    readonly succeeded: number
    readonly failed: number
    readonly gaveUp: number
    readonly lost: number
    readonly failureRate: number | null
  }
  readonly workers: readonly {
    readonly host: string
    readonly processNumber: number
    readonly isLive: boolean
    readonly busy: number
    readonly capacity: number
    readonly seenAt: string
  }[]
  readonly queues: readonly { readonly name: string; readonly ready: number; readonly active: number }[]
  readonly scaling: { readonly advice: string; readonly reason: string }
  readonly openAlerts: readonly { readonly key: string; readonly severity: string; readonly detail: string }[]
}

export const STATS = `query Stats {
  platformStats {
    at queueDepth oldestSeconds busy capacity busyShare deadLetters unreachableCells webhookFailureRate watchedAt
    lastHour { succeeded failed gaveUp lost cancelled failureRate }
    workers { id host processNumber isLive busy capacity jobsDone jobsFailed seenAt startedAt lastJobAt }
    queues { name ready delayed active oldestSeconds }
    scaling { advice reason }
    openAlerts { id key severity detail runbook openedAt acknowledgedBy }
  }
}`
