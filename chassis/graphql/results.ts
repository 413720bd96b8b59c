/** Members that many result unions share. */
import type { IdempotencyKeyReused } from '../command.ts'

export const keyReused = ({ message }: IdempotencyKeyReused) => ({
  __typename: 'IdempotencyKeyReused' as const,
  message,
})

export const notFound = (noun: string, id: string) => ({
  __typename: 'NotFound' as const,
  message: `There is no ${noun} with the id ${id}.`,
  id,
})

export const invalidInput = ({ field, message }: { readonly field: string; readonly message: string }) => ({
  __typename: 'InvalidInput' as const,
  message,
  field,
})
