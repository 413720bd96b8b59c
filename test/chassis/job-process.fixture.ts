/** A worker in a process of its own, which a test kills in the middle of a job: most of its handlers never end. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import { appConnection } from '@stormops/chassis/database/migrate'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { handleJob, startWorking } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { hangForGood, hangOnce, leaveARow, oneAtOnce, threeAtOnce, workShortly } from './job-process-jobs.ts'

export type JobProcessPlace = { readonly admin: ConnectionSettings; readonly secret: string }

// What the test passes is what the type says.
const { admin, secret } = JSON.parse(process.argv[2] ?? '{}') as JobProcessPlace
const app = appConnection(admin, secret)

const never = (): Promise<void> => new Promise(() => undefined)
const log = createLog('silent')
const database = await openDatabase({ name: 'test', connection: app, entities: [], poolSize: 3 })
await startWorking({
  boss: await openBoss(app, log),
  connection: app,
  journal: database,
  services: [
    {
      database,
      jobs: [
        handleJob(hangOnce, async ({ steps }) => {
          await steps('hang:1')('first', leaveARow)
          await never()
        }),
        handleJob(hangForGood, never),
        handleJob(oneAtOnce, never),
        handleJob(threeAtOnce, workShortly),
      ],
    },
  ],
  log,
})
process.send?.('working')
