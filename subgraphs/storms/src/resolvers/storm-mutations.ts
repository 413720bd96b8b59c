import { unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import type { Command } from '@stormops/chassis/command'
import { createStorm } from '../commands/create-storm.ts'
import { applyPolicy } from '../commands/apply-policy.ts'
import { activateStorm, archiveStorm, completeStorm, restoreStorm } from '../commands/move-storm.ts'
import type { MoveStorm, MoveStormResult } from '../commands/move-storm.ts'
import { scoreStorm } from '../commands/score-storm.ts'
import { modelVersionIds, stormIds } from '../context.ts'
import type { StormsContext } from '../context.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'
import type { StormsStores } from '../stores.ts'
import { changedStorm } from './lookups.ts'
import { notScored, policyFrozen, wrongStatus } from './refusals.ts'
import { decisionCounts } from './storm.ts'

type StormMutations = Pick<
  EveryField<MutationResolvers>,
  | 'createStorm'
  | 'activateStorm'
  | 'completeStorm'
  | 'archiveStorm'
  | 'restoreStorm'
  | 'scoreStorm'
  | 'applyPolicy'
>

export const stormMutations: StormMutations = {
  createStorm: async (_root, { input, idempotencyKey }, context) => {
    const storm = { eventId: input.eventId, name: input.name, startsAt: input.startsAt, endsAt: input.endsAt }
    const result = await context.run(createStorm(), storm, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'CreateStormSuccess', storm: await changedStorm(context, result.stormId) }
      case 'exists':
        return {
          __typename: 'StormExists',
          message: `You have a storm with the event id ${input.eventId} already.`,
          storm: await changedStorm(context, result.stormId),
        }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  activateStorm: (_root, { input, idempotencyKey }, context) =>
    move(context, activateStorm, 'Only a storm in planning can be activated', input.stormId, idempotencyKey),
  completeStorm: (_root, { input, idempotencyKey }, context) =>
    move(
      context,
      completeStorm,
      'Only a storm that is being worked can be completed',
      input.stormId,
      idempotencyKey,
    ),
  archiveStorm: (_root, { input, idempotencyKey }, context) =>
    move(context, archiveStorm, 'Only a completed storm can be archived', input.stormId, idempotencyKey),
  restoreStorm: (_root, { input, idempotencyKey }, context) =>
    move(context, restoreStorm, 'Only an archived storm can be restored', input.stormId, idempotencyKey),
  scoreStorm: async (_root, { input, idempotencyKey }, context) => {
    const stormId = stormIds.decode(input.stormId)
    if (stormId === null) return notFound('storm', input.stormId)
    const result = await context.run(scoreStorm(context.ports.models), { stormId }, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'ScoreStormSuccess',
          scored: result.scored,
          modelVersion: { __typename: 'ModelVersion', id: modelVersionIds.encode(result.modelVersionId) },
          storm: await changedStorm(context, stormId),
        }
      case 'not-found':
        return notFound('storm', input.stormId)
      case 'wrong-status':
        return wrongStatus('It cannot be scored any more', result)
      case 'frozen':
        return policyFrozen(result)
      case 'no-active-model':
        return {
          __typename: 'NoActiveModel',
          message: 'No version of the uplift model answers in production. Deploy one first.',
        }
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  applyPolicy: async (_root, { input, idempotencyKey }, context) => {
    const stormId = stormIds.decode(input.stormId)
    if (stormId === null) return notFound('storm', input.stormId)
    const result = await context.run(applyPolicy, { stormId, mode: input.mode }, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'ApplyPolicySuccess',
          decisions: decisionCounts(result.counts),
          storm: await changedStorm(context, stormId),
        }
      case 'not-found':
        return notFound('storm', input.stormId)
      case 'wrong-status':
        return wrongStatus('No policy can be applied any more', result)
      case 'not-scored':
        return notScored()
      case 'frozen':
        return policyFrozen(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

const move = async (
  context: StormsContext,
  command: Command<MoveStorm, MoveStormResult, StormsStores>,
  rule: string,
  publicId: string,
  idempotencyKey: string | null | undefined,
) => {
  const stormId = stormIds.decode(publicId)
  if (stormId === null) return notFound('storm', publicId)
  const result = await context.run(command, { stormId }, idempotencyKey)
  switch (result.kind) {
    case 'ok':
      return { __typename: 'MoveStormSuccess' as const, storm: await changedStorm(context, stormId) }
    case 'not-found':
      return notFound('storm', publicId)
    case 'wrong-status':
      return wrongStatus(rule, result)
    case 'idempotency-key-reused':
      return keyReused(result)
    default:
      return unreachable(result)
  }
}
