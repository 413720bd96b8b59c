import { countWork } from '@stormops/billing/port'
import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { recordMeasurement } from '@stormops/slos/port'
import { OUTREACH } from '../domain/journey-event.ts'
import type { JourneyEventKind } from '../domain/journey-event.ts'
import { ZERO_CHARACTER } from '../domain/storm.ts'
import { isFuture } from '../domain/outcome.ts'
import type { StormsStores } from '../stores.ts'
import { MOST_ROWS_OF_A_REQUEST, refused } from './record-outcomes.ts'
import type { PlacedRejection } from './record-outcomes.ts'

export type JourneyEvent = {
  /** null for an id that is none of ours. */
  readonly stormId: string | null
  readonly externalId: string
  readonly kind: JourneyEventKind
  readonly at: Date
  readonly clientEventId: string
}

export type IngestJourneyEventsResult =
  | { readonly kind: 'ok'; readonly received: number; readonly repeated: number }
  | { readonly kind: 'refused'; readonly rejections: readonly PlacedRejection[]; readonly refused: number }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

const EVENT_ID_LENGTH = 200
const MILLISECONDS = 1_000

export const ingestJourneyEvents = defineCommand<
  { readonly events: readonly JourneyEvent[] },
  IngestJourneyEventsResult,
  StormsStores
>({
  name: 'storms.ingestJourneyEvents',
  permission: 'outcomes:write',
  statementTimeoutMs: BULK_DEADLINE_MS,
  audit: (_input, { received, repeated }) => ({
    subjectKind: 'journey-events',
    subjectId: 'batch',
    detail: { received, repeated },
  }),
  run: async ({ tx, stores, clock }, { events }) => {
    if (events.length === 0 || events.length > MOST_ROWS_OF_A_REQUEST) {
      return {
        kind: 'invalid',
        field: 'events',
        message: `Give 1 to ${MOST_ROWS_OF_A_REQUEST} events; these are ${events.length}.`,
      }
    }
    const begun = clock.now().getTime()
    const known = events.map(({ stormId, ...event }) => ({ ...event, stormId: stormId ?? NO_STORM }))
    const rejections: PlacedRejection[] = events.flatMap((event, index) => {
      return isEventId(event.clientEventId)
        ? []
        : [{ index, reason: `clientEventId has 1 to ${EVENT_ID_LENGTH} characters, none of them zero.` }]
    })
    for (const [index, { at: happenedAt }] of events.entries()) {
      if (isFuture(happenedAt, clock.now())) {
        rejections.push({
          index,
          reason: `The event is of ${happenedAt.toISOString()}, which is in the future.`,
        })
      }
    }
    for (const index of await stores.outcomes.unknownProperties(known)) {
      rejections.push({ index, reason: 'There is no such property in the storm.' })
    }
    if (rejections.length > 0) return refused(rejections)
    const received = await stores.outcomes.ingest(known, OUTREACH)
    const at = clock.now()
    await recordMeasurement(tx, {
      slo: 'JOURNEY_INGESTION_LATENCY',
      value: (at.getTime() - begun) / MILLISECONDS,
      at,
    })
    await countWork(tx, {
      metric: 'JOURNEY_EVENTS',
      quantity: received,
      source: 'storms.ingestJourneyEvents',
      subject: 'batch',
      at,
    })
    return { kind: 'ok', received, repeated: events.length - received }
  },
})

const isEventId = (id: string): boolean =>
  id.length > 0 && id.length <= EVENT_ID_LENGTH && !id.includes(ZERO_CHARACTER)

/** The nil UUID, which is nobody's storm. */
const NO_STORM = '00000000-0000-0000-0000-000000000000'
