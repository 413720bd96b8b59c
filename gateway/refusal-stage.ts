/** At which stage an operation was refused, as its code tells: a stage has codes of its own. */
import { isFaultCode } from '@stormops/chassis/fault'

export type RefusalStage =
  | 'http'
  | 'overload'
  | 'claims'
  | 'persisted'
  | 'parse'
  | 'document'
  | 'validation'
  | 'operation'
  | 'variables'
  | 'permissions'
  | 'cost'
  | 'rate'
  | 'tenant'
  | 'quota'
  | 'other'

const STAGES: Readonly<Record<string, RefusalStage>> = {
  PERSISTED_DOCUMENT_ID_REQUIRED: 'persisted',
  PERSISTED_QUERY_NOT_FOUND: 'persisted',
  GRAPHQL_PARSE_FAILED: 'parse',
  GRAPHQL_VALIDATION_FAILED: 'validation',
  OPERATION_RESOLUTION_FAILURE: 'operation',
  BAD_INPUT: 'operation',
  BAD_USER_INPUT: 'variables',
  UNAUTHENTICATED: 'permissions',
  FORBIDDEN: 'permissions',
  PLAN_REQUIRED: 'permissions',
  RATE_LIMITED: 'rate',
  TENANT_SUSPENDED: 'tenant',
  QUOTA_EXHAUSTED: 'quota',
}

/** Of an operation that the gateway refused. */
export const stageOf = (extensions: Readonly<Record<string, unknown>>): RefusalStage => {
  const code = String(extensions['code'])
  if (code === 'QUERY_TOO_COMPLEX') return 'requestedQueryCost' in extensions ? 'cost' : 'document'
  if (code === 'BAD_INPUT' && 'variable' in extensions) return 'variables'
  return STAGES[code] ?? 'other'
}

/** Of a request that was refused before the gateway saw an operation. */
export const httpStageOf = (code: string): RefusalStage => {
  switch (code) {
    case 'UNAUTHENTICATED':
      return 'claims'
    case 'RATE_LIMITED':
      return 'rate'
    case 'UNAVAILABLE':
      return 'overload'
    default:
      return 'http'
  }
}

/** Codes as labels of a metric: whatever somebody's plugin made up counts as one. */
export const codeLabel = (code: unknown): string =>
  typeof code === 'string' && (isFaultCode(code) || code in STAGES) ? code : 'OTHER'
