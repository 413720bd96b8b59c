/** `invoice show`: one invoice of a company, on the screen or as a file. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { formatMoney, money } from '@stormops/chassis/values/money'
import { fetchReport } from '../client.ts'
import type { GraphClient } from '../client.ts'
import { asOwner } from '../session.ts'
import { printLine } from '../terminal.ts'

type Amount = { readonly minorUnits: number; readonly currency: string }
type Line = { readonly description: string; readonly amount: Amount }
type Invoice = {
  readonly id: string
  readonly number: string | null
  readonly status: string
  readonly periodStartsOn: string
  readonly nextPeriodStartsOn: string
  readonly dueAt: string | null
  readonly lines: readonly Line[]
  readonly total: Amount
  readonly credited: Amount
  readonly amountDue: Amount
  readonly contentHash: string
}

const AMOUNT = '{ minorUnits currency }'
const FIELDS = `id number status periodStartsOn nextPeriodStartsOn dueAt contentHash
  lines { kind metric description quantity included unitPrice ${AMOUNT} unitSize amount ${AMOUNT} }
  total ${AMOUNT} credited ${AMOUNT} amountDue ${AMOUNT} creditNotes { number amount ${AMOUNT} reason createdAt }`
const ONE = `query Invoice($id: ID!) { invoice(id: $id) { ${FIELDS} } }`
const PDF = `query InvoicePdf($id: ID!) { invoice(id: $id) { pdf { url sha256 } } }`
const NUMBERS = `query InvoiceNumbers($after: String) {
  invoices(first: 100, after: $after) { edges { node { id number } } pageInfo { hasNextPage endCursor } }
}`

type ShowOptions = { readonly tenant: string; readonly json?: boolean; readonly pdf?: string }

export const showCommand = (invoice: Command): void => {
  invoice
    .command('show <number>')
    .description('one invoice, named by its number or its id (inv_…)')
    .requiredOption('--tenant <slug>', 'the company whose invoice it is')
    .option('--pdf <file>', 'write the file to print here')
    .option('--json', 'print JSON')
    .action(async (named: string, { tenant, json = false, pdf }: ShowOptions) => {
      await asOwner(readConfig(process.env), tenant, async (client) => {
        const id = named.startsWith('inv_') ? named : await idOfNumber(client, named)
        const found =
          id === null ? null : (await client.ask<{ invoice: Invoice | null }>(ONE, { id })).invoice
        if (found === null) throw new Fault('NOT_FOUND', `${tenant} has no invoice ${named}.`)
        if (json) printLine(JSON.stringify(found, null, 2))
        else for (const line of invoiceLines(found)) printLine(line)
        if (pdf !== undefined) await writePdf(client, found.id, pdf)
      })
    })
}

const writePdf = async (client: GraphClient, id: string, file: string): Promise<void> => {
  const { invoice } = await client.ask<{ invoice: { pdf: { url: string } | null } | null }>(PDF, { id })
  if (invoice === null || invoice.pdf === null) {
    throw new Fault('UNAVAILABLE', 'The file could not be made. Try again in a minute.')
  }
  await fetchReport(invoice.pdf.url, file)
}

type Numbers = {
  readonly invoices: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly number: string | null } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

const idOfNumber = async (client: GraphClient, number: string): Promise<string | null> => {
  let after: string | null = null
  for (;;) {
    const { invoices }: Numbers = await client.ask<Numbers>(NUMBERS, { after })
    const found = invoices.edges.find(({ node }) => node.number === number)
    if (found !== undefined) return found.node.id
    if (!invoices.pageInfo.hasNextPage) return null
    after = invoices.pageInfo.endCursor
  }
}

const written = ({ minorUnits, currency }: Amount): string => formatMoney(money(BigInt(minorUnits), currency))

const AMOUNT_WIDTH = 14

const invoiceLines = (invoice: Invoice): readonly string[] => [
  `${invoice.number ?? 'Draft'}  ${invoice.status}  ${invoice.periodStartsOn} until ${invoice.nextPeriodStartsOn}`,
  ...invoice.lines.map(
    ({ amount, description }) => `${written(amount).padStart(AMOUNT_WIDTH)}  ${description}`,
  ),
  `${written(invoice.total).padStart(AMOUNT_WIDTH)}  total`,
  ...(invoice.credited.minorUnits === 0
    ? []
    : [`${written(invoice.credited).padStart(AMOUNT_WIDTH)}  credited`]),
  `${written(invoice.amountDue).padStart(AMOUNT_WIDTH)}  due${invoice.dueAt === null ? '' : ` by ${invoice.dueAt.slice(0, 10)}`}`,
  `  content hash: ${invoice.contentHash}`,
]
