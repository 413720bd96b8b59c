/**
 * One company's pilot from nothing to its report, through the public graph alone: the same requests a frontend, a
 * crew's app and a partner would send. The properties are made up, and say so in their ids. What an earlier run, broken
 * off half-way, has done already is taken as done.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  csvPieces,
  OUTCOME_MINUTE_OF_DAY,
  syntheticOutcome,
  syntheticStorm,
  syntheticTouches,
  WINDOW_DAYS,
} from '@stormops/storms/synthetic'
import type { SyntheticProperty } from '@stormops/storms/synthetic'
import { GraphFault, succeeded, upload } from '../client.ts'
import type { GraphClient } from '../client.ts'
import {
  COMPLETE_PILOT,
  CREATE_STORM,
  DECISIONS,
  EVENTS,
  IMPORT,
  IMPORT_STATUS,
  OUTCOMES,
  REPORT,
  SCORE,
  START_PILOT,
} from './documents.ts'

export type PilotPlan = {
  readonly storm: 'dfw' | 'lone-star'
  readonly eventId: string
  readonly name: string
  readonly properties: number
  readonly policyMode: 'CONSERVATIVE' | 'MODERATE' | 'AGGRESSIVE'
  readonly costMinorUnits: number
  readonly crewHours: number
}

type Union = { readonly __typename: string; readonly message?: string }
type Estimate = { readonly value: number; readonly low: number; readonly high: number }
type Money = { readonly minorUnits: number; readonly currency: string }

export type Report = {
  readonly verdict: string
  readonly reasons: readonly string[]
  readonly arms: readonly {
    readonly arm: string
    readonly n: number
    readonly conversions: number
    readonly rate: { value: number } | null
  }[]
  readonly lift: { readonly absolute: Estimate; readonly pValue: number | null } | null
  readonly money: {
    readonly incrementalConversions: number
    readonly incrementalRevenue: Money | null
    readonly roi: number | null
    readonly cac: Money | null
  } | null
  readonly inputHash: string
}

export type MeasuredPilot = {
  readonly status: string
  readonly report: Report | null
  readonly reportPdf: { url: string; sha256: string } | null
}

type Decided = { readonly externalId: string; readonly uplift: number | null; readonly decision: string }

/** Rows of one request: small enough for a request's megabyte. */
const BATCH = 2_000
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const PATIENCE_MS = 120_000

/** The window began two weeks ago and is still open, so that everything of it lies in the past. */
export const windowOf = (now: Date): { readonly startsAt: Date; readonly endsAt: Date } => ({
  startsAt: new Date(now.getTime() - (WINDOW_DAYS + 1) * DAY_MS),
  endsAt: new Date(now.getTime() + DAY_MS),
})

export const pilotRun = (client: GraphClient, plan: PilotPlan, now: Date) => {
  const window = windowOf(now)
  const properties = (): Iterable<SyntheticProperty> =>
    syntheticStorm({ seed: plan.eventId, storm: plan.storm, properties: plan.properties })
  const at = (dayOffset: number, minuteOfDay: number): string =>
    new Date(window.startsAt.getTime() + dayOffset * DAY_MS + minuteOfDay * MINUTE_MS).toISOString()

  return {
    createStorm: async (): Promise<string> => {
      const input = { eventId: plan.eventId, name: plan.name, ...window }
      const { createStorm } = await client.ask<{ createStorm: Union & { storm: { id: string } } }>(
        CREATE_STORM,
        { input },
      )
      return succeeded(createStorm, 'StormExists').storm.id
    },
    importProperties: async (stormId: string): Promise<EndedImport> => {
      const uploadId = await upload(client, new Blob([...csvPieces(properties())]))
      const { importProperties } = await client.ask<{ importProperties: Union & { import: { id: string } } }>(
        IMPORT,
        {
          input: { stormId, uploadId },
        },
      )
      return endedImport(client, succeeded(importProperties).import.id)
    },
    score: async (stormId: string): Promise<void> => {
      const { scoreStorm } = await client.ask<{ scoreStorm: Union }>(SCORE, { input: { stormId } })
      succeeded(scoreStorm, 'PolicyFrozen')
    },
    start: async (stormId: string): Promise<string> => {
      const input = {
        stormId,
        policyMode: plan.policyMode,
        cost: { minorUnits: plan.costMinorUnits, currency: 'USD' },
        crewHours: plan.crewHours,
      }
      const { startPilot } = await client.ask<{ startPilot: Union & { pilot: { id: string } } }>(
        START_PILOT,
        { input },
      )
      return succeeded(startPilot, 'PilotRunning').pilot.id
    },
    work: async (stormId: string): Promise<{ readonly outcomes: number; readonly events: number }> => {
      const decisions = await decisionsOf(client, stormId)
      const events: object[] = []
      const outcomes: object[] = []
      for (const property of properties()) {
        const decided = decisions.get(property.externalId)
        if (decided === undefined || decided.decision === 'EXCLUDED') continue
        const treatment = {
          treated: decided.decision === 'TREAT',
          uplift: decided.uplift,
          seed: plan.eventId,
        }
        const outcome = syntheticOutcome(property, treatment)
        const { externalId } = property
        for (const [index, touch] of syntheticTouches(property, treatment, outcome).entries()) {
          events.push({
            stormId,
            externalId,
            kind: touch.kind,
            at: at(touch.dayOffset, touch.minuteOfDay),
            clientEventId: `${externalId}-${index}`,
          })
        }
        outcomes.push({
          externalId,
          converted: outcome.converted,
          ...(outcome.converted ? { value: { minorUnits: outcome.valueMinorUnits, currency: 'USD' } } : {}),
          at: at(outcome.dayOffset ?? WINDOW_DAYS - 1, OUTCOME_MINUTE_OF_DAY),
        })
      }
      for (const batch of batches(events)) {
        const { ingestJourneyEvents } = await client.ask<{ ingestJourneyEvents: Union }>(EVENTS, {
          input: { events: batch },
        })
        succeeded(ingestJourneyEvents)
      }
      for (const batch of batches(outcomes)) {
        const { recordOutcomes } = await client.ask<{ recordOutcomes: Union }>(OUTCOMES, {
          input: { stormId, outcomes: batch },
        })
        succeeded(recordOutcomes)
      }
      return { outcomes: outcomes.length, events: events.length }
    },
    complete: async (pilotId: string): Promise<MeasuredPilot> => {
      const { completePilot } = await client.ask<{ completePilot: Union }>(COMPLETE_PILOT, {
        input: { pilotId },
      })
      succeeded(completePilot)
      return measuredPilot(client, pilotId)
    },
  }
}

const batches = function* <Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH)
}

export type EndedImport = {
  readonly status: string
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly fault: string | null
  readonly rejections: readonly { readonly line: number; readonly reason: string }[]
}

/** The import, once its file is read; throws `GraphFault` where the file as a whole was refused. */
export const endedImport = (client: GraphClient, importId: string): Promise<EndedImport> =>
  soon(async () => {
    const { propertyImport } = await client.ask<{ propertyImport: EndedImport }>(IMPORT_STATUS, {
      id: importId,
    })
    if (propertyImport.status === 'REFUSED')
      throw new GraphFault(propertyImport.fault ?? 'The file was refused.')
    return propertyImport.status === 'COMPLETED' ? propertyImport : null
  })

/** The report, once it is there. */
export const measuredPilot = (client: GraphClient, pilotId: string): Promise<MeasuredPilot> =>
  soon(async () => {
    const { pilot } = await client.ask<{ pilot: MeasuredPilot }>(REPORT, { id: pilotId })
    if (pilot.status === 'FAILED')
      throw new GraphFault('A step of the pilot failed for good; its job says why.')
    return pilot.status === 'COMPLETED' ? pilot : null
  })

const soon = async <Value>(look: () => Promise<Value | null>): Promise<Value> => {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (seen !== null) return seen
    if (performance.now() > until) throw new GraphFault('It took longer than two minutes.')
    await sleep(100)
  }
}

const decisionsOf = async (client: GraphClient, stormId: string): Promise<ReadonlyMap<string, Decided>> => {
  type Page = {
    storm: {
      properties: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: Decided }[] }
    }
  }
  const decisions = new Map<string, Decided>()
  let after: string | null = null
  for (;;) {
    const { storm }: Page = await client.ask<Page>(DECISIONS, { id: stormId, after })
    for (const { node } of storm.properties.edges) decisions.set(node.externalId, node)
    if (!storm.properties.pageInfo.hasNextPage) return decisions
    after = storm.properties.pageInfo.endCursor
  }
}
