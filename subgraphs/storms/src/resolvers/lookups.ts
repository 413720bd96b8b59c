/** What a mutation shows of the thing it just changed, read afresh. */
import { Fault } from '@stormops/chassis/fault'
import { awaiting } from '@stormops/chassis/graphql/awaiting'
import type { StormsContext } from '../context.ts'
import type { Pilot, PilotStatus } from '../domain/pilot.ts'
import type { PropertyImport } from '../domain/property-import.ts'
import type { Storm } from '../domain/storm.ts'

export const changedStorm = async (context: StormsContext, stormId: string): Promise<Storm> => {
  const storm = await context.stormById.load(stormId)
  if (storm === null) throw new Fault('INTERNAL', 'The storm that was just changed is not there.')
  return storm
}

/** Waits a little while the pilot's job brings it past `passing`. */
export const pilotPast = async (
  context: StormsContext,
  pilotId: string,
  passing: PilotStatus,
): Promise<Pilot> => {
  const pilot = await awaiting(
    async () => {
      await context.reading.forget()
      return context.pilotById.load(pilotId)
    },
    (seen) => seen === null || seen.status !== passing,
  )
  if (pilot === null) throw new Fault('INTERNAL', 'The pilot that was just changed is not there.')
  return pilot
}

/** Waits a little while the import's job reads the file. */
export const endedImport = async (context: StormsContext, importId: string): Promise<PropertyImport> => {
  const found = await awaiting(
    async () => {
      await context.reading.forget()
      return context.importById.load(importId)
    },
    (seen) => seen === null || seen.endedAt !== null,
  )
  if (found === null) throw new Fault('INTERNAL', 'The import that was just begun is not there.')
  return found
}
