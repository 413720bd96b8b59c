/** How much one file may ask of us. */

export type ImportLimits = {
  /** Bytes of the whole file. */
  readonly maxBytes?: number
  /** Bytes of one record, its quoted line breaks included. */
  readonly maxRecordBytes?: number
}

/** A million properties take 120–250 MB; four times that is no honest storm. */
export const MAX_FILE_BYTES = 1024 ** 3

/** A property takes some 200 bytes. Beyond 64 KB the usual cause is a quote that was never closed. */
export const MAX_RECORD_BYTES = 64 * 1024

/** Accepted and rejected rows together: one COPY's worth, small enough to hold several in memory. */
export const BATCH_ROWS = 1_000
