/**
 * What this graph lets a page do about signing in. The schema says it; where the server shows its schema to nobody
 * who is not signed in, the ways in are taken to be there.
 */
import { isInputObjectType, isObjectType, isUnionType, getNamedType } from 'graphql'
import type { GraphQLField, GraphQLSchema } from 'graphql'
import { ask } from './graph.ts'
import type { GivenToken } from './settings.ts'

export type Shape =
  | { readonly kind: 'asking' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'known'; readonly schema: GraphQLSchema }

const WAYS_IN = new Set(['requestMagicLink', 'refreshSession'])

export const can = (shape: Shape, mutation: string): boolean =>
  shape.kind === 'known'
    ? fieldOf(shape.schema, mutation) !== null
    : shape.kind === 'hidden' && WAYS_IN.has(mutation)

const fieldOf = (schema: GraphQLSchema, mutation: string): GraphQLField<unknown, unknown> | null =>
  schema.getMutationType()?.getFields()[mutation] ?? null

type Input = Readonly<Record<string, unknown>>

/** Runs a mutation that returns a token. Throws with what the graph says otherwise. */
export const askForToken = async (
  shape: Shape,
  token: string | null,
  mutation: string,
  input: Input,
): Promise<GivenToken> => {
  const result = await change(shape, token, mutation, input)
  const holder = isRecord(result['session']) ? result['session'] : result
  const { accessToken, expiresAt } = holder
  if (typeof accessToken !== 'string' || typeof expiresAt !== 'string') throw new Error(messageIn(result))
  return { accessToken, expiresAt }
}

/** Runs a mutation for its effect. Throws with what the graph says when it refuses. */
export const carryOut = async (
  shape: Shape,
  token: string | null,
  mutation: string,
  input: Input,
): Promise<void> => {
  const result = await change(shape, token, mutation, input)
  if (!String(result['__typename']).endsWith('Success')) throw new Error(messageIn(result))
}

const messageIn = (result: Readonly<Record<string, unknown>>): string =>
  typeof result['message'] === 'string' ? result['message'] : 'The graph refused without a reason.'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const change = async (
  shape: Shape,
  token: string | null,
  mutation: string,
  input: Input,
): Promise<Readonly<Record<string, unknown>>> => {
  const { document, variables } = documentOf(shape, mutation, input)
  const { data, errors } = await ask(token, document, variables)
  const result = data?.[mutation]
  if (!isRecord(result)) throw new Error(errors?.[0]?.message ?? 'The graph did not answer.')
  return result
}

const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

/** As the house names things: `verbNoun(input: VerbNounInput!)` answers `VerbNounSuccess` or an error with a message. */
export const documentOf = (
  shape: Shape,
  mutation: string,
  input: Input,
): { readonly document: string; readonly variables: Input } => {
  const name = capitalised(mutation)
  const known = shape.kind === 'known' ? describe(shape.schema, mutation) : null
  const selection = known?.selection ?? (mutation === 'refreshSession' ? IN_A_SESSION : '')
  const failure = known?.mayFail === false ? '' : '... on UserError { message }'
  const body = `{ __typename ... on ${name}Success { __typename ${selection} } ${failure} }`
  const takes = known === null ? Object.keys(input) : known.inputFields
  if (takes === null || (known === null && takes.length === 0)) {
    return { document: `mutation Sandbox${name} { ${mutation} ${body} }`, variables: {} }
  }
  const given = Object.fromEntries(Object.entries(input).filter(([field]) => takes.includes(field)))
  return {
    document: `mutation Sandbox${name}($input: ${name}Input!) { ${mutation}(input: $input) ${body} }`,
    variables: { input: given },
  }
}

const IN_A_SESSION = 'session { accessToken expiresAt }'
const AT_ONCE = 'accessToken expiresAt'

type Described = {
  readonly selection: string
  readonly mayFail: boolean
  /** Null when it takes no input. */
  readonly inputFields: readonly string[] | null
}

const describe = (schema: GraphQLSchema, mutation: string): Described => {
  const field = fieldOf(schema, mutation)
  const success = schema.getType(`${capitalised(mutation)}Success`)
  const fields = isObjectType(success) ? success.getFields() : {}
  const type = field === null ? null : getNamedType(field.type)
  const input = field?.args.find(({ name }) => name === 'input')
  const inputType = input === undefined ? null : getNamedType(input.type)
  return {
    selection:
      fields['accessToken'] === undefined ? (fields['session'] === undefined ? '' : IN_A_SESSION) : AT_ONCE,
    mayFail:
      isUnionType(type) &&
      type.getTypes().some((member) => member.getInterfaces().some(({ name }) => name === 'UserError')),
    inputFields: isInputObjectType(inputType) ? Object.keys(inputType.getFields()) : null,
  }
}
