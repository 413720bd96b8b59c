/**
 * Plans operations before they are asked. Apollo's gateway plans only what it executes, so a published operation is
 * executed once with made-up values for its variables and with subgraphs that are not asked: what stays is its plan.
 */
import { setImmediate as pause } from 'node:timers/promises'
import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway'
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql'
import { isNonNullType, isRequiredInputField, Kind, parse, typeFromAST } from 'graphql'
import type { DocumentNode, GraphQLInputType, GraphQLSchema } from 'graphql'
import type { Log } from '@stormops/chassis/telemetry/log'
import { sha256Hex } from '@stormops/chassis/values/canonical'

export type PlanWarmUp = {
  /** Never rejects: what cannot be planned now is planned when it is asked. */
  readonly warm: (gateway: ApolloGateway, text: string) => Promise<void>
  /** The data source, but for what is asked to warm up, which it answers with nothing. */
  readonly unasked: <Context extends Record<string, unknown>>(
    source: GraphQLDataSource<Context>,
  ) => GraphQLDataSource<Context>
}

type Request = Parameters<ApolloGateway['executor']>[0]

export const planWarmUp = (log: Log): PlanWarmUp => {
  const contexts = new WeakSet<object>()
  let before: Promise<void> = Promise.resolve()

  const plan = async (gateway: ApolloGateway, text: string): Promise<void> => {
    // Planning keeps the thread busy for milliseconds, so requests get their turn between two plans.
    await pause()
    try {
      const context = {}
      contexts.add(context)
      const { errors = [] } = await gateway.executor(requestOf(gateway, text, context, log))
      if (errors.length > 0) log.debug({ errors }, 'A published operation could not be planned ahead.')
    } catch (cause) {
      log.warn({ err: cause }, 'A published operation could not be planned ahead.')
    }
  }
  return {
    warm: (gateway, text) => (before = before.then(() => plan(gateway, text))),
    unasked: (source) => ({
      ...source,
      process: async (options) =>
        options.context !== undefined && contexts.has(options.context)
          ? { data: null }
          : source.process(options),
    }),
  }
}

const requestOf = (gateway: ApolloGateway, text: string, context: object, log: Log): Request => {
  const document = parse(text)
  const { schema } = gateway
  const variables = schema === undefined ? {} : placeholders(schema, document)
  const asked = {
    request: { query: text, variables },
    document,
    // As Apollo Server makes it: plans are kept by this.
    queryHash: sha256Hex(text),
    operationName: null,
    source: text,
    context,
    metrics: {},
    logger: log,
  }
  // The executor reads nothing else of a request.
  return asked as unknown as Request
}

/** A value for every variable that must have one; the planner does not look at them. */
const placeholders = (schema: GraphQLSchema, document: DocumentNode): Record<string, unknown> => {
  const values: Record<string, unknown> = {}
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    for (const { variable, type, defaultValue } of definition.variableDefinitions ?? []) {
      if (type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined) continue
      // The document was validated, so its variables are of input types.
      const input = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]) as
        | GraphQLInputType
        | undefined
      if (input !== undefined) values[variable.name.value] = placeholder(input)
    }
  }
  return values
}

/** By scalar; any other takes a text. */
const SCALAR_VALUES: Readonly<Record<string, unknown>> = {
  Int: 0,
  Float: 0,
  SafeInt: 0,
  Boolean: false,
  DateTime: '2000-01-01T00:00:00Z',
  LocalDate: '2000-01-01',
}

const placeholder = (type: GraphQLInputType): unknown => {
  const inner = isNonNullType(type) ? getNullableType(type) : type
  if (isListType(inner)) return []
  const named = getNamedType(inner)
  if (isEnumType(named)) return named.getValues()[0]?.name
  if (!isInputObjectType(named)) return SCALAR_VALUES[named.name] ?? ''
  const required = Object.values(named.getFields()).filter(isRequiredInputField)
  return Object.fromEntries(required.map((field) => [field.name, placeholder(field.type)]))
}
