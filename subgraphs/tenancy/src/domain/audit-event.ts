/** One line of a company's audit: who did what to which thing, in which request. Lines are never changed. */

export type AuditEvent = {
  readonly id: string
  readonly at: Date
  readonly actorKind: 'USER' | 'API_KEY' | 'STAFF' | 'SYSTEM'
  readonly actorId: string
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly requestId: string
}
