import { unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { completePilot } from '../commands/complete-pilot.ts'
import { importExperiment } from '../commands/import-experiment.ts'
import type { ImportExperiment } from '../commands/import-experiment.ts'
import { startPilot } from '../commands/start-pilot.ts'
import { pilotIds, stormIds, uploadIds } from '../context.ts'
import type {
  ExperimentColumnsInput,
  ExperimentRowInput,
  ImportExperimentInput,
  MutationResolvers,
} from '../generated/resolvers.ts'
import { pilotPast } from './lookups.ts'
import { notScored, policyFrozen, wrongStatus } from './refusals.ts'

type PilotMutations = Pick<EveryField<MutationResolvers>, 'startPilot' | 'completePilot' | 'importExperiment'>

export const pilotMutations: PilotMutations = {
  startPilot: async (_root, { input, idempotencyKey }, context) => {
    const stormId = stormIds.decode(input.stormId)
    if (stormId === null) return notFound('storm', input.stormId)
    const command = {
      stormId,
      policyMode: input.policyMode,
      cost: input.cost ?? null,
      crewHours: input.crewHours ?? null,
    }
    const result = await context.run(startPilot, command, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'StartPilotSuccess',
          pilot: await pilotPast(context, result.pilotId, 'STARTING'),
        }
      case 'running':
        return {
          __typename: 'PilotRunning',
          message: 'This storm has a pilot already; a storm is measured once.',
          pilot: await pilotPast(context, result.pilotId, 'STARTING'),
        }
      case 'not-found':
        return notFound('storm', input.stormId)
      case 'wrong-status':
        return wrongStatus('No pilot can start any more', result)
      case 'not-scored':
        return notScored()
      case 'frozen':
        return policyFrozen(result)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  completePilot: async (_root, { input, idempotencyKey }, context) => {
    const pilotId = pilotIds.decode(input.pilotId)
    if (pilotId === null) return notFound('pilot', input.pilotId)
    const result = await context.run(completePilot, { pilotId }, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'CompletePilotSuccess', pilot: await pilotPast(context, pilotId, 'MEASURING') }
      case 'too-early':
        return {
          __typename: 'PilotTooEarly',
          message: result.starting
            ? 'The pilot is still applying its policy.'
            : `The window is still open, and ${result.treatMissing} treated and ${result.controlMissing} control outcomes are missing.`,
          treatOutcomesMissing: result.treatMissing,
          controlOutcomesMissing: result.controlMissing,
        }
      case 'not-found':
        return notFound('pilot', input.pilotId)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  importExperiment: async (_root, { input, idempotencyKey }, context) => {
    const source = sourceOf(input)
    if (typeof source === 'string') return invalidInput({ field: 'rows', message: source })
    const result = await context.run(
      importExperiment(context.ports.files),
      {
        name: input.name,
        source,
        expectedTreatShare: input.expectedTreatShare ?? null,
        currency: input.currency ?? null,
        cost: input.cost ?? null,
        crewHours: input.crewHours ?? null,
      },
      idempotencyKey,
    )
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'ImportExperimentSuccess',
          pilot: await pilotPast(context, result.pilotId, 'MEASURING'),
          rowsAccepted: result.rowsAccepted,
        }
      case 'rows-refused':
        return {
          __typename: 'RowsRefused',
          message: `${result.refused} rows cannot be used, so nothing was imported. The first: ${result.rejections[0]?.reason ?? ''}`,
          rejections: [...result.rejections],
        }
      case 'file-refused':
        return { __typename: 'FileRefused', message: result.message, code: result.code }
      case 'not-found':
        return notFound('upload', input.uploadId ?? '')
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

/** The nil UUID stands for an upload id that is none of ours. */
const UNKNOWN_UPLOAD = '00000000-0000-0000-0000-000000000000'

/** Where the rows come from, or what is wrong with how they are given. */
const sourceOf = ({
  rows,
  uploadId,
  columns,
}: ImportExperimentInput): ImportExperiment['source'] | string => {
  const hasRows = rows !== null && rows !== undefined
  const hasUpload = uploadId !== null && uploadId !== undefined
  if (hasRows === hasUpload) return 'Give either rows or uploadId.'
  if (hasRows) return { kind: 'rows', rows: rows.map(experimentRow) }
  if (columns === null || columns === undefined)
    return 'An upload needs columns that say what its columns mean.'
  return {
    kind: 'upload',
    uploadId: uploadIds.decode(uploadId ?? '') ?? UNKNOWN_UPLOAD,
    columns: experimentColumns(columns),
  }
}

const experimentRow = (row: ExperimentRowInput) => ({
  externalId: row.id,
  arm: row.arm,
  converted: row.converted,
  valueMinorUnits: row.valueMinorUnits ?? null,
  score: row.score ?? null,
  segments: Object.fromEntries((row.segments ?? []).map(({ dimension, key }) => [dimension, key])),
})

const experimentColumns = ({ value, score, segments, ...required }: ExperimentColumnsInput) => ({
  ...required,
  ...(value === null || value === undefined ? {} : { value }),
  ...(score === null || score === undefined ? {} : { score }),
  segments: segments ?? [],
})
