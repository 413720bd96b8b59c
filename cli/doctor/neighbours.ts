/** What a process talks to beside the database: Redis, the mail server, Stripe, and the other processes. */
import { connect } from 'node:net'
import type { Config } from '@stormops/chassis/config'
import { createLog } from '@stormops/chassis/telemetry/log'
import { metricsRegistry } from '@stormops/gateway/metrics'
import { openSharedStore } from '@stormops/gateway/redis'
import { runningUrl } from '../running-address.ts'
import { ill, messageOf, PATIENCE_MS, skipped, well } from './finding.ts'
import type { Check, Finding } from './finding.ts'

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  'smtp:': 587,
  'smtps:': 465,
  'http:': 80,
  'https:': 443,
}

const STRIPE = 'https://api.stripe.com'

export const neighbourChecks = (config: Config): readonly Check[] => [
  { name: 'Redis', look: () => redis(config) },
  { name: 'Mail', look: () => mail(config) },
  { name: 'Stripe', look: () => stripe(config) },
  ...subgraphs(config),
  { name: 'Platform', look: () => platform(config) },
]

const redis = async ({ redisUrl: url }: Config): Promise<Finding> => {
  if (url === null) return skipped('REDIS_URL is not set; each process counts limits alone.')
  const store = await openSharedStore({
    url: url.reveal(),
    log: createLog('silent'),
    registry: metricsRegistry(),
  })
  const isUp = store.isUp()
  await store.close()
  return isUp
    ? well('it answers')
    : ill('It does not answer, or lets nobody in.', 'The service goes on without: docs/operate.md#redis-down')
}

const mail = async ({ smtpUrl, environment }: Config): Promise<Finding> => {
  if (smtpUrl !== null)
    return reached(smtpUrl.reveal(), 'Without it nobody can sign in: look at SMTP_URL and the way there.')
  return environment === 'production'
    ? ill('SMTP_URL is not set.', 'Nobody can sign in: set SMTP_URL.')
    : skipped('SMTP_URL is not set; mails are at /dev/mail.')
}

const stripe = async ({ stripe: settings }: Config): Promise<Finding> =>
  settings === null
    ? skipped('STRIPE_SECRET_KEY is not set.')
    : reached(settings.apiBase ?? STRIPE, 'Payments wait until it can be reached: look at the way out.')

const reached = async (address: string, remedy: string): Promise<Finding> => {
  const { hostname, port, protocol } = new URL(address)
  const place = `${hostname}:${port === '' ? DEFAULT_PORTS[protocol] : port}`
  try {
    await opened(hostname, Number(port === '' ? DEFAULT_PORTS[protocol] : port))
    return well(`${place} takes connections`)
  } catch (error) {
    return ill(`${place}: ${messageOf(error)}`, remedy)
  }
}

const opened = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
    socket.once('timeout', () => {
      socket.destroy()
      reject(new Error(`Nobody answered within ${PATIENCE_MS / 1_000} s.`))
    })
  })

/** Each process of each. */
const subgraphs = ({ subgraphUrls }: Config): readonly Check[] =>
  [...subgraphUrls].flatMap(([name, urls]) =>
    urls.map((url) => ({ name: `Subgraph ${name}`, look: () => readiness(url) })),
  )

const platform = async ({ home }: Config): Promise<Finding> => {
  const url = await runningUrl(home)
  return url === null ? skipped('No platform in one process serves this home.') : readiness(url)
}

const readiness = async (url: string): Promise<Finding> => {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) })
    const said = await answer.text()
    return answer.ok ? well(`${url} is ready`) : ill(`${url}: ${said}`, 'Its log says why.')
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    return ill(`${url}: ${messageOf(cause)}`, 'Start it, or correct SUBGRAPH_URLS.')
  }
}
