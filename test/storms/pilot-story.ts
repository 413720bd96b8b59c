/** Pilots as they go in life: who was knocked on and who signed comes from the synthetic storm's own truth. */
import { syntheticOutcome } from '../../subgraphs/storms/src/synthetic/synthetic-outcome.ts'
import { syntheticTouches } from '../../subgraphs/storms/src/synthetic/synthetic-touches.ts'
import type { SyntheticProperty } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import type { Client } from '../world/world.ts'
import {
  COMPLETE_PILOT,
  ingest,
  pilotIs,
  propertiesOf,
  recordOutcomes,
  START_PILOT,
} from './storm-builders.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Days after which those who did not sign are written down. */
const LAST_DAY = 13
const MOST_OF_A_REQUEST = 4_000

export const startPilot = async (client: Client, stormId: string, change: object = {}): Promise<any> =>
  (await client.data(START_PILOT, { input: { stormId, policyMode: 'MODERATE', ...change } })).startPilot

export const completePilot = async (client: Client, pilotId: string): Promise<any> =>
  (await client.data(COMPLETE_PILOT, { input: { pilotId } })).completePilot

/** Lets the storm happen: touches and outcomes of all but every `silent`-th property, by the decisions there are. */
export const letItHappen = async (
  client: Client,
  stormId: string,
  startsAt: string,
  properties: readonly SyntheticProperty[],
  silent = 25,
): Promise<void> => {
  const seed = 'life'
  const start = Date.parse(startsAt)
  const at = (day: number, minute: number): string =>
    new Date(start + day * DAY_MS + minute * MINUTE_MS).toISOString()
  const seen = new Map(
    (await propertiesOf(client, stormId)).map((property) => [property.externalId, property]),
  )
  const events: object[] = []
  const outcomes: object[] = []
  for (const [place, property] of properties.entries()) {
    const decided = seen.get(property.externalId)
    const treatment = { treated: decided?.decision === 'TREAT', uplift: decided?.uplift ?? null, seed }
    const outcome = syntheticOutcome(property, treatment)
    const { externalId } = property
    for (const [touch, { kind, dayOffset, minuteOfDay }] of syntheticTouches(
      property,
      treatment,
      outcome,
    ).entries()) {
      const clientEventId = `${stormId}-${externalId}-${touch}`
      events.push({ stormId, externalId, kind, at: at(dayOffset, minuteOfDay), clientEventId })
    }
    if (place % silent === 0) continue
    outcomes.push({
      externalId,
      converted: outcome.converted,
      value: outcome.converted ? { minorUnits: outcome.valueMinorUnits, currency: 'USD' } : null,
      at: at(outcome.dayOffset ?? LAST_DAY, place % 1_440),
    })
  }
  for (let from = 0; from < events.length; from += MOST_OF_A_REQUEST) {
    await ingest(client, events.slice(from, from + MOST_OF_A_REQUEST))
  }
  const recorded = await recordOutcomes(client, stormId, outcomes)
  if (recorded.recorded !== outcomes.length) throw new Error(JSON.stringify(recorded))
}

export const measuredPilot = async (client: Client, pilotId: string): Promise<void> => {
  const completed = await completePilot(client, pilotId)
  if (completed.__typename !== 'CompletePilotSuccess') throw new Error(JSON.stringify(completed))
  await pilotIs(client, pilotId, 'COMPLETED')
}
