/** Reads a catalogue of plans, whole or not at all: a plan with a fault in it would be sold. */
import { readFileSync } from 'node:fs'
import { Fault } from '@stormops/chassis/fault'
import { money } from '@stormops/chassis/values/money'
import type { z } from 'zod'
import type { Catalogue, CataloguePlan } from '../domain/catalogue.ts'
import type { Charge, PriceTier } from '../domain/charge.ts'
import { catalogueFile } from './catalogue-file.ts'
import type { CatalogueFile, WrittenCharge, WrittenPlan } from './catalogue-file.ts'
import { catalogueFaults } from './catalogue-rules.ts'
import { ownCatalogueFaults } from './own-catalogue.ts'

/** The catalogues that come with the platform; `stormops` is its own. */
export const CATALOGUE_NAMES = ['stormops', 'graph-analytics', 'video-rendering'] as const
export type CatalogueName = (typeof CATALOGUE_NAMES)[number]

export const openCatalogue = (name: CatalogueName): Catalogue =>
  readCatalogue(readFileSync(new URL(`../../catalogues/${name}.json`, import.meta.url), 'utf8'))

/** Throws a BAD_INPUT that tells every fault of the text; `facts.faults` lists them. */
export const readCatalogue = (text: string): Catalogue => {
  const parsed = catalogueFile.safeParse(jsonOf(text))
  if (!parsed.success) throw refusal(parsed.error.issues.map(toldIssue))
  const faults = catalogueFaults(parsed.data)
  if (faults.length > 0) throw refusal(faults)
  const catalogue = catalogueOf(parsed.data)
  const ownFaults = ownCatalogueFaults(catalogue)
  if (ownFaults.length > 0) throw refusal(ownFaults)
  return catalogue
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refusal(['It is not JSON.'], error)
  }
}

const refusal = (faults: readonly string[], cause?: unknown): Fault =>
  new Fault('BAD_INPUT', `The catalogue cannot be read. ${faults.join(' ')}`, { cause, facts: { faults } })

const toldIssue = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`

const catalogueOf = ({ name, currency, metrics, plans }: CatalogueFile): Catalogue => ({
  name,
  currency,
  metrics,
  plans: plans.map((plan) => planOf(plan, currency)),
})

const planOf = ({ monthlyPrice, charges, ...plan }: WrittenPlan, currency: string): CataloguePlan => ({
  ...plan,
  currency,
  monthlyPrice: monthlyPrice === null ? null : money(monthlyPrice.minorUnits.numerator, currency),
  charges: charges.map(chargeOf),
})

const chargeOf = (written: WrittenCharge): Charge => {
  const { metric, window, unitSize } = written
  const counted = { metric, window, unitSize }
  switch (written.limit) {
    case 'HARD':
      return { ...counted, limit: 'HARD', included: written.included, price: null }
    case 'UNLIMITED':
      return { ...counted, limit: 'UNLIMITED', included: null, price: null }
    case 'SOFT':
      return { ...counted, limit: 'SOFT', included: written.included, price: priceOf(written) }
  }
}

type WrittenSoftCharge = Extract<WrittenCharge, { readonly limit: 'SOFT' }>

const priceOf = (written: WrittenSoftCharge): Extract<Charge, { limit: 'SOFT' }>['price'] =>
  'tiers' in written
    ? { model: written.model, tiers: written.tiers.map(tierOf) }
    : { model: written.model, unitPrice: written.unitPrice.minorUnits }

const tierOf = ({
  upTo,
  unitPrice,
  flatFee,
}: Extract<WrittenSoftCharge, { tiers: unknown }>['tiers'][number]): PriceTier => ({
  upTo,
  unitPrice: unitPrice.minorUnits,
  flatFee: flatFee?.minorUnits.numerator ?? 0n,
})
