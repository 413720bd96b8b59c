/** The month close in a process of its own, which a test may kill without warning. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import { appConnection } from '@stormops/chassis/database/migrate'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { closeMonths } from '../../subgraphs/billing/src/jobs/close-months.ts'
import { dueMonths } from '../../subgraphs/billing/src/store/due-months.ts'
import { invoiceStore } from '../../subgraphs/billing/src/store/invoice-store.ts'

export type ClosePlace = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly now: string
  readonly companiesOfABatch: number
}

// What the test passes is what the type says.
const { admin, secret, now, companiesOfABatch } = JSON.parse(process.argv[2] ?? '{}') as ClosePlace
const app = appConnection(admin, secret)

const database = await openDatabase({ name: 'close', connection: app, entities: [], poolSize: 2 })
const boss = await openBoss(app, createLog('silent'), 'sends')
await closeMonths(
  {
    database,
    queue: createQueue(boss),
    clock: { now: () => new Date(now) },
    newId,
    invoices: invoiceStore,
    due: dueMonths,
  },
  { companiesOfABatch },
)
await boss.stop({ graceful: false })
await database.close()
