/** The platform's own alerts that are open, for monitoring beside it. */
import type { Database } from '@stormops/chassis/database/database'
import type { PlatformFigures } from '@stormops/chassis/platform-figures'
import { openAlerts } from './store/platform-alert-store.ts'

const ALERTS = 'platform_alerts'

export const alertFigures = (database: Pick<Database, 'withPlatform'>): PlatformFigures => ({
  definitions: [{ name: ALERTS, help: '1 for each alert of the platform that is open.', kind: 'gauge' }],
  read: async () =>
    (await database.withPlatform(openAlerts)).map(({ key, severity }) => ({
      name: ALERTS,
      labels: { key, severity },
      value: 1,
    })),
})
