/** `stripe reconcile`: compares what Stripe has with what the platform has, now rather than on Monday. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import type { Config } from '@stormops/chassis/config'
import { appConnection } from '@stormops/chassis/database/migrate'
import { Fault } from '@stormops/chassis/fault'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { signingKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { findDatabaseHome } from '../database-home.ts'
import { openJobWork } from '../job-work.ts'
import { processParts } from '../process-parts.ts'
import { stripeBeside } from '../stripe.ts'
import { openLookups } from '../subgraph-services.ts'
import { printLine } from '../terminal.ts'

type ReconcileOptions = { readonly dryRun?: boolean; readonly json?: boolean }

export const stripeCommand = (program: Command): void => {
  program
    .command('stripe')
    .description('payments at Stripe')
    .command('reconcile')
    .description(
      'compare what Stripe has with what we have, and repair what is safe; exits with 1 when more is left',
    )
    .option('--dry-run', 'repair nothing')
    .option('--json', 'print JSON')
    .action(async ({ dryRun, json }: ReconcileOptions) => {
      const found = await reconcile(readConfig(process.env), dryRun === true)
      if (json === true) printLine(JSON.stringify(found))
      else for (const line of linesOf(found)) printLine(line)
      if (found.differences.some(({ outcome }) => outcome !== 'REPAIRED')) process.exitCode = 1
    })
}

const reconcile = async (config: Config, dryRun: boolean) => {
  const place = findDatabaseHome(config)
  if (place === null)
    throw new Fault('UNAVAILABLE', 'Nothing runs in this home, and DATABASE_URL names no database.')
  const stripe = stripeBeside(config)
  if (stripe === null) throw new Fault('UNAVAILABLE', 'Payments are not configured: set STRIPE_SECRET_KEY.')
  await stripe.assertGenuine()
  const log = createLog('silent')
  const connection = appConnection(place.admin, place.secret)
  const work = await openJobWork(connection, log, 'sends')
  const keys = await signingKeys(config.home, config.keysDirectory)
  const { unseal } = processSeal()
  const parts = processParts(config, { connection, queue: work.queue, unseal, keys, log })
  const { tenancy, billing } = await openLookups({ ...parts, stripe })
  try {
    const { reconcile: compare } = billing.payments
    if (compare === null) throw new Fault('INTERNAL', 'Billing has no Stripe to compare with.')
    return await compare(dryRun)
  } finally {
    await tenancy.close()
    await billing.close()
    await work.close()
  }
}

const linesOf = ({
  compared,
  differences,
  dryRun,
}: Awaited<ReturnType<typeof reconcile>>): readonly string[] => [
  `Compared ${compared.customers} customers, ${compared.subscriptions} subscriptions and ${compared.invoices} invoices.`,
  ...differences.map(
    ({ outcome, kind, subject, message }) =>
      `  ${outcome.padEnd(10)}  ${kind.padEnd(21)}  ${subject}  ${message}`,
  ),
  differences.length === 0
    ? 'Nothing differs.'
    : `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}${dryRun ? ', and nothing was changed' : ''}.`,
]
