/** Reports of comparisons with Stripe, which only the ledger's role may write and staff read. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Reconciliation } from '../domain/reconciliation.ts'

export const keepReconciliation = async (
  tx: PlatformTx,
  { id, startedAt, endedAt, dryRun, compared, differences }: Reconciliation,
): Promise<void> => {
  await tx.change(
    `insert into billing.reconciliation (id, started_at, ended_at, dry_run, compared, differences)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, startedAt, endedAt, dryRun, JSON.stringify(compared), JSON.stringify(differences)],
  )
}

/** Newest first, one more than the page holds. */
export const pageOfReconciliations = (
  tx: PlatformTx,
  { first, after }: PageRequest,
): Promise<readonly Reconciliation[]> =>
  tx.rows<Reconciliation>(
    `select id, started_at as "startedAt", ended_at as "endedAt", dry_run as "dryRun", compared, differences
       from billing.reconciliation where $1::uuid is null or id < $1 order by id desc limit $2`,
    [after, first + 1],
  )
