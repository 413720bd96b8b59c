import { defineCommand } from '@stormops/chassis/command'
import type { TenancyStores } from '../context.ts'
import { moveTenantJob } from '../jobs/move-jobs.ts'
import { tenantIds } from '../port.ts'
import type { WhereCompaniesLive } from '../domain/placement.ts'

export type MoveTenant = { readonly tenantId: string; readonly cell: string }

export type MoveTenantResult =
  | { readonly kind: 'ok'; readonly moveId: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

const MOVING =
  'The last move of this company is not over: what it left behind is taken away within two minutes.'

/** Runs in a transaction of the platform's own, in the home cell: the company's may be in either database. */
export const moveTenant = (where: WhereCompaniesLive) =>
  defineCommand<MoveTenant, MoveTenantResult, TenancyStores>({
    name: 'tenancy.moveTenant',
    permission: 'platform:staff',
    audit: ({ tenantId, cell }, { moveId }) => ({
      subjectKind: 'tenant',
      subjectId: tenantIds.encode(tenantId),
      detail: { cell, moveId },
    }),
    run: async ({ tx, newId, queue }, { tenantId, cell }) => {
      if (!(await where.exists(tenantId))) return { kind: 'not-found' }
      if (!where.cells.includes(cell)) {
        return { kind: 'invalid', field: 'cell', message: `There is no cell ${cell}.` }
      }
      if (where.cellOf(tenantId) === cell) {
        return { kind: 'invalid', field: 'cell', message: `The company lives in the cell ${cell} already.` }
      }
      if (await where.isMoving(tenantId)) return { kind: 'invalid', field: 'tenantId', message: MOVING }
      const moveId = newId()
      await queue.enqueue(tx, moveTenantJob, { moveId, tenantId, cell })
      return { kind: 'ok', moveId }
    },
  })
