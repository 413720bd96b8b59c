import { defineCommand } from '@stormops/chassis/command'
import { KEY_SCOPES } from '@stormops/chassis/permission'
import { sha256Hex } from '@stormops/chassis/values/canonical'
import {
  givenFault,
  MOST_LIVE_OPERATIONS,
  MOST_OPERATIONS_OF_A_REQUEST,
} from '../domain/persisted-operation.ts'
import type { GivenOperation } from '../domain/persisted-operation.ts'
import type { TenancyStores } from '../context.ts'
import type { TenancyPorts } from '../ports.ts'

export type PublishOperations = {
  readonly operations: readonly GivenOperation[]
  /** The only key that may ask for them, or null for every key. */
  readonly apiKeyId: string | null
}

export type PlacedFault = { readonly index: number; readonly reason: string }

export type PublishOperationsResult =
  | {
      readonly kind: 'ok'
      readonly published: number
      readonly unchanged: number
      /** In the order of the request. */
      readonly operationIds: readonly string[]
    }
  | { readonly kind: 'no-key' }
  | { readonly kind: 'refused'; readonly rejections: readonly PlacedFault[] }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

type Sound = { readonly documentId: string; readonly name: string; readonly document: string }

/** All or none: a partner's release that is half published answers half of its requests. */
export const publishOperations = (checkOperation: TenancyPorts['checkOperation']) =>
  defineCommand<PublishOperations, PublishOperationsResult, TenancyStores>({
    name: 'tenancy.publishOperations',
    permission: 'tenant:manage',
    audit: ({ apiKeyId }, { published, unchanged, operationIds }) => ({
      subjectKind: 'persisted-operation',
      subjectId: operationIds[0] ?? '',
      detail: { published, unchanged, apiKeyId, operationIds },
    }),
    run: async (
      { stores: { persistedOperations: store, apiKeys }, actor, clock, newId },
      { operations, apiKeyId },
    ) => {
      if (operations.length === 0 || operations.length > MOST_OPERATIONS_OF_A_REQUEST) {
        const message = `Give 1 to ${MOST_OPERATIONS_OF_A_REQUEST} operations; these are ${operations.length}.`
        return { kind: 'invalid', field: 'operations', message }
      }
      const key = apiKeyId === null ? null : await apiKeys.maybeById(apiKeyId)
      if (apiKeyId !== null && key === null) return { kind: 'no-key' }
      const checked = await checkAll(operations, key?.scopes ?? KEY_SCOPES, checkOperation)
      if (checked.rejections.length > 0) return { kind: 'refused', rejections: checked.rejections }
      const documentIds = checked.sound.map(({ documentId }) => documentId)
      const live = await store.lockAndCountLive()
      const before = await store.manyByDocument(documentIds, apiKeyId)
      const unchanged = before.filter(({ retiredAt }) => retiredAt === null).length
      const published = checked.sound.length - unchanged
      if (published > 0 && live + published > MOST_LIVE_OPERATIONS) {
        return { kind: 'invalid', field: 'operations', message: tooMany(live) }
      }
      const common = { apiKeyId, publishedAt: clock.now(), publishedBy: actor.id, retiredAt: null }
      await store.publish(checked.sound.map((one) => ({ ...one, ...common, id: newId() })))
      const kept = new Map(
        (await store.manyByDocument(documentIds, apiKeyId)).map(({ documentId, id }) => [documentId, id]),
      )
      const operationIds = documentIds.flatMap((documentId) => kept.get(documentId) ?? [])
      return { kind: 'ok', published, unchanged, operationIds }
    },
  })

const tooMany = (live: number): string =>
  `Your company has ${live.toLocaleString('en')} published operations, and ${MOST_LIVE_OPERATIONS.toLocaleString('en')} are the most. Retire those that nobody asks for.`

type Checked = { readonly sound: readonly Sound[]; readonly rejections: readonly PlacedFault[] }

/** For one key against what it may do, which never grows; for all against the most that any of them can be given. */
const checkAll = async (
  operations: readonly GivenOperation[],
  scopes: readonly string[],
  checkOperation: TenancyPorts['checkOperation'],
): Promise<Checked> => {
  const sound: Sound[] = []
  const rejections: PlacedFault[] = []
  const seen = new Set<string>()
  for (const [index, given] of operations.entries()) {
    const fault = givenFault(given)
    if (fault !== null) {
      rejections.push({ index, reason: fault })
      continue
    }
    const documentId = sha256Hex(given.document)
    if (seen.has(documentId)) rejections.push({ index, reason: 'The request holds this document twice.' })
    seen.add(documentId)
    const checked = await checkOperation(given.document, scopes)
    if (checked.kind === 'sound') sound.push({ documentId, name: checked.name, document: given.document })
    else rejections.push(...checked.faults.map((reason) => ({ index, reason })))
  }
  return { sound, rejections }
}
