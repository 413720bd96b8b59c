/** A worker in a process of its own: one that hangs in its job until it is killed, or one that takes over. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import { appConnection } from '@stormops/chassis/database/migrate'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { handleJob, startWorking } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { hangingJob } from './idle-jobs.ts'

export type JobsOrder = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly hangs: boolean
}

// What the benchmark passes is what the type says.
const { admin, secret, hangs } = JSON.parse(process.argv[2] ?? '{}') as JobsOrder
const app = appConnection(admin, secret)

const log = createLog('silent')
const database = await openDatabase({ name: 'bench', connection: app, entities: [], poolSize: 3 })
await startWorking({
  boss: await openBoss(app, log),
  connection: app,
  journal: database,
  services: [
    {
      database,
      jobs: [handleJob(hangingJob, () => (hangs ? new Promise(() => undefined) : Promise.resolve()))],
    },
  ],
  log,
})
process.send?.('working')
