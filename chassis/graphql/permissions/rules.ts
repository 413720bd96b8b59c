/**
 * The requirements as rules of graphql-shield. Each distinct requirement is one rule, which looks at who asks and never
 * at what is there, so that one answer holds for a whole operation.
 */
import { rule } from 'graphql-shield'
import type { Actor } from '../../identity.ts'
import { Fault } from '../../fault.ts'
import type { Requirement, ScopeLists } from './requirements.ts'

/** Who asks, and what the asker's company signed for. */
export type Asker = {
  readonly actor: Actor | null
  /** The tier of the plan; null for whoever has none, and while it cannot be told. */
  readonly tier: () => Promise<string | null>
}

/** What a rule says to somebody: null grants; a refusal names the field it was asked about. */
export type Judgement = null | ((coordinate: string) => Fault)

export type PermissionRule = {
  /** What it said to this very actor before; undefined when it was not asked, or has to be asked each time. */
  readonly said: (actor: Actor | null) => Judgement | undefined
  readonly judge: (asker: Asker) => Promise<Judgement>
}

/** One rule for each distinct requirement, however many fields have it. */
export const ruleBook = (): ((requirement: Requirement) => PermissionRule) => {
  const rules = new Map<string, PermissionRule>()
  return (requirement) => {
    const key = JSON.stringify(requirement)
    const known = rules.get(key)
    if (known !== undefined) return known
    const made = permissionRule(key, requirement)
    rules.set(key, made)
    return made
  }
}

type Granted = true | Refusal

/** What shield carries from a rule to whoever asked it: an error is a refusal with its reason. */
class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly faultFor: (coordinate: string) => Fault

  constructor(faultFor: (coordinate: string) => Fault) {
    super('refused')
    this.faultFor = faultFor
  }
}

/**
 * An actor never changes, and what hangs on nothing else is asked of the rule once for each: a token's holder asks
 * thousands of operations, and every one of them the same few rules. A plan may change between two requests.
 */
const permissionRule = (name: string, requirement: Requirement): PermissionRule => {
  const shieldRule = rule(name)(async (_parent, _arguments, asker: Asker) => decide(requirement, asker))
  const resolve = shieldRule.resolve.bind(shieldRule)
  const said = new WeakMap<object, Judgement>()
  return {
    said: (actor) => said.get(actor ?? NOBODY),
    judge: async (asker) => {
      // Without a cache of its own a shield rule looks at nothing but its context.
      const answer: unknown = await Reflect.apply(resolve, undefined, [
        NOTHING,
        NOTHING,
        asker,
        NOTHING,
        SHIELD_OPTIONS,
      ])
      const judgement = judgementOf(answer)
      if (requirement.kind !== 'plan') said.set(asker.actor ?? NOBODY, judgement)
      return judgement
    },
  }
}

/** Stands for whoever is not signed in. */
const NOBODY = Object.freeze({})

const judgementOf = (answer: unknown): Judgement => {
  if (answer === true) return null
  if (answer instanceof Refusal) return oncePerCoordinate(answer.faultFor)
  // A rule that breaks grants nothing.
  return oncePerCoordinate(
    (coordinate) => new Fault('FORBIDDEN', `You may not ask for ${coordinate}.`, { facts: { coordinate } }),
  )
}

/** A fault carries where it was made, which costs more than all the rest of a refusal. */
const oncePerCoordinate = (faultFor: (coordinate: string) => Fault): ((coordinate: string) => Fault) => {
  const faults = new Map<string, Fault>()
  return (coordinate) => {
    const known = faults.get(coordinate)
    if (known !== undefined) return known
    const fault = faultFor(coordinate)
    faults.set(coordinate, fault)
    return fault
  }
}

const NOTHING = Object.freeze({})
const SHIELD_OPTIONS = { debug: false, hashFunction: () => '' }

const decide = async (requirement: Requirement, asker: Asker): Promise<Granted> => {
  if (requirement.kind === 'public') return true
  const { actor } = asker
  if (actor === null) return SIGNED_OUT
  switch (requirement.kind) {
    case 'authenticated':
      return true
    case 'scopes':
      return holds(actor, requirement.scopes) || lacking(actor, requirement.scopes)
    case 'plan': {
      const tier = await asker.tier()
      return (tier !== null && requirement.tiers.includes(tier)) || offPlan(requirement.tiers, tier)
    }
  }
}

const SIGNED_OUT = new Refusal(
  () => new Fault('UNAUTHENTICATED', 'Sign in, or send a token or an API key, to ask for this.'),
)

export const holds = ({ scopes }: Actor, lists: ScopeLists): boolean =>
  lists.some((all) => all.every((scope) => hasScope(scopes, scope)))

const hasScope = (scopes: ReadonlySet<string>, scope: string): boolean => scopes.has(scope)

const lacking = (actor: Actor, lists: ScopeLists): Refusal =>
  new Refusal((coordinate) => lackingFault(actor, coordinate, lists))

/** Says which permission is missing; where several lists would do, the first. */
export const lackingFault = (actor: Actor, coordinate: string, lists: ScopeLists): Fault => {
  const needed = lists.map((all) => all.join(' and ')).join(', or ')
  const whose = actor.kind === 'API_KEY' ? 'your key' : 'your role'
  return new Fault(
    'FORBIDDEN',
    `${coordinate} needs the permission ${needed}, which ${whose} does not have.`,
    {
      facts: { coordinate, requiredScope: lists[0]?.[0] ?? null, requiredScopes: lists },
    },
  )
}

const offPlan = (tiers: readonly string[], tier: string | null): Refusal =>
  new Refusal(
    (coordinate) =>
      new Fault(
        'PLAN_REQUIRED',
        `${coordinate} is part of ${tiers.join(' and ')}. Change your plan to use it.`,
        {
          facts: { coordinate, requiredTiers: tiers, tier },
        },
      ),
  )
