/** Publishing operations of files, in as many requests as they take. */
import { GraphFault, succeeded } from './client.ts'
import type { GraphClient } from './client.ts'
import { batchesOf } from './operation-files.ts'
import type { OperationFile } from './operation-files.ts'
import type { PublishedOperation } from './published-operations.ts'

const PUBLISH = `mutation PublishOperations($input: PublishOperationsInput!) {
  publishOperations(input: $input) {
    __typename
    ... on PublishOperationsSuccess { published unchanged operations { id documentId name } }
    ... on OperationsRefused { rejections { index reason } }
    ... on UserError { message }
  }
}`

type Named = Pick<PublishedOperation, 'id' | 'documentId' | 'name'>

export type Published = {
  readonly published: number
  readonly unchanged: number
  readonly operations: readonly Named[]
}

type PublishResult = Published & {
  readonly __typename: string
  readonly message?: string
  readonly rejections?: readonly { readonly index: number; readonly reason: string }[]
}

/** Stops at the first request that is refused, with everything that is wrong with it. */
export const publishAll = async (
  client: GraphClient,
  given: readonly OperationFile[],
  apiKeyId: string | null,
): Promise<Published> => {
  let done: Published = { published: 0, unchanged: 0, operations: [] }
  for (const batch of batchesOf(given)) {
    const operations = batch.map(({ id, document }) => ({ id, document }))
    const answer = await client.ask<{ publishOperations: PublishResult }>(PUBLISH, {
      input: { operations, apiKeyId },
    })
    const result = accepted(answer.publishOperations, batch, done)
    done = {
      published: done.published + result.published,
      unchanged: done.unchanged + result.unchanged,
      operations: [...done.operations, ...result.operations],
    }
  }
  return done
}

const accepted = (result: PublishResult, batch: readonly OperationFile[], done: Published): PublishResult => {
  if (result.rejections === undefined) return succeeded(result)
  const lines = result.rejections.map(({ index, reason }) => `  ${placeOf(batch[index])}: ${reason}`)
  const before = done.operations.length
  const already = before === 0 ? [] : [`  ${before} operations before these are published.`]
  throw new GraphFault([result.message ?? '', ...lines, ...already].join('\n'))
}

const NAME = /\b(?:query|mutation)\s+(\w+)/

const placeOf = (operation: OperationFile | undefined): string =>
  operation === undefined
    ? 'an operation'
    : `${operation.file} (${NAME.exec(operation.document)?.[1] ?? operation.id})`
