/** One file of properties: which lines became roofs, and why the others did not. */

export type ImportStatus = 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'REFUSED'

export type PropertyImport = {
  readonly id: string
  readonly stormId: string
  readonly status: ImportStatus
  readonly rowsAccepted: number
  readonly rowsRejected: number
  /** Refused lines that named a property which an earlier line of the file names. */
  readonly duplicates: number
  /** Refused lines whose property the storm had before: a file sent again, corrected, is no worse for them. */
  readonly alreadyThere: number
  readonly fault: string | null
  readonly createdAt: Date
  readonly endedAt: Date | null
}
