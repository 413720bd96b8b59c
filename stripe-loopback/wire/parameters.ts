/** Checks what was sent against what Stripe's SDK says an operation takes, and gives text its type. */
import type { Fields, Shape } from '../sdk/declarations.ts'
import type { Sent, SentFields } from './form.ts'
import { invalid } from './refusal.ts'

export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value }
export type Values = { readonly [name: string]: Value }

/** Every parameter known, every one that must be there is there, and each of its type. */
export const readParameters = (fields: Fields, sent: SentFields): Values => readFields(fields, sent, '')

const readFields = (fields: Fields, sent: SentFields, within: string): Values => {
  for (const name of Object.keys(sent)) {
    if (!Object.hasOwn(fields, name) && !Object.hasOwn(fields, `${name}?`)) {
      const param = paramOf(within, name)
      throw invalid(`Received unknown parameter: ${param}`, param, 'parameter_unknown')
    }
  }
  const values: [string, Value][] = []
  for (const [declared, shape] of Object.entries(fields)) {
    const isOptional = declared.endsWith('?')
    const name = isOptional ? declared.slice(0, -1) : declared
    const given = sent[name]
    const param = paramOf(within, name)
    if (given !== undefined) values.push([name, readValue(shape, given, param)])
    else if (!isOptional) throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
  }
  return Object.fromEntries(values)
}

const paramOf = (within: string, name: string): string => (within === '' ? name : `${within}[${name}]`)

const readValue = (shape: Shape, given: Sent, param: string): Value => {
  if (typeof shape === 'string') return readScalar(shape, textOf(given, param, shape), param)
  if ('oneOf' in shape) return readChoice(shape.oneOf, textOf(given, param, 'string'), param)
  if ('emptyable' in shape) return given === '' ? '' : readValue(shape.emptyable, given, param)
  if ('either' in shape) return readEither(shape.either, given, param)
  // An empty list or object is sent as empty text, there being no other way to say it.
  if ('list' in shape) return given === '' ? [] : readList(shape.list, given, param)
  if ('map' in shape) return given === '' ? '' : readMap(shape.map, objectOf(given, param), param)
  return readFields(shape.fields, objectOf(given, param), param)
}

const textOf = (given: Sent, param: string, type: string): string => {
  if (typeof given === 'string') return given
  throw invalid(`Invalid ${type}: ${param} is an object or a list.`, param)
}

const objectOf = (given: Sent, param: string): SentFields => {
  if (typeof given !== 'string') return given
  throw invalid('Invalid object', param, 'parameter_invalid_empty')
}

/** The longest text Stripe takes for most of its parameters. */
const LONGEST = 5_000

/** Those that are not whole; every other number of Stripe's is an integer. */
const MAY_BE_BROKEN = /percent|height|length|weight|width|percentage/

const readScalar = (shape: string, text: string, param: string): Value => {
  switch (shape) {
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true'
      throw invalid(`Invalid boolean: ${text}`, param)
    case 'number':
      if (/^-?\d{1,15}$/.test(text)) return Number(text)
      if (MAY_BE_BROKEN.test(param) && /^-?\d{1,12}\.\d{1,4}$/.test(text)) return Number(text)
      throw invalid(`Invalid integer: ${text}`, param, 'parameter_invalid_integer')
    case 'decimal':
      if (/^-?\d{1,12}(\.\d{1,12})?$/.test(text)) return text
      throw invalid(`Invalid decimal: ${text}; must contain at maximum 12 decimal places.`, param)
    default:
      return readText(text, param)
  }
}

const readText = (text: string, param: string): string => {
  const inMetadata = /metadata\[[^\]]*\]$/.test(param)
  if (text === '' && !inMetadata) {
    throw invalid(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
      param,
      'parameter_invalid_empty',
    )
  }
  const longest = inMetadata ? 500 : LONGEST
  if (text.length <= longest) return text
  throw invalid(`Invalid string: ${param} is longer than ${longest} characters.`, param)
}

const readChoice = (values: readonly string[], text: string, param: string): string => {
  if (values.includes(text)) return text
  const shown = values.length > 12 ? `${values.slice(0, 12).join(', ')}, …` : values.join(', ')
  throw invalid(`Invalid ${param}: must be one of ${shown}`, param)
}

/** Text fits a scalar and nested names fit an object, so the alternatives are told apart by that. */
const readEither = (shapes: readonly Shape[], given: Sent, param: string): Value => {
  const isNested = typeof given !== 'string'
  const fitting = shapes.filter((shape) => isNesting(shape) === isNested)
  const choice = fitting.find((shape) => typeof shape === 'object' && 'oneOf' in shape)
  if (choice !== undefined && typeof choice === 'object' && 'oneOf' in choice && typeof given === 'string') {
    if (choice.oneOf.includes(given)) return given
  }
  const shape = fitting.find((one) => one !== choice) ?? choice ?? shapes[0]
  if (shape === undefined) throw new Error(`${param} may be nothing at all.`)
  return readValue(shape, given, param)
}

const isNesting = (shape: Shape): boolean =>
  typeof shape === 'object' && ('fields' in shape || 'list' in shape || 'map' in shape)

const readList = (element: Shape, given: Sent, param: string): readonly Value[] => {
  const names = Object.keys(objectOf(given, param))
  if (!names.every((name) => /^\d+$/.test(name))) throw invalid('Invalid array', param)
  return names
    .toSorted((one, other) => Number(one) - Number(other))
    .map((name) => readValue(element, objectOf(given, param)[name] ?? '', `${param}[${name}]`))
}

/** Keys of metadata are bounded; https://docs.stripe.com/api/metadata */
const MOST_KEYS = 50
const LONGEST_KEY = 40

const readMap = (value: Shape, given: SentFields, param: string): Values => {
  const entries = Object.entries(given)
  if (param.endsWith('metadata') && entries.length > MOST_KEYS) {
    throw invalid(`Metadata can have up to ${MOST_KEYS} keys.`, param)
  }
  const long = entries.find(([key]) => key.length > LONGEST_KEY)
  if (long !== undefined) {
    throw invalid(`Metadata keys can be at most ${LONGEST_KEY} characters long.`, `${param}[${long[0]}]`)
  }
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, readValue(value, inner, `${param}[${key}]`)] as const),
  )
}
