/** `invoice close-month`, `verify` and `show`. */
import type { Command } from 'commander'
import type { ClosedMonth, InvoiceProof } from '@stormops/billing'
import { isLeftOpen, whyLeftOpen } from '@stormops/billing'
import { readConfig } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { formatMoney } from '@stormops/chassis/values/money'
import { tenantIds } from '@stormops/tenancy/port'
import { atInvoicingDesk } from '../invoicing-desk.ts'
import { tenantOfSlug } from '../tenant-lookup.ts'
import { printLine } from '../terminal.ts'
import { showCommand } from './invoice-show.ts'

export const invoiceCommand = (program: Command): void => {
  const invoice = program.command('invoice').description('what companies are asked to pay')
  closeMonthCommand(invoice)
  verifyCommand(invoice)
  showCommand(invoice)
}

type CloseOptions = { readonly month?: string; readonly dryRun?: boolean; readonly json?: boolean }

const closeMonthCommand = (invoice: Command): void => {
  invoice
    .command('close-month')
    .description(
      'close every company’s months that are over, and open their invoices; exits with 1 when a month had to be left open',
    )
    .option(
      '--month <month>',
      'only this month, such as 2026-10, as soon as it is over; default all that are due',
    )
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--json', 'print JSON')
    .action(async ({ month, dryRun = false, json = false }: CloseOptions) => {
      const which = month === undefined ? {} : { month: firstDayOf(month), graceMs: 0 }
      const closed = await atInvoicingDesk(readConfig(process.env), (desk) =>
        desk.closeMonths({ ...which, dryRun }),
      )
      if (json)
        printLine(
          JSON.stringify(
            closed.map((one) => closedAsJson(one, dryRun)),
            null,
            2,
          ),
        )
      else for (const line of closedLines(closed, dryRun)) printLine(line)
      if (closed.some(isLeftOpen)) process.exitCode = 1
    })
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

const firstDayOf = (month: string): string => {
  if (!MONTH.test(month)) throw new Fault('BAD_INPUT', `${month} is no month such as 2026-10.`)
  return `${month}-01`
}

/** A number is given only with the invoice; what would be opened has none yet. */
const numberOf = (one: Extract<ClosedMonth, { readonly kind: 'opened' }>, dryRun: boolean): string =>
  dryRun ? 'not numbered' : (one.invoice.number ?? '')

const closedAsJson = (one: ClosedMonth, dryRun: boolean): object => ({
  tenantId: tenantIds.encode(one.tenantId),
  month: one.month,
  outcome: one.kind,
  ...(one.kind === 'opened'
    ? { number: dryRun ? null : one.invoice.number, total: formatMoney(one.invoice.total) }
    : {}),
  ...(isLeftOpen(one) ? { reason: whyLeftOpen(one) } : {}),
})

const closedLines = (closed: readonly ClosedMonth[], dryRun: boolean): readonly string[] => {
  const opened = closed.filter((one) => one.kind === 'opened')
  const left = closed.filter(isLeftOpen)
  return [
    ...opened.map((one) =>
      [
        numberOf(one, dryRun),
        one.month.slice(0, 7),
        tenantIds.encode(one.tenantId),
        formatMoney(one.invoice.total),
      ].join('  '),
    ),
    ...left.map(
      (one) => `left open: ${one.month.slice(0, 7)}  ${tenantIds.encode(one.tenantId)}  ${whyLeftOpen(one)}`,
    ),
    `${closed.length - left.length} months ${dryRun ? 'would be' : 'are'} closed, ${opened.length} invoices ${dryRun ? 'would be ' : ''}opened, ${left.length} left open.`,
  ]
}

type VerifyOptions = { readonly tenant?: string; readonly all?: boolean; readonly json?: boolean }

const verifyCommand = (invoice: Command): void => {
  invoice
    .command('verify [number]')
    .description(
      'recompute invoices from the ledger and check their hashes; exits with 1 when one does not hold',
    )
    .option('--tenant <slug>', 'the company whose invoice it is')
    .option('--all', 'every invoice of every company')
    .option('--json', 'print JSON')
    .action(async (number: string | undefined, { tenant, all = false, json = false }: VerifyOptions) => {
      if (all === (number !== undefined) || (number !== undefined && tenant === undefined)) {
        throw new Fault('BAD_INPUT', 'Name an invoice and its company with --tenant, or say --all.')
      }
      const config = readConfig(process.env)
      const tenantId = tenant === undefined ? null : (await tenantOfSlug(config, tenant)).id
      const proofs = await atInvoicingDesk(config, (desk) => desk.prove({ tenantId, number: number ?? null }))
      if (number !== undefined && proofs.length === 0) {
        throw new Fault('NOT_FOUND', `${tenant} has no invoice ${number}.`)
      }
      if (json) printLine(JSON.stringify(proofs.map(proofAsJson), null, 2))
      else for (const line of proofLines(proofs)) printLine(line)
      if (proofs.some(({ faults }) => faults.length > 0)) process.exitCode = 1
    })
}

const proofAsJson = ({ number, tenantId, faults }: InvoiceProof): object => ({
  number,
  tenantId: tenantIds.encode(tenantId),
  valid: faults.length === 0,
  faults,
})

const proofLines = (proofs: readonly InvoiceProof[]): readonly string[] => {
  const faulty = proofs.filter(({ faults }) => faults.length > 0)
  return [
    ...faulty.flatMap(({ number, tenantId, faults }) => [
      `${number} of ${tenantIds.encode(tenantId)} does not hold:`,
      ...faults.map((fault) => `  ${fault}`),
    ]),
    proofs.length === 1 && faulty.length === 0
      ? `${proofs[0]?.number ?? ''} is what the ledger says, to the cent, and unchanged since it was issued.`
      : `${proofs.length - faulty.length} of ${proofs.length} invoices hold.`,
  ]
}
