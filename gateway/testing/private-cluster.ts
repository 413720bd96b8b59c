/** A Redis Cluster of one test's own: three masters on the loopback, and a replica of the first where it is asked for. */
import { until } from '@stormops/chassis/testing/until'
import { Redis } from 'ioredis'
import { freePort, privateRedis } from './private-redis.ts'
import type { PrivateRedis } from './private-redis.ts'

export type PrivateCluster = {
  /** As `REDIS_URL` names it, by its first two nodes. */
  readonly url: string
  /** In the order of their slots; a replica comes last. */
  readonly nodes: readonly PrivateRedis[]
  readonly stop: () => Promise<void>
}

const SLOTS = 16_384
const MASTERS = 3
/** How long a node is silent before the others take it for lost. */
const NODE_TIMEOUT_MS = 1_000

export const privateCluster = async (withReplica = false): Promise<PrivateCluster> => {
  const nodes: PrivateRedis[] = []
  const clients: Redis[] = []
  const busPorts: number[] = []
  const stop = async (): Promise<void> => {
    for (const client of clients) client.disconnect()
    for (const node of nodes) await node.stop()
  }
  for (let place = 0; place < MASTERS + (withReplica ? 1 : 0); place += 1) {
    const busPort = await freePort()
    const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', `${NODE_TIMEOUT_MS}`]
    const node = await privateRedis([...settings, '--cluster-port', `${busPort}`])
    nodes.push(node)
    busPorts.push(busPort)
    clients.push(clientOf(node))
  }
  const [first, ...others] = clients
  if (first === undefined) throw new Error('A cluster has a node.')
  for (const place of others.keys()) {
    await first.call('CLUSTER', 'MEET', '127.0.0.1', `${nodes[place + 1]?.port}`, `${busPorts[place + 1]}`)
  }
  for (const [place, client] of clients.slice(0, MASTERS).entries()) {
    const from = Math.floor((SLOTS * place) / MASTERS)
    await client.call(
      'CLUSTER',
      'ADDSLOTSRANGE',
      `${from}`,
      `${Math.floor((SLOTS * (place + 1)) / MASTERS) - 1}`,
    )
  }
  await agreed(clients, clients.length)
  const replica = clients[MASTERS]
  if (replica !== undefined) {
    await replica.call('CLUSTER', 'REPLICATE', String(await first.call('CLUSTER', 'MYID')))
    await until(async () => (await replica.info('replication')).includes('master_link_status:up'))
  }
  const url = `redis-cluster://${nodes
    .slice(0, 2)
    .map(({ port }) => `127.0.0.1:${port}`)
    .join(',')}`
  return { url, nodes, stop }
}

const clientOf = ({ port }: PrivateRedis): Redis => {
  const client = new Redis(port, '127.0.0.1')
  // A node that a test kills is missed by nobody here.
  client.on('error', () => undefined)
  return client
}

/** Every node knows every other, and all of them that every slot is somebody's. */
const agreed = async (clients: readonly Redis[], count: number): Promise<void> => {
  await until(async () => {
    const told = await Promise.all(
      clients.map(async (client) => String(await client.call('CLUSTER', 'INFO'))),
    )
    return told.every(
      (text) => /cluster_state:ok/.test(text) && text.includes(`cluster_known_nodes:${count}`),
    )
  })
}
