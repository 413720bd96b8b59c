/**
 * Whether somebody may ask an operation, decided over the whole of it before anything runs. The gateway asks this of
 * every operation, and each subgraph again of every fetch.
 */
import { getNamedType, Kind } from 'graphql'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { Fault } from '../../fault.ts'
import { askedFields, hasGuardedField } from './asked-fields.ts'
import type { AskedField } from './asked-fields.ts'
import { givenArguments } from './guarded-arguments.ts'
import type { Requirements } from './requirements.ts'
import { holds, lackingFault, ruleBook } from './rules.ts'
import type { Asker, PermissionRule } from './rules.ts'

export type AskedOperation = {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>>
}

export type OperationPermissions = {
  /** Null when all of it may be asked; otherwise the first refusal, UNAUTHENTICATED before any other. */
  readonly refusalOf: (asked: AskedOperation, asker: Asker) => Promise<Fault | null>
}

export type PermissionOptions = {
  readonly schema: GraphQLSchema
  readonly requirements: Requirements
  /** Fields that belong to no noun of the graph, such as `Query._entities` and `__schema`, and who may ask for them. */
  readonly machinery: Readonly<Record<string, (asker: Asker) => Fault | null>>
}

type Demand = { readonly asked: AskedField; readonly rules: readonly PermissionRule[] | null }

/** Where nothing hangs on variables, all of it once; the rest for each request. */
type Compiled = { readonly always: readonly Demand[]; readonly sometimes: readonly Demand[] }

export const operationPermissions = (options: PermissionOptions): OperationPermissions => {
  const { requirements, machinery } = options
  const ruleFor = ruleBook()
  const isArgumentGuarded = (coordinate: string) => requirements.ofArgument.has(coordinate)
  const compiled = new WeakMap<OperationDefinitionNode, Compiled>()

  const compile = (document: DocumentNode, operation: OperationDefinitionNode): Compiled => {
    const isGuarded = guardedFields(isArgumentGuarded)
    const fields = askedFields({ schema: options.schema, isGuarded }, document, operation)
    const demands = fields.map((asked): Demand => {
      const needed = requirements.ofField.get(asked.coordinate)
      return { asked, rules: needed === undefined || needed.length === 0 ? null : needed.map(ruleFor) }
    })
    const isPlain = ({ asked }: Demand) => asked.conditions.length === 0 && asked.guarded === null
    return {
      always: oncePerRule(demands.filter(isPlain)),
      sometimes: demands.filter((demand) => !isPlain(demand)),
    }
  }

  return {
    refusalOf: async ({ document, operation, variables }, asker) => {
      let plan = compiled.get(operation)
      if (plan === undefined) compiled.set(operation, (plan = compile(document, operation)))
      let first: Fault | null = null
      const now = plan.sometimes.filter(({ asked }) => counts(asked, variables))
      for (const demand of now.length === 0 ? plan.always : [...plan.always, ...now]) {
        const asked = refusalOf(demand, asker, machinery)
        const refusal =
          (asked instanceof Promise ? await asked : asked) ??
          argumentRefusal(demand, asker, requirements, variables)
        if (refusal?.code === 'UNAUTHENTICATED') return refusal
        first ??= refusal
      }
      return first
    },
  }
}

/** At once where the rules have said it before, which is nearly always. */
const refusalOf = (
  { asked: { coordinate }, rules }: Demand,
  asker: Asker,
  machinery: PermissionOptions['machinery'],
): Fault | null | Promise<Fault | null> => {
  const own = machinery[coordinate]
  if (own !== undefined) return own(asker)
  if (rules === null) {
    return new Fault('FORBIDDEN', `Nobody may ask for ${coordinate}.`, { facts: { coordinate } })
  }
  for (const rule of rules) {
    const said = rule.said(asker.actor)
    if (said === undefined) return judged(rules, coordinate, asker)
    if (said !== null) return said(coordinate)
  }
  return null
}

const judged = async (
  rules: readonly PermissionRule[],
  coordinate: string,
  asker: Asker,
): Promise<Fault | null> => {
  for (const rule of rules) {
    const judgement = await rule.judge(asker)
    if (judgement !== null) return judgement(coordinate)
  }
  return null
}

const argumentRefusal = (
  { asked: { coordinate, guarded } }: Demand,
  { actor }: Asker,
  requirements: Requirements,
  variables: AskedOperation['variables'],
): Fault | null => {
  if (guarded === null || actor === null) return null
  for (const given of givenArguments(requirements.ofArgument, coordinate, guarded, variables)) {
    if (!holds(actor, given.scopes)) return lackingFault(actor, given.coordinate, given.scopes)
  }
  return null
}

/** A variable that is not given counts as its default, and that is what the executor decides: so both ways count. */
const counts = ({ conditions }: AskedField, variables: AskedOperation['variables']): boolean =>
  conditions.every(({ variable, is }) => variables[variable] === undefined || variables[variable] === is)

/** Of fields with the very same rules the first stands for all. */
const oncePerRule = (demands: readonly Demand[]): readonly Demand[] => {
  const seen = new Set<PermissionRule>()
  return demands.filter(({ rules }) => {
    if (rules === null) return true
    const isNew = rules.some((rule) => !seen.has(rule))
    for (const rule of rules) seen.add(rule)
    return isNew
  })
}

const guardedFields = (isGuarded: (coordinate: string) => boolean): AskedFieldGuard => {
  const known = new Map<string, boolean>()
  return (coordinate, field) => {
    const before = known.get(coordinate)
    if (before !== undefined) return before
    const found = field.args.some(
      ({ name, type }) =>
        isGuarded(`${coordinate}.${name}`) || hasGuardedField(getNamedType(type), isGuarded),
    )
    known.set(coordinate, found)
    return found
  }
}

type AskedFieldGuard = Parameters<typeof askedFields>[0]['isGuarded']

/** The operation a fetch means; null when the document does not say which. */
export const operationIn = (
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | null => {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (name === undefined) return operations.length === 1 ? (operations[0] ?? null) : null
  return operations.find((operation) => operation.name?.value === name) ?? null
}
