/** `work`: the jobs of every subgraph. They are opened as they are for one process, so that scores are a call of a function; their graphs are not served. */
import { systemClock } from '@stormops/chassis/clock'
import type { Config, Needs } from '@stormops/chassis/config'
import { diskMetrics } from '@stormops/chassis/disk/disk-metrics'
import { diskProbe } from '@stormops/chassis/disk/disk-probe'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { metricsAccess } from '@stormops/chassis/http/metrics-access'
import { createPrivateServer } from '@stormops/chassis/http/private-server'
import { openChangeNews } from '@stormops/gateway/change-news'
import { backupGauges } from '@stormops/chassis/backup/backup-figures'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import { backupPlace, openBackups } from '../backups.ts'
import { openDisk, pauseForRoom } from '../disk.ts'
import { openJobWork } from '../job-work.ts'
import { processParts } from '../process-parts.ts'
import { withDisk, workerReadiness } from '../process-readiness.ts'
import { openServices } from '../subgraph-services.ts'
import { keysOf, NOTHING_GIVEN } from './given-parts.ts'
import type { GivenParts } from './given-parts.ts'
import { processDatabase } from './running-process.ts'
import type { RunningProcess } from './running-process.ts'

const DEFAULT_PORT = 4007

/** Reports are announced with links, which begin with the platform's address. */
export const WORKER_NEEDS: Needs = { variables: ['DATABASE_URL', 'PUBLIC_URL'], subgraphs: [] }

export const openWorkerProcess = async (
  config: Config,
  log: Log,
  given: GivenParts = NOTHING_GIVEN,
): Promise<RunningProcess> => {
  const { telemetry = quietTelemetry() } = given
  const database = processDatabase(config, given)
  const { connection } = database
  const { keys, stop } = await keysOf(config, log, given)
  const cells = await database.openCells(log)
  const work = await openJobWork(connection, log, 'works', telemetry, cells?.others)
  // Nothing is asked of these graphs: what nobody seals, nobody opens.
  const { unseal } = processSeal()
  const news = openChangeNews({ redisUrl: config.redisUrl?.reveal() ?? null, log })
  const { tell } = news
  const { admin, secret, moves } = database
  const clock = given.clock ?? systemClock
  const disk = await openDisk(config, log)
  diskMetrics(telemetry.registry, disk)
  const place = backupPlace(config)
  const backups = await openBackups({ admin, secret, place, cells: database.cells, clock, log, telemetry })
  backupGauges(telemetry.registry, backups.figures, log)
  const { queue } = work
  const parts = { ...given, connection, cells, moves, queue, unseal, keys, log, telemetry, tell }
  const { all: services } = await openServices({
    ...processParts(config, parts),
    probes: [...backups.probes, diskProbe(disk)],
  })
  const working = [...services, backups]
  let isStopping = false
  const server = createPrivateServer({
    routes: [],
    readiness: async () =>
      isStopping
        ? { ready: false, checks: { worker: 'closing' } }
        : withDisk(await workerReadiness(services, work), disk),
    log,
    telemetry,
    mayReadMetrics: metricsAccess(config.metricsToken),
  })
  const close = async (): Promise<void> => {
    isStopping = true
    await work.close()
    await Promise.all(working.map((service) => service.close()))
    await server.close()
    await cells?.close()
    news.close()
    disk.stop()
    stop()
  }
  try {
    await database.check(working.flatMap((service) => service.jobs))
    const { url } = await server.listen(config.host, config.port ?? DEFAULT_PORT)
    await work.start(working)
    pauseForRoom(disk, work, log)
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}
