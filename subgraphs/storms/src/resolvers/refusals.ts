/** Expected failures that several of storms' mutations share. */
import type { PolicyMode } from '../domain/pilot-measurements.ts'
import type { StormStatus } from '../domain/storm.ts'
import type { PlacedRejection } from '../commands/record-outcomes.ts'

const STATUS_WORDS: Readonly<Record<StormStatus, string>> = {
  PLANNING: 'still in planning',
  ACTIVE: 'being worked',
  COMPLETED: 'completed',
  ARCHIVED: 'archived',
}

export const wrongStatus = (what: string, { status }: { readonly status: StormStatus }) => ({
  __typename: 'WrongStormStatus' as const,
  message: `${what}: the storm is ${STATUS_WORDS[status]}.`,
  status,
})

export const policyFrozen = ({ mode }: { readonly mode: PolicyMode }) => ({
  __typename: 'PolicyFrozen' as const,
  message: `A pilot runs on it or its first outcome has come in, so the ${mode.toLowerCase()} policy stays as it is.`,
  mode,
})

export const notScored = () => ({
  __typename: 'NotScored' as const,
  message: 'The storm has no scores yet. Score it first.',
})

export const outcomesRefused = (
  what: string,
  { refused, rejections }: { readonly refused: number; readonly rejections: readonly PlacedRejection[] },
) => ({
  __typename: 'OutcomesRefused' as const,
  message: `${refused} of the ${what} cannot be recorded, so none was. The first: ${rejections[0]?.reason ?? ''}`,
  rejections: [...rejections],
})
