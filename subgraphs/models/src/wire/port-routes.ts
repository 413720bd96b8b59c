/** The port as addresses of models' own server. */
import { tenantOf } from '@stormops/chassis/identity'
import { Fault } from '@stormops/chassis/fault'
import type { VerifyContext } from '@stormops/chassis/graphql/signed-seal'
import type { FetchContext } from '@stormops/chassis/graphql/subgraph'
import { BINARY_TYPE } from '@stormops/chassis/http/binary-message'
import { bare } from '@stormops/chassis/http/private-call'
import type { PrivateRoute } from '@stormops/chassis/http/private-call'
import type { ModelsPort } from '../port.ts'
import {
  ACTIVE_MODEL_PATH,
  readBatch,
  SCORE_PATH,
  writtenActiveModel,
  writtenResult,
} from './port-messages.ts'

/** A call has 50,000 rows at most, of a hundred features or so. */
const MOST_BYTES = 33_554_432

export const modelsPortRoutes = (port: ModelsPort, verify: VerifyContext): readonly PrivateRoute[] => {
  const route = (
    path: string,
    answer: (tenantId: string, body: Buffer) => Promise<Uint8Array>,
  ): PrivateRoute => ({
    path,
    mediaType: BINARY_TYPE,
    mostBytes: MOST_BYTES,
    verify,
    answer: async (body, context) =>
      bare(200, await answer(tenantIn(context), body), { 'content-type': BINARY_TYPE }),
  })
  return [
    route(ACTIVE_MODEL_PATH, async (tenantId) => writtenActiveModel(await port.activeUpliftModel(tenantId))),
    route(SCORE_PATH, async (tenantId, body) =>
      writtenResult(await port.scoreUplift({ ...readBatch(body), tenantId })),
    ),
  ]
}

const tenantIn = ({ actor }: FetchContext): string => {
  if (actor === null) throw new Fault('UNAUTHENTICATED', 'A port is asked on behalf of a company.')
  return tenantOf(actor)
}
