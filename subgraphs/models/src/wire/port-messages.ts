/** What crosses between the processes of whoever wants scores and of models: heads in JSON, numbers as they are. */
import { Fault } from '@stormops/chassis/fault'
import { readMessage, writtenMessage } from '@stormops/chassis/http/binary-message'
import { z } from 'zod'
import type { ActiveModel, ScoringBatch, ScoringResult } from '../port.ts'

export const ACTIVE_MODEL_PATH = '/port/models.activeUpliftModel'
export const SCORE_PATH = '/port/models.scoreUplift'

const activeModel = z.object({
  versionId: z.string(),
  version: z.string(),
  features: z.array(z.string()),
  reference: z.object({ cutPoints: z.array(z.number()), n: z.number() }).nullable(),
}) satisfies z.ZodType<ActiveModel>

const activeAnswer = z.object({ model: activeModel.nullable() })

export const writtenActiveModel = (model: ActiveModel | null): Uint8Array => writtenMessage({ model })

export const readActiveModel = (bytes: Uint8Array): ActiveModel | null =>
  activeAnswer.parse(readMessage(bytes).head).model

/** The company is not in the batch: it is who asks, and that is signed. */
export type SentBatch = Omit<ScoringBatch, 'tenantId'>

const batchHead = z.object({
  versionId: z.string(),
  names: z.array(z.string()).max(1_000),
  rowCount: z.number().int().nonnegative(),
})

export const writtenBatch = ({ versionId, names, columns, rowCount }: SentBatch): Uint8Array =>
  writtenMessage(
    { versionId, names, rowCount },
    columns.map((column) => column.subarray(0, rowCount)),
  )

/** Throws `Fault` BAD_INPUT for bytes that are no batch. */
export const readBatch = (bytes: Uint8Array): SentBatch => {
  const { head, tail } = readMessage(bytes)
  const read = batchHead.safeParse(head)
  if (!read.success) throw new Fault('BAD_INPUT', 'This is no batch to score.', { cause: read.error })
  const { names, rowCount } = read.data
  if (tail.byteLength !== names.length * rowCount * Float32Array.BYTES_PER_ELEMENT) {
    throw new Fault('BAD_INPUT', 'The batch does not have as many values as it says.')
  }
  const values = new Float32Array(tail.buffer, tail.byteOffset, names.length * rowCount)
  const columns = names.map((_name, index) => values.subarray(index * rowCount, (index + 1) * rowCount))
  return { ...read.data, columns }
}

const resultHead = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scored') }),
  z.object({ kind: z.literal('missing-features'), names: z.array(z.string()) }),
  z.object({ kind: z.literal('unknown-version') }),
])

export const writtenResult = (result: ScoringResult): Uint8Array =>
  result.kind === 'scored'
    ? writtenMessage({ kind: 'scored' }, [Float64Array.from(result.scores)])
    : writtenMessage(result)

/** Throws for anything but a result of so many rows. */
export const readResult = (bytes: Uint8Array, rowCount: number): ScoringResult => {
  const { head, tail } = readMessage(bytes)
  const result = resultHead.parse(head)
  if (result.kind !== 'scored') return result
  if (tail.byteLength !== rowCount * Float64Array.BYTES_PER_ELEMENT) {
    throw new Fault('INTERNAL', 'There are not as many scores as rows.')
  }
  return { kind: 'scored', scores: new Float64Array(tail.buffer, tail.byteOffset, rowCount) }
}
