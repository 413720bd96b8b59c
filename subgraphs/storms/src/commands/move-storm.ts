import { defineCommand } from '@stormops/chassis/command'
import type { Scope } from '@stormops/chassis/permission'
import { moved } from '../domain/storm.ts'
import type { StormMove, StormStatus } from '../domain/storm.ts'
import type { StormsStores } from '../stores.ts'

export type MoveStorm = { readonly stormId: string }

export type MoveStormResult =
  | { readonly kind: 'ok'; readonly stormId: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-status'; readonly status: StormStatus }

const moveStorm = (move: StormMove, permission: Scope = 'storms:write') =>
  defineCommand<MoveStorm, MoveStormResult, StormsStores>({
    name: `storms.${move}Storm`,
    permission,
    audit: (_input, result) => ({ subjectKind: 'storm', subjectId: result.stormId, detail: {} }),
    run: async ({ stores }, { stormId }) => {
      const storm = await stores.storms.lockById(stormId)
      if (storm === null) return { kind: 'not-found' }
      const status = moved(storm.status, move)
      if (status === null) return { kind: 'wrong-status', status: storm.status }
      await stores.storms.update(stormId, { status })
      return { kind: 'ok', stormId }
    },
  })

export const activateStorm = moveStorm('activate')
export const completeStorm = moveStorm('complete')
export const archiveStorm = moveStorm('archive')
/** Takes an admin: what was put away was meant to stay as it is. */
export const restoreStorm = moveStorm('restore', 'tenant:manage')
