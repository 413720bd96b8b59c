/** What companies used, under the names that monitoring of the products before this one knew. */
import { everyCell } from '@stormops/chassis/cells/across-cells'
import type { Database } from '@stormops/chassis/database/database'
import type { FigureValue, PlatformFigures } from '@stormops/chassis/platform-figures'
import { publicId } from '@stormops/chassis/values/ids'
import { OTHERS, usageSeries } from './domain/usage-series.ts'
import type { Total } from './domain/usage-series.ts'
import { usageTotals } from './store/usage-totals.ts'
import type { UsageTotal } from './store/usage-totals.ts'

const MESSAGES = 'kg_messages_processed_total'
const EVENTS = 'billing_events_ingested_total'
const QUERIES = 'billing_rca_queries_total'
const STORAGE = 'billing_storage_used_bytes'

/** Folders are walked for it, and nothing hangs on the last minute. */
const STORAGE_EVERY_SECONDS = 300

const clientId = (company: string): string => (company === OTHERS ? OTHERS : publicId('ten', company))

const valuesOf = (series: readonly Total[]): readonly FigureValue[] =>
  series.flatMap(({ company, totals }) =>
    Object.entries(totals).map(([name, value]) => ({
      name,
      labels: { client_id: clientId(company) },
      value,
    })),
  )

/**
 * Companies with the most lines of the ledger first, wherever they live. Without a cell that is away there are none: a
 * count that comes back would look as if all of it had been used just then.
 */
const totalsOfAll = async (database: Pick<Database, 'cells'>): Promise<readonly UsageTotal[]> => {
  const [only, ...others] = await everyCell(database, ({ withPlatform }) => withPlatform(usageTotals))
  if (others.length === 0) return only ?? []
  const companies = new Map<string, UsageTotal>()
  // While a company moves it may be seen on both sides, of which one has less.
  for (const total of [only ?? [], ...others].flat()) {
    const known = companies.get(total.tenantId)
    if (known === undefined || total.usageEvents > known.usageEvents) companies.set(total.tenantId, total)
  }
  return [...companies.values()].toSorted((one, other) => other.usageEvents - one.usageEvents)
}

/** `storedBytes` is what the files of each company take. */
export const usageFigures = (
  database: Pick<Database, 'cells'>,
  storedBytes: () => Promise<ReadonlyMap<string, number>>,
): readonly PlatformFigures[] => {
  const series = usageSeries()
  return [
    {
      definitions: [
        { name: MESSAGES, help: 'Journey events taken of storms, by company.', kind: 'counter' },
        { name: EVENTS, help: 'Lines of the usage ledger, by company.', kind: 'counter' },
        { name: QUERIES, help: 'Operations of the graph that were counted, by company.', kind: 'counter' },
      ],
      read: async () => {
        const totals = await totalsOfAll(database)
        return valuesOf(
          series.of(
            totals.map(({ tenantId, journeyEvents, usageEvents, apiCalls }) => ({
              company: tenantId,
              totals: { [MESSAGES]: journeyEvents, [EVENTS]: usageEvents, [QUERIES]: apiCalls },
            })),
          ),
        )
      },
    },
    {
      definitions: [{ name: STORAGE, help: 'Bytes that the files of a company take.', kind: 'gauge' }],
      everySeconds: STORAGE_EVERY_SECONDS,
      read: async () => {
        const stored = [...(await storedBytes())].toSorted(([, one], [, other]) => other - one)
        // A gauge may fall, so it is of those that are the largest now.
        return valuesOf(
          usageSeries().of(stored.map(([company, bytes]) => ({ company, totals: { [STORAGE]: bytes } }))),
        )
      },
    },
  ]
}
