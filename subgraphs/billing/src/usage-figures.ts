/** What companies used, under the names that monitoring of the products before this one knew. */
import type { FigureValue, PlatformFigures } from '@stormops/chassis/platform-figures'
import { publicId } from '@stormops/chassis/values/ids'
import { OTHERS, usageSeries } from './domain/usage-series.ts'
import type { Total } from './domain/usage-series.ts'
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

/** `usageTotals` are of all companies, those with the most lines first; `storedBytes` is what the files of each take. */
export const usageFigures = (
  usageTotals: () => Promise<readonly UsageTotal[]>,
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
        const totals = await usageTotals()
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
