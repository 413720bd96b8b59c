/** One file of properties: which lines became roofs, and why the others did not. */

export type ImportStatus = 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'REFUSED'

export type PropertyImport = {
  readonly id: string
  readonly stormId: string
  readonly status: ImportStatus
  readonly rowsAccepted: number
  readonly rowsRejected: number
  /** Refused lines that named a property the storm or the file has already. */
  readonly duplicates: number
  readonly fault: string | null
  readonly createdAt: Date
  readonly endedAt: Date | null
}
