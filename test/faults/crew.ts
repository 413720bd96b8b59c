/** A crew at work: storms from their creation to their first touches, each write under a key of its own. */
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import {
  aProperty,
  aStorm,
  CREATE_STORM,
  daysFromNow,
  IMPORT,
  INGEST,
  SCORE,
} from '../storms/storm-builders.ts'
import type { Company, Journal } from './journal.ts'

const PROPERTIES = 20

let numbers = 0
const newKey = (what: string): string => `${what}-${process.pid}-${++numbers}`

export type Crew = {
  readonly company: Company
  readonly journal: Journal
  readonly isOver: () => boolean
  /** Between two storms, as people have it; default none. */
  readonly pauseMs?: number
  /** Of the storm, where it is not to be as any other. */
  readonly storm?: object
}

/** One storm, or so much of it as is done before it is over. The storm's id where it was acknowledged. */
export const workStorm = async (crew: Crew): Promise<string | null> => {
  const { company, journal, isOver } = crew
  const insist = async (query: string, what: string, input: object) =>
    (await journal.insist(company, query, { input, key: newKey(what) }, isOver))?.data ?? null

  const created = await insist(
    CREATE_STORM,
    'storm',
    aStorm({ ...crew.storm, eventId: newKey(`hail-${company.uuid}`) }),
  )
  const stormId: string | undefined = created?.createStorm?.storm?.id
  if (stormId === undefined) return null
  journal.keep(company, { kind: 'storm', stormId })

  const roofs = Array.from({ length: PROPERTIES }, () => aProperty())
  const imported = await insist(IMPORT, 'import', { stormId, csv: toCsv(roofs) })
  const accepted = imported?.importProperties?.import?.rowsAccepted
  if (accepted === undefined) return stormId
  journal.keep(company, { kind: 'properties', stormId, rows: accepted })

  const scored = (await insist(SCORE, 'score', { stormId }))?.scoreStorm?.scored
  if (scored === undefined) return stormId
  journal.keep(company, { kind: 'scores', stormId, rows: scored })

  const events = roofs.map(({ externalId }) => ({
    stormId,
    externalId,
    kind: 'KNOCK',
    at: daysFromNow(-1),
    clientEventId: newKey('knock'),
  }))
  // The same again under another key, as a client does that was restarted between.
  for (let time = 0; time < 2; time += 1) {
    if ((await insist(INGEST, 'events', { events }))?.ingestJourneyEvents?.received === undefined)
      return stormId
    const clientEventIds = events.map(({ clientEventId }) => clientEventId)
    if (time === 0) journal.keep(company, { kind: 'events', stormId, clientEventIds })
  }
  return stormId
}

/** Works until it is over. */
export const work = async (crew: Crew): Promise<void> => {
  while (!crew.isOver()) {
    await workStorm(crew)
    if (crew.pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, crew.pauseMs))
  }
}
