/** `work`: the jobs of every subgraph. They are opened as they are for one process, so that scores are a call of a function; their graphs are not served. */
import type { Config, Needs } from '@stormops/chassis/config'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { createPrivateServer } from '@stormops/chassis/http/private-server'
import type { Log } from '@stormops/chassis/telemetry/log'
import { openDisk, pauseForRoom } from '../disk.ts'
import { openJobWork } from '../job-work.ts'
import { openKeys } from '../process-keys.ts'
import { processParts } from '../process-parts.ts'
import { databaseReadiness, withDisk } from '../process-readiness.ts'
import { openServices } from '../subgraph-services.ts'
import { processDatabase } from './running-process.ts'
import type { RunningProcess } from './running-process.ts'

const DEFAULT_PORT = 4007

/** Reports are announced with links, which begin with the platform's address. */
export const WORKER_NEEDS: Needs = { variables: ['DATABASE_URL', 'PUBLIC_URL'], subgraphs: [] }

export const openWorkerProcess = async (config: Config, log: Log): Promise<RunningProcess> => {
  const database = processDatabase(config)
  const { connection } = database
  const { keys, stop } = await openKeys(config, log)
  const work = await openJobWork(connection, log)
  // Nothing is asked of these graphs: what nobody seals, nobody opens.
  const { unseal } = processSeal()
  const { all: services } = await openServices(
    processParts(config, { connection, queue: work.queue, unseal, keys, log }),
  )
  const disk = await openDisk(config, log)
  let isStopping = false
  const server = createPrivateServer({
    routes: [],
    readiness: async () =>
      isStopping
        ? { ready: false, checks: { worker: 'closing' } }
        : withDisk(await databaseReadiness(services), disk),
    log,
  })
  const close = async (): Promise<void> => {
    isStopping = true
    await work.close()
    await Promise.all(services.map((service) => service.close()))
    await server.close()
    disk.stop()
    stop()
  }
  try {
    await database.check(services.flatMap((service) => service.jobs))
    const { url } = await server.listen(config.host, config.port ?? DEFAULT_PORT)
    await work.start(services)
    pauseForRoom(disk, work, log)
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}
