/** `jobs list|show|rerun|cancel|dead|redrive|alerts|stats`: what the platform does outside of requests, and what to do about it. */
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { succeeded } from '../client.ts'
import type { GraphClient } from '../client.ts'
import {
  ACKNOWLEDGE,
  ALERTS,
  CANCEL,
  deadLettersDocument,
  jobDocument,
  jobsDocument,
  REDRIVE,
  RERUN,
  STATS,
} from '../job-documents.ts'
import type { Alert, ListedJob, Page, ShownJob, Stats, Watched } from '../job-documents.ts'
import { alertLines, isWatched, jobLines, listLines, statsLines } from '../job-lines.ts'
import { asOwner, asStaff } from '../session.ts'
import { printLine } from '../terminal.ts'

const STATES = ['QUEUED', 'RUNNING', 'RETRYING', 'SUCCEEDED', 'FAILED', 'CANCELLED']

/** As long as one page of the graph. */
const LARGEST_PAGE = 100

export const jobsCommand = (program: Command): void => {
  const jobs = program.command('jobs').description('what the platform does outside of requests')
  listCommand(jobs)
  showCommand(jobs)
  rerunCommand(jobs)
  cancelCommand(jobs)
  deadCommand(jobs)
  redriveCommand(jobs)
  alertsCommand(jobs)
  statsCommand(jobs)
}

type Asked = { readonly tenant?: string; readonly json?: boolean }

/** As the company's owner, or as staff of the platform who see everybody's. */
const asWhom = <T>(
  { tenant }: Asked,
  work: (client: GraphClient, isStaff: boolean) => Promise<T>,
): Promise<T> => {
  const config = readConfig(process.env)
  return tenant === undefined
    ? asStaff(config, (client) => work(client, true))
    : asOwner(config, tenant, (client) => work(client, false))
}

const print = (json: boolean | undefined, value: unknown, lines: readonly string[]): void => {
  if (json === true) printLine(JSON.stringify(value, null, 2))
  else for (const line of lines) printLine(line)
}

const forWhom = (command: Command): Command =>
  command
    .option('--tenant <slug>', 'the company whose jobs they are; default staff, who see everybody’s')
    .option('--json', 'print JSON')

const limitOption = (): Option =>
  new Option('--limit <count>', `how many at most, 1 to ${LARGEST_PAGE}`).default(20).argParser((text) => {
    const count = Number(text)
    if (Number.isInteger(count) && count >= 1 && count <= LARGEST_PAGE) return count
    throw new InvalidArgumentError(`Give a whole number from 1 to ${LARGEST_PAGE}.`)
  })

type ListOptions = Asked & {
  readonly state?: string
  readonly name?: string
  readonly since?: string
  readonly limit: number
}

const listCommand = (jobs: Command): void => {
  forWhom(jobs.command('list').description('jobs, newest first'))
    .addOption(new Option('--state <state>', 'only those that stand here').choices(STATES))
    .option('--name <kind>', 'only this kind, such as storms.open-pilot')
    .option('--since <time>', 'only those asked for within this time, such as 30m, 6h or 2d')
    .addOption(limitOption())
    .action(async ({ state, name, since, limit, ...asked }: ListOptions) => {
      const filter = {
        ...(state === undefined ? {} : { state }),
        ...(name === undefined ? {} : { name }),
        ...(since === undefined ? {} : { sinceAt: timeAgo(since) }),
      }
      await asWhom(asked, async (client, isStaff) => {
        const { jobRuns } = await client.ask<{ jobRuns: Page<ListedJob> }>(jobsDocument(isStaff), {
          filter,
          first: limit,
        })
        printJobs(asked, 'jobs', jobRuns)
      })
    })
}

const printJobs = ({ json }: Asked, noun: string, { edges, pageInfo }: Page<ListedJob>): void => {
  const found = edges.map(({ node }) => node)
  print(json, found, listLines(found, { noun, more: pageInfo.hasNextPage, now: new Date() }))
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

const timeAgo = (text: string): string => {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? []
  const milliseconds = UNITS[unit]
  if (count === undefined || milliseconds === undefined) {
    throw new Fault('BAD_INPUT', `${text} is no time such as 30m, 6h or 2d.`)
  }
  return new Date(Date.now() - Number(count) * milliseconds).toISOString()
}

const showCommand = (jobs: Command): void => {
  forWhom(
    jobs.command('show <job>').description('one job (job_…) with everything that happened to it'),
  ).action((id: string, asked: Asked) =>
    asWhom(asked, async (client, isStaff) => {
      const { jobRun } = await client.ask<{ jobRun: ShownJob | null }>(jobDocument(isStaff), { id })
      if (jobRun === null) throw new Fault('NOT_FOUND', `There is no job ${id}.`)
      print(asked.json, jobRun, jobLines(jobRun))
    }),
  )
}

type Changed = { readonly id: string; readonly name: string; readonly state: string }
type Result = { readonly __typename: string; readonly message?: string; readonly job: Changed }

const rerunCommand = (jobs: Command): void => {
  forWhom(
    jobs
      .command('rerun <job>')
      .description('do a job that ended again, with what it was asked then; steps that are done stay done'),
  ).action((jobId: string, asked: Asked) =>
    asWhom(asked, async (client) => {
      const { rerunJob } = await client.ask<{ rerunJob: Result }>(RERUN, { input: { jobId } })
      const { job } = succeeded(rerunJob)
      print(asked.json, job, [`${job.name} is done again as ${job.id}.`])
    }),
  )
}

const cancelCommand = (jobs: Command): void => {
  forWhom(jobs.command('cancel <job>').description('call a job off; one under way ends within seconds'))
    .option('--reason <text>', 'why; the company’s audit keeps it')
    .action((jobId: string, { reason, ...asked }: Asked & { readonly reason?: string }) =>
      asWhom(asked, async (client) => {
        const input = { jobId, ...(reason === undefined ? {} : { reason }) }
        const { cancelJob } = await client.ask<{ cancelJob: Result }>(CANCEL, { input })
        const { job } = succeeded(cancelJob)
        const told = job.state === 'CANCELLED' ? 'is called off' : 'ends within seconds'
        print(asked.json, job, [`${job.name} (${job.id}) ${told}.`])
      }),
    )
}

type DeadOptions = Asked & { readonly name?: string; readonly limit: number }

const askDeadLetters = async (
  client: GraphClient,
  isStaff: boolean,
  { name, limit }: Pick<DeadOptions, 'name' | 'limit'>,
): Promise<Page<ListedJob>> => {
  const filter = name === undefined ? {} : { name }
  const variables = { filter, first: limit }
  return (await client.ask<{ deadLetters: Page<ListedJob> }>(deadLettersDocument(isStaff), variables))
    .deadLetters
}

const deadCommand = (jobs: Command): void => {
  forWhom(jobs.command('dead').description('dead letters: jobs that failed for good, the latest first'))
    .option('--name <kind>', 'only this kind')
    .addOption(limitOption())
    .action((options: DeadOptions) =>
      asWhom(options, async (client, isStaff) =>
        printJobs(options, 'dead letters', await askDeadLetters(client, isStaff, options)),
      ),
    )
}

type Redriven = {
  readonly __typename: string
  readonly message?: string
  readonly jobs: readonly (Changed & { readonly rerunOf: { readonly id: string } | null })[]
}

const redriveCommand = (jobs: Command): void => {
  forWhom(
    jobs
      .command('redrive [jobs...]')
      .description('do dead letters again: those that are named, or the latest of a kind with --name'),
  )
    .option('--name <kind>', 'the latest of this kind, of every company unless --tenant says which')
    .addOption(limitOption())
    .action((named: readonly string[], options: DeadOptions) => {
      if (named.length > 0 === (options.name !== undefined)) {
        throw new Fault('BAD_INPUT', 'Name the jobs, or say which kind with --name.')
      }
      return asWhom(options, async (client, isStaff) => {
        const jobIds = named.length > 0 ? named : await idsOfKind(client, isStaff, options)
        const redriven = jobIds.length === 0 ? [] : await redrive(client, jobIds)
        print(options.json, redriven, [
          ...redriven.map(({ id, name, rerunOf }) => `${rerunOf?.id ?? ''}  ${name} is done again as ${id}`),
          `${redriven.length} dead letters are done again.`,
        ])
      })
    })
}

const idsOfKind = async (client: GraphClient, isStaff: boolean, options: DeadOptions) =>
  (await askDeadLetters(client, isStaff, options)).edges.map(({ node }) => node.id)

const redrive = async (client: GraphClient, jobIds: readonly string[]): Promise<Redriven['jobs']> => {
  const { redriveDeadLetters } = await client.ask<{ redriveDeadLetters: Redriven }>(REDRIVE, {
    input: { jobIds },
  })
  return succeeded(redriveDeadLetters).jobs
}

type Alerts = { readonly platformAlerts: Page<Alert>; readonly platformStats: Watched }

type AlertOptions = { readonly all?: boolean; readonly acknowledge?: string; readonly json?: boolean }

const alertsCommand = (jobs: Command): void => {
  jobs
    .command('alerts')
    .description(
      'what of the platform is out of bounds; exits with 1 when more than a hint is, or nobody watches',
    )
    .option('--all', 'those that are over too, newest first')
    .option('--acknowledge <alert>', 'take note of this one (palert_…), so that others know')
    .option('--json', 'print JSON')
    .action(({ all, acknowledge, json }: AlertOptions) =>
      asStaff(readConfig(process.env), async (client) => {
        if (acknowledge !== undefined) return takeNote(client, acknowledge, json)
        const { platformAlerts, platformStats } = await client.ask<Alerts>(ALERTS, {
          filter: all === true ? {} : { isOpen: true },
          first: LARGEST_PAGE,
        })
        const alerts = platformAlerts.edges.map(({ node }) => node)
        print(json, alerts, alertLines(alerts, platformStats))
        const isBad = alerts.some(({ closedAt, severity }) => closedAt === null && severity !== 'INFO')
        if (isBad || !isWatched(platformStats)) process.exitCode = 1
      }),
    )
}

type Noted = {
  readonly __typename: string
  readonly message?: string
  readonly alert: { readonly key: string; readonly acknowledgedBy: string | null }
}

const takeNote = async (client: GraphClient, alertId: string, json: boolean | undefined): Promise<void> => {
  const { acknowledgePlatformAlert } = await client.ask<{ acknowledgePlatformAlert: Noted }>(ACKNOWLEDGE, {
    input: { alertId },
  })
  const { alert } = succeeded(acknowledgePlatformAlert)
  print(json, alert, [`${alert.key} is noted by ${alert.acknowledgedBy ?? 'nobody'}.`])
}

const statsCommand = (jobs: Command): void => {
  jobs
    .command('stats')
    .description('how the platform’s jobs fare: who works, what waits, how the last hour went')
    .option('--json', 'print JSON')
    .action(({ json }: Asked) =>
      asStaff(readConfig(process.env), async (client) => {
        const { platformStats } = await client.ask<{ platformStats: Stats }>(STATS)
        print(json, platformStats, statsLines(platformStats, new Date()))
      }),
    )
}
