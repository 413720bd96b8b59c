import { unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { tenantOf } from '@stormops/chassis/identity'
import { createUpload, uploadPath } from '../commands/create-upload.ts'
import { importProperties } from '../commands/import-properties.ts'
import type { ImportProperties } from '../commands/import-properties.ts'
import { ingestJourneyEvents } from '../commands/ingest-journey-events.ts'
import { recordOutcomes } from '../commands/record-outcomes.ts'
import { propertyIds, stormIds, uploadIds } from '../context.ts'
import { ZERO_CHARACTER } from '../domain/storm.ts'
import type { ImportPropertiesInput, MutationResolvers, OutcomeInput } from '../generated/resolvers.ts'
import { changedStorm, endedImport } from './lookups.ts'
import { outcomesRefused, wrongStatus } from './refusals.ts'

type ImportMutations = Pick<
  EveryField<MutationResolvers>,
  'createUpload' | 'importProperties' | 'recordOutcomes' | 'ingestJourneyEvents'
>

export const importMutations: ImportMutations = {
  createUpload: async (_root, { idempotencyKey }, context) => {
    const result = await context.run(createUpload, {}, idempotencyKey)
    if (result.kind === 'idempotency-key-reused') return keyReused(result)
    const expiresAt = new Date(result.expiresAt)
    const link = {
      tenantId: tenantOf(context.actor()),
      path: uploadPath(result.uploadId),
      purpose: 'upload' as const,
    }
    const url = await context.ports.linkTo(link, expiresAt)
    return {
      __typename: 'CreateUploadSuccess',
      upload: { id: uploadIds.encode(result.uploadId), url, expiresAt },
    }
  },
  importProperties: async (_root, { input, idempotencyKey }, context) => {
    const stormId = stormIds.decode(input.stormId)
    if (stormId === null) return notFound('storm', input.stormId)
    const source = sourceOf(input)
    if (source === 'both-or-neither') {
      return invalidInput({ field: 'csv', message: 'Give either csv or uploadId.' })
    }
    if (source === 'unknown-upload') return notFound('upload', input.uploadId ?? '')
    const result = await context.run(
      importProperties(context.ports.files),
      { stormId, source },
      idempotencyKey,
    )
    switch (result.kind) {
      case 'ok':
        return { __typename: 'ImportPropertiesSuccess', import: await endedImport(context, result.importId) }
      case 'not-found':
        return notFound(result.what, result.what === 'storm' ? input.stormId : (input.uploadId ?? ''))
      case 'wrong-status':
        return wrongStatus('It takes no properties any more', result)
      case 'file-refused':
        return { __typename: 'FileRefused', message: result.message, code: result.code }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  recordOutcomes: async (_root, { input, idempotencyKey }, context) => {
    const stormId = stormIds.decode(input.stormId)
    if (stormId === null) return notFound('storm', input.stormId)
    const result = await context.run(
      recordOutcomes,
      { stormId, outcomes: input.outcomes.map(givenOutcome) },
      idempotencyKey,
    )
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'RecordOutcomesSuccess',
          recorded: result.recorded,
          storm: await changedStorm(context, stormId),
        }
      case 'refused':
        return outcomesRefused('outcomes', result)
      case 'not-found':
        return notFound('storm', input.stormId)
      case 'wrong-status':
        return wrongStatus('It takes no outcomes any more', result)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  ingestJourneyEvents: async (_root, { input, idempotencyKey }, context) => {
    const events = input.events.map((event) => ({
      ...event,
      stormId: stormIds.decode(event.stormId),
      externalId: externalIdOf(event.externalId),
    }))
    const result = await context.run(ingestJourneyEvents, { events }, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'IngestJourneyEventsSuccess',
          received: result.received,
          repeated: result.repeated,
        }
      case 'refused':
        return outcomesRefused('events', result)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

const given = <Value>(value: Value | null | undefined): value is Value =>
  value !== null && value !== undefined

const sourceOf = ({
  csv,
  uploadId,
}: ImportPropertiesInput): ImportProperties['source'] | 'both-or-neither' | 'unknown-upload' => {
  if (given(csv) === given(uploadId)) return 'both-or-neither'
  if (given(csv)) return { kind: 'text', csv }
  const id = uploadIds.decode(uploadId ?? '')
  return id === null ? 'unknown-upload' : { kind: 'upload', uploadId: id }
}

/** An id that is none of ours cannot be in the storm; a nil UUID says so to the look-up. */
const UNKNOWN_PROPERTY = '00000000-0000-0000-0000-000000000000'

/** A text that no column takes cannot be the id of a property; ids with this character are refused on the way in. */
const UNKNOWN_EXTERNAL_ID = '\u0001'

const externalIdOf = (id: string): string => (id.includes(ZERO_CHARACTER) ? UNKNOWN_EXTERNAL_ID : id)

const givenOutcome = (outcome: OutcomeInput) => ({
  propertyId: given(outcome.propertyId) ? (propertyIds.decode(outcome.propertyId) ?? UNKNOWN_PROPERTY) : null,
  externalId: given(outcome.externalId) ? externalIdOf(outcome.externalId) : null,
  converted: outcome.converted,
  value: outcome.value?.minorUnits ?? null,
  currency: outcome.value?.currency ?? null,
  at: outcome.at,
})
