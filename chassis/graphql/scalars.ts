/** What each scalar of the graph takes and gives; the gateway checks input by the same rules as the subgraphs. */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { DateTimeResolver, LocalDateResolver, SafeIntResolver } from 'graphql-scalars'

const MOST = BigInt(Number.MAX_SAFE_INTEGER)

/** Amounts and counts are bigint inside, and numbers outside as long as those are exact. */
const SafeInt = new GraphQLScalarType({
  ...SafeIntResolver.toConfig(),
  serialize: (value) => {
    if (typeof value !== 'bigint') return SafeIntResolver.serialize(value)
    if (value > MOST || value < -MOST) {
      throw new GraphQLError(`${value} is beyond ${MOST}, up to which numbers are exact.`)
    }
    return Number(value)
  },
})

const DAY = /^\d{4}-\d{2}-\d{2}$/

const dayOrInstant = (value: unknown): string => {
  if (typeof value !== 'string') throw new GraphQLError('A day or an instant is a text.')
  // Each of these throws for what it does not take.
  if (DAY.test(value)) LocalDateResolver.parseValue(value)
  else DateTimeResolver.parseValue(value)
  return value
}

const DayOrInstant = new GraphQLScalarType({
  name: 'DayOrInstant',
  serialize: dayOrInstant,
  parseValue: dayOrInstant,
  parseLiteral: (node) => dayOrInstant(node.kind === Kind.STRING ? node.value : null),
})

export const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  DateTime: DateTimeResolver,
  LocalDate: LocalDateResolver,
  DayOrInstant,
  SafeInt,
}
