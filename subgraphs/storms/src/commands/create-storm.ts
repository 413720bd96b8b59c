import { randomBytes } from 'node:crypto'
import { countWork } from '@stormops/billing/port'
import { defineCommand } from '@stormops/chassis/command'
import { newStormFault } from '../domain/storm.ts'
import type { NewStorm } from '../domain/storm.ts'
import type { StormsStores } from '../stores.ts'

export type CreateStormResult =
  | { readonly kind: 'ok'; readonly stormId: string }
  | { readonly kind: 'exists'; readonly stormId: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Enough that nobody can try salts until a draw suits them. */
const SALT_BYTES = 16

export const createStorm = (newSalt: () => string = () => randomBytes(SALT_BYTES).toString('hex')) =>
  defineCommand<NewStorm, CreateStormResult, StormsStores>({
    name: 'storms.createStorm',
    permission: 'storms:write',
    audit: (input, result) => ({
      subjectKind: 'storm',
      subjectId: result.stormId,
      detail: { eventId: input.eventId },
    }),
    run: async ({ tx, stores, clock, newId }, input) => {
      const fault = newStormFault(input)
      if (fault !== null) return { kind: 'invalid', ...fault }
      const storm = {
        id: newId(),
        eventId: input.eventId.trim(),
        name: input.name.trim(),
        status: 'PLANNING' as const,
        startsAt: input.startsAt,
        endsAt: input.endsAt,
        salt: newSalt(),
        createdAt: clock.now(),
        modelVersionId: null,
        modelVersion: null,
        policyMode: null,
        policyAppliedAt: null,
        capacityCut: null,
      }
      if (await stores.storms.insert(storm)) {
        await countWork(tx, {
          metric: 'STORMS',
          quantity: 1,
          source: 'storms.createStorm',
          subject: storm.id,
          at: storm.createdAt,
        })
        return { kind: 'ok', stormId: storm.id }
      }
      const other = await stores.storms.maybeByEventId(storm.eventId)
      return { kind: 'exists', stormId: other?.id ?? storm.id }
    },
  })
