/** The port for whoever runs in another process: the same two questions, asked over HTTP with a signed context. */
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import { portAudience } from '@stormops/chassis/graphql/signed-seal'
import type { SignContext } from '@stormops/chassis/graphql/signed-seal'
import { BINARY_TYPE, writtenMessage } from '@stormops/chassis/http/binary-message'
import type { PrivateClient } from '@stormops/chassis/http/private-client'
import { systemActor } from '@stormops/chassis/identity'
import type { NewId } from '@stormops/chassis/values/ids'
import type { ModelsPort, ScoringBatch, ScoringResult } from '../port.ts'
import { ACTIVE_MODEL_PATH, readActiveModel, readResult, SCORE_PATH, writtenBatch } from './port-messages.ts'

export type RemoteModelsPortOptions = {
  readonly client: PrivateClient
  readonly sign: SignContext
  /** The name of the subgraph that asks. */
  readonly asker: string
  readonly clock: Clock
  readonly newId: NewId
}

/** Of one call: about 5 MB of features, scored in a tenth of a second. */
const ROWS_PER_CALL = 50_000
/** Milliseconds for one call. */
const CALL_MS = 30_000
const MOST_BYTES = 4_194_304

const AWAY = 'The models cannot be reached at the moment. Try again in a minute.'
const STATUS_OK = 200

export const remoteModelsPort = (options: RemoteModelsPortOptions): ModelsPort => {
  const { client, sign, asker, clock, newId } = options

  const called = async (path: string, tenantId: string, body: Uint8Array): Promise<Uint8Array> => {
    const context = {
      actor: systemActor(tenantId, asker),
      requestId: newId(),
      deadline: clock.now().getTime() + CALL_MS,
      refreshToken: null,
      rateLimit: null,
      tier: null,
      userAgent: null,
    }
    const answer = await client.post({
      path,
      mediaType: BINARY_TYPE,
      body,
      token: () => sign(portAudience('models'), context, body),
      milliseconds: CALL_MS,
      // Both questions change nothing.
      isRepeatable: true,
      mostBytes: MOST_BYTES,
    })
    if (answer.status === STATUS_OK && answer.mediaType === BINARY_TYPE) return answer.body
    const cause = new Error(`The models answered ${answer.status} ${answer.mediaType} for ${path}.`)
    throw new Fault('UNAVAILABLE', AWAY, { cause })
  }

  const scored = async (batch: ScoringBatch): Promise<ScoringResult> =>
    readResult(await called(SCORE_PATH, batch.tenantId, writtenBatch(batch)), batch.rowCount)

  return {
    activeUpliftModel: async (tenantId) =>
      readActiveModel(await called(ACTIVE_MODEL_PATH, tenantId, writtenMessage({}))),
    scoreUplift: async (batch) => {
      if (batch.rowCount <= ROWS_PER_CALL) return scored(batch)
      const scores = new Float64Array(batch.rowCount)
      for (let start = 0; start < batch.rowCount; start += ROWS_PER_CALL) {
        const rowCount = Math.min(ROWS_PER_CALL, batch.rowCount - start)
        const columns = batch.columns.map((column) => column.subarray(start, start + rowCount))
        const result = await scored({ ...batch, columns, rowCount })
        if (result.kind !== 'scored') return result
        scores.set(result.scores, start)
      }
      return { kind: 'scored', scores }
    },
  }
}
