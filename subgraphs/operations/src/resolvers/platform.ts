import { connectionById } from '@stormops/chassis/graphql/page'
import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { keyReused, notFound } from '@stormops/chassis/graphql/results'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { acknowledgePlatformAlert } from '../commands/acknowledge-platform-alert.ts'
import { alertIds, workerIds } from '../context.ts'
import type { PlatformAlert } from '../domain/platform-alert.ts'
import {
  busyShare,
  depthOf,
  failureRate,
  oldestOf,
  scalingAdvice,
  workforceOf,
} from '../domain/platform-figures.ts'
import type { AttemptTally, PlatformStats, Worker } from '../domain/platform-figures.ts'
import type {
  AttemptTallyResolvers,
  MutationResolvers,
  PlatformAlertResolvers,
  PlatformStatsResolvers,
  PlatformWorkerResolvers,
  QueryResolvers,
} from '../generated/resolvers.ts'

/** Billing's probe, whose figure operations could not read itself. */
const WEBHOOK_FAILURES = 'webhook-failures'

export const platformStatsResolvers: FieldsBeyond<PlatformStats, PlatformStatsResolvers> = {
  workers: ({ workers }) => [...workers],
  queues: ({ queues }) => [...queues],
  deadLetters: ({ deadLetters }) => deadLetters.count,
  unreachableCells: ({ unreachableCells }) => [...unreachableCells],
  busy: ({ workers }) => workforceOf(workers).busy,
  capacity: ({ workers }) => workforceOf(workers).capacity,
  busyShare: ({ workers }) => busyShare(workforceOf(workers)),
  queueDepth: ({ queues }) => depthOf(queues),
  oldestSeconds: ({ queues }) => oldestOf(queues),
  scaling: ({ workers, queues }) => scalingAdvice(workforceOf(workers), queues),
  webhookFailureRate: async (_stats, _arguments, { platform }) =>
    (await platform.readings()).find(({ key }) => key === WEBHOOK_FAILURES)?.value ?? null,
  probes: async (_stats, _arguments, { platform }) => [...(await platform.readings())],
  watchedAt: async (_stats, _arguments, { platform }) =>
    (await platform.readings())
      .map(({ readAt }) => readAt)
      .toSorted((a, b) => a.getTime() - b.getTime())
      .at(-1) ?? null,
  openAlerts: async (_stats, _arguments, { platform }) => [...(await platform.openAlerts())],
}

export const platformWorkerResolvers: FieldsBeyond<Worker, PlatformWorkerResolvers> = {
  id: ({ id }) => workerIds.encode(id),
}

export const attemptTallyResolvers: FieldsBeyond<AttemptTally, AttemptTallyResolvers> = {
  failureRate: (tally) => failureRate(tally),
}

export const platformAlertResolvers: FieldsBeyond<PlatformAlert, PlatformAlertResolvers> = {
  id: ({ id }) => alertIds.encode(id),
}

export const platformQueries: Pick<EveryField<QueryResolvers>, 'platformStats' | 'platformAlerts'> = {
  platformStats: (_root, _arguments, context) => {
    context.actor()
    return context.platform.stats()
  },
  platformAlerts: (_root, { filter, first, after }, context) => {
    context.actor()
    const { isOpen = null, key = null, severity = null } = filter ?? {}
    return connectionById(first, after, (page) =>
      context.platform.pageOfAlerts({ isOpen, key, severity }, page),
    )
  },
}

export const platformMutations: Pick<EveryField<MutationResolvers>, 'acknowledgePlatformAlert'> = {
  acknowledgePlatformAlert: async (_root, { input, idempotencyKey }, context) => {
    context.actor()
    const alertId = alertIds.decode(input.alertId)
    const alert = alertId === null ? null : await context.platform.maybeAlert(alertId)
    if (alert === null) return notFound('alert', input.alertId)
    const { id, key } = alert
    const result = await context.run(
      acknowledgePlatformAlert,
      { alertId: id, key },
      idempotencyKey,
      PLATFORM_TENANT_ID,
    )
    switch (result.kind) {
      case 'ok': {
        const acknowledged = await context.platform.maybeAlert(id)
        if (acknowledged === null) throw new Fault('INTERNAL', 'The alert that was just noted is not there.')
        return { __typename: 'AcknowledgePlatformAlertSuccess', alert: acknowledged }
      }
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}
