import { defineCommand } from '@stormops/chassis/command'
import type { OperationsStores } from '../context.ts'

export type AcknowledgePlatformAlert = { readonly alertId: string; readonly key: string }

export type AcknowledgePlatformAlertResult = {
  readonly kind: 'ok'
  /** False when somebody was before. */ readonly isFirst: boolean
}

/** Runs in the platform's own transaction, beside its audit. */
export const acknowledgePlatformAlert = defineCommand<
  AcknowledgePlatformAlert,
  AcknowledgePlatformAlertResult,
  OperationsStores
>({
  name: 'operations.acknowledgePlatformAlert',
  permission: 'platform:staff',
  audit: ({ alertId, key }, { isFirst }) => ({
    subjectKind: 'platform-alert',
    subjectId: alertId,
    detail: { key, isFirst },
  }),
  run: async ({ stores, actor, clock }, { alertId }) => ({
    kind: 'ok',
    isFirst: await stores.alerts.acknowledge(alertId, actor.id, clock.now()),
  }),
})
