/**
 * The limits as a stage: once an operation is known to be allowed, its request is counted and its estimated cost is
 * taken from the actor's bucket; once it is answered, what it did not cost is given back.
 */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import { fragmentsOf } from '@stormops/chassis/graphql/fragments'
import type { GatewayContext, OperationFacts } from '../context.ts'
import { refusal } from '../refusal.ts'
import { answeredCost, ceilingFault, rateLimitState, settle, takeCost } from './account.ts'
import type { Account } from './account.ts'
import { costCompiler } from './cost/compile-cost.ts'
import { selectionCost } from './cost/cost-estimate.ts'
import type { CostPlan } from './cost/cost-plan.ts'
import { costTable } from './cost/cost-table.ts'
import type { Limits } from './limits.ts'
import { networkOf } from './rates/address.ts'
import type { PlanTier } from './rates/allowances.ts'
import { rateLimitFields } from './rates/rate-limit-fields.ts'
import { keyOfActor } from './rates/request-rates.ts'

export type LimitsPluginOptions = {
  readonly limits: Limits
  readonly supergraphSdl: string
  readonly clock: Clock
}

/** Refuses with `RATE_LIMITED`, or `QUERY_TOO_COMPLEX` for what costs more than any operation may. */
export const limitsPlugin = (options: LimitsPluginOptions): ApolloServerPlugin<GatewayContext> => {
  const { limits, clock } = options
  const accounts = new WeakMap<OperationFacts, Account>()
  let planOf: PlanOf | null = null

  const accountOf = async (context: GatewayContext): Promise<Account> => {
    const account = accounts.get(context.facts) ?? (await openAccount(limits, context))
    accounts.set(context.facts, account)
    return account
  }
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ operation, document, request, contextValue }) => {
      if (operation === undefined || planOf === null) return
      const account = await accountOf(contextValue)
      refuse(await countRequest(limits, contextValue, account))
      const plan = planned(planOf, document, operation)
      const variables = request.variables ?? {}
      const cost = selectionCost(plan, variables)
      account.estimate = { plan, variables, cost }
      limits.metrics.estimated(cost)
      refuse(ceilingFault(cost, limits.allowances.maximumCost))
      refuse(await takeCost(limits.buckets, account))
      contextValue.facts.rateLimit = () => rateLimitState(account, clock)
      contextValue.facts.cost = cost
    },
    willSendResponse: async ({ contextValue, response: { body, http } }) => {
      if (body.kind !== 'single') return
      const known = accounts.get(contextValue.facts)
      const actual = known === undefined ? 0 : answeredCost(known, body.singleResult.data)
      // Before anything is waited for, so that every later plugin sees what the answer did cost.
      if (contextValue.facts.cost !== null) contextValue.facts.cost = actual
      const account = await accountOf(contextValue)
      // What an earlier stage refused was a request all the same.
      await countRequest(limits, contextValue, account)
      const cost = await settle(limits.buckets, account, actual)
      limits.metrics.answered(cost.actualQueryCost)
      body.singleResult.extensions = { ...body.singleResult.extensions, cost }
      for (const [name, value] of Object.entries(rateLimitFields(account.standings))) {
        http.headers.set(name, value)
      }
    },
  }
  return {
    serverWillStart: async ({ schema }) => void (planOf = plansOf(schema, options.supergraphSdl)),
    requestDidStart: async () => listener,
  }
}

const openAccount = async (limits: Limits, { actor, clientAddress }: GatewayContext): Promise<Account> => {
  const address = clientAddress === null ? 'nobody' : networkOf(clientAddress)
  const tier = await tierFor(limits, actor)
  return {
    bucket: actor === null ? `{${address}}` : keyOfActor(actor),
    size: limits.allowances.bucket[tier],
    tier,
    standings: [],
    isCounted: false,
    estimate: null,
    level: null,
    taken: 0,
  }
}

/** Staff act for the platform, and have as much as its largest customers. */
const tierFor = async (limits: Limits, actor: GatewayContext['actor']): Promise<PlanTier> => {
  if (actor === null) return 'TRIAL'
  return actor.tenantId === null ? 'ENTERPRISE' : limits.tierOf(actor.tenantId)
}

/** Once for each operation. Somebody not signed in was counted by address, before anything was read. */
const countRequest = async (
  limits: Limits,
  { actor }: GatewayContext,
  account: Account,
): Promise<Fault | null> => {
  if (account.isCounted || actor === null) return null
  account.isCounted = true
  const { standings, fault } = await limits.requests.count(actor, account.tier)
  account.standings = standings
  return fault
}

const refuse = (fault: Fault | null): void => {
  if (fault !== null) throw refusal(fault)
}

type PlanOf = (document: DocumentNode, operation: OperationDefinitionNode) => CostPlan

/** An operation's plan lives as long as its parsed document, which the pipeline keeps by its text. */
const plansOf = (schema: GraphQLSchema, supergraphSdl: string): PlanOf => {
  const compile = costCompiler(schema, costTable(supergraphSdl))
  const plans = new WeakMap<OperationDefinitionNode, CostPlan>()
  return (document, operation) => {
    const known = plans.get(operation)
    if (known !== undefined) return known
    const plan = compile(operation, fragmentsOf(document))
    plans.set(operation, plan)
    return plan
  }
}

const planned = (planOf: PlanOf, document: DocumentNode, operation: OperationDefinitionNode): CostPlan => {
  try {
    return planOf(document, operation)
  } catch (cause) {
    throw cause instanceof Fault ? refusal(cause) : cause
  }
}
