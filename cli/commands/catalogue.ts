/** `catalogue load|retire|list|show|price`: what is sold, as data. Loading and retiring need the owner's database. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import {
  catalogueNames,
  maybeCatalogue,
  publishCatalogue,
  retirePlan,
} from '@stormops/billing/catalogue-store'
import type { PublishedCatalogue, PublishedPlan } from '@stormops/billing/catalogue-store'
import { chargeText } from '@stormops/billing/catalogue-texts'
import { priceMonth } from '@stormops/billing/price-month'
import { readCatalogue } from '@stormops/billing/read-catalogue'
import { readConfig } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { formatMoney, moneyFromDecimalText } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import { asDatabaseOwner } from '../owner-session.ts'
import { printLine } from '../terminal.ts'

export const catalogueCommand = (program: Command): void => {
  const catalogue = program.command('catalogue').description('the plans that are sold')
  loadCommand(catalogue)
  retireCommand(catalogue)
  listCommand(catalogue)
  showCommand(catalogue)
  priceCommand(catalogue)
}

type Json = { readonly json?: boolean }

/** Amounts and counts are bigint inside; JSON has them as numbers where those are exact, and as text beyond. */
const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'bigint') return inner
    return Number.isSafeInteger(Number(inner)) ? Number(inner) : String(inner)
  })

const print = ({ json }: Json, value: unknown, lines: readonly string[]): void => {
  if (json === true) printLine(jsonOf(value))
  else for (const line of lines) printLine(line)
}

const loadCommand = (catalogue: Command): void => {
  catalogue
    .command('load <file>')
    .description('publish the plans of a file that are not published yet; what is published never changes')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Json) => {
      const read = readCatalogue(readFileSync(file, 'utf8'))
      const result = await asDatabaseOwner(readConfig(process.env), (rows) => publishCatalogue(rows, read))
      print(options, { catalogue: read.name, ...result }, [
        ...result.published.map((plan) => `${read.name}: ${plan} is published.`),
        ...(result.published.length === 0 ? [`${read.name}: everything is published already.`] : []),
      ])
    })
}

const retireCommand = (catalogue: Command): void => {
  catalogue
    .command('retire <catalogue> <tier> <version>')
    .description('let nobody sign for a version any more; whoever has it keeps it')
    .option('--at <instant>', 'from when on, as RFC 3339; now when left out', instant)
    .option('--json', 'print JSON')
    .action(async (name: string, tier: string, version: string, options: Json & { at?: Date }) => {
      const plan = { catalogue: name, tier, version: wholeNumber(version), at: options.at ?? new Date() }
      const retiredAt = await asDatabaseOwner(readConfig(process.env), (rows) => retirePlan(rows, plan))
      print(options, { ...plan, at: undefined, retiredAt }, [
        `${name}: ${tier} version ${version} is offered until ${retiredAt.toISOString()}.`,
      ])
    })
}

const listCommand = (catalogue: Command): void => {
  catalogue
    .command('list')
    .description('the catalogues and their plans')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const all = await asDatabaseOwner(readConfig(process.env), async (rows) => {
        const found: PublishedCatalogue[] = []
        for (const name of await catalogueNames(rows)) {
          const one = await maybeCatalogue(rows, name)
          if (one !== null) found.push(one)
        }
        return found
      })
      const listed = all.map(({ name, currency, plans }) => ({
        name,
        currency,
        plans: plans.map(({ tier, version, retiredAt }) => ({ tier, version, retiredAt })),
      }))
      print(
        options,
        listed,
        all.flatMap(({ name, currency, plans }) => [
          `${name} (${currency})`,
          ...plans.map((plan) => `  ${headOf(plan)}`),
        ]),
      )
    })
}

const showCommand = (catalogue: Command): void => {
  catalogue
    .command('show <catalogue>')
    .description('all that a catalogue says')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Json) => {
      const shown = await published(name)
      print(options, withTexts(shown), [
        `${shown.name} (${shown.currency})`,
        ...shown.plans.flatMap((plan) => [
          `  ${headOf(plan)}`,
          ...plan.charges.map((charge) => `    ${charge.metric}: ${chargeText(charge, plan.currency)}`),
        ]),
      ])
    })
}

const withTexts = ({ plans, ...catalogue }: PublishedCatalogue) => ({
  ...catalogue,
  plans: plans.map(({ charges, ...plan }) => ({
    ...plan,
    charges: charges.map((charge) => ({
      metric: charge.metric,
      limit: charge.limit,
      included: charge.included,
      says: chargeText(charge, plan.currency),
    })),
  })),
})

const headOf = ({ tier, version, name, monthlyPrice, offeredFrom, retiredAt }: PublishedPlan): string => {
  const price = monthlyPrice === null ? 'by agreement' : `${formatMoney(monthlyPrice)} a month`
  const until = retiredAt === null ? '' : `, until ${retiredAt.toISOString()}`
  return `${tier} version ${version}, ${name}: ${price}, offered from ${offeredFrom.toISOString()}${until}`
}

type PriceOptions = Json & {
  readonly usage?: ReadonlyMap<string, bigint>
  readonly version?: number
  readonly month?: string
  readonly agreedPrice?: string
}

const priceCommand = (catalogue: Command): void => {
  catalogue
    .command('price <catalogue> <tier>')
    .description(
      'what a month costs, by the rules that make invoices; what is included by the day is used evenly',
    )
    .option('--usage <metric=n,...>', 'what was used of each metric', usageOf)
    .option('--version <n>', 'the version of the plan; the newest when left out', wholeNumber)
    .option('--month <yyyy-mm>', 'which month; this one when left out')
    .option('--agreed-price <decimal>', 'the monthly price, where it is by agreement')
    .option('--json', 'print JSON')
    .action(async (name: string, tier: string, options: PriceOptions) => {
      const from = await published(name)
      const month = `${options.month ?? new Date().toISOString().slice(0, 'yyyy-mm'.length)}-01`
      const { lines, base, overage, total } = priceMonth({
        catalogue: from,
        tier,
        version: options.version ?? null,
        month,
        usage: options.usage ?? new Map(),
        agreedPrice: agreed(options.agreedPrice, from.currency),
      })
      const shown = lines.map(({ metric, description, quantity, included, amount }) => ({
        metric,
        description,
        quantity,
        included,
        amount,
      }))
      print(options, { catalogue: name, tier, month, lines: shown, base, overage, total }, [
        ...lines.map(
          ({ description, amount }) => `${formatMoney(amount).padStart(AMOUNT_WIDTH)}  ${description}`,
        ),
        `${formatMoney(total).padStart(AMOUNT_WIDTH)}  in all`,
      ])
    })
}

/** Room for `$999,999.99`. */
const AMOUNT_WIDTH = 11

const published = async (name: string): Promise<PublishedCatalogue> => {
  const found = await asDatabaseOwner(readConfig(process.env), (rows) => maybeCatalogue(rows, name))
  if (found === null) throw new Fault('NOT_FOUND', `There is no catalogue ${name}.`)
  return found
}

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.')
  return Number(text)
}

const instant = (text: string): Date => {
  const at = new Date(text)
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It is an instant such as 2027-01-01T00:00:00Z.')
  return at
}

const usageOf = (text: string): ReadonlyMap<string, bigint> =>
  new Map(
    text.split(',').map((part): [string, bigint] => {
      const [, metric, quantity] = /^([A-Z][A-Z0-9_]*)=(\d+)$/.exec(part.trim()) ?? []
      if (metric === undefined || quantity === undefined) {
        throw new InvalidArgumentError('It is written STORMS=7,PROPERTIES=6000.')
      }
      return [metric, BigInt(quantity)]
    }),
  )

const agreed = (text: string | undefined, currency: string): Money | null => {
  if (text === undefined) return null
  const price = moneyFromDecimalText(text, currency)
  if (price === null) throw new Fault('BAD_INPUT', `${text} is no amount of ${currency}, such as 5000.00.`)
  return price
}
