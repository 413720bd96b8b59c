/** A company of the platform that runs as separate processes, with its models, and who asks for it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@stormops/chassis/clock'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import { graphClient } from '@stormops/cli/client'
import { PROVISION, READY } from '@stormops/cli/demo/documents'
import { startProcesses } from '@stormops/cli/testing/platform-processes'
import type { PlatformProcesses, ProcessesPlace } from '@stormops/cli/testing/platform-processes'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { clientOf, uuidOf } from '../world/world.ts'
import type { Client } from '../world/world.ts'

export const COMPANY = 'Far Roofing'

/** Eight processes or more start on as many cores as there are. */
export const START_MS = 240_000

const TOKEN_SECONDS = 3_600

export type FarCompany = {
  readonly processes: PlatformProcesses
  readonly database: TestDatabase
  readonly home: string
  readonly tenantId: string
  readonly owner: Client
  /** Of somebody else of the company each time, so that nobody uses up what one person may ask. */
  readonly tokenOf: (subject: string) => Promise<string>
  readonly close: () => Promise<void>
}

export const openFarCompany = async (
  options: Pick<ProcessesPlace, 'twice' | 'environment'> = {},
): Promise<FarCompany> => {
  const database = await cloneDatabase()
  const home = mkdtempSync(join(tmpdir(), 'stormops-processes-'))
  const { admin, secret } = database
  const processes = await startProcesses({ admin, secret, home, ...options })
  const keys = await signingKeys(home)
  const sign = (claims: TokenClaims): Promise<string> => signToken(keys, claims, systemClock, TOKEN_SECONDS)
  const staff = await sign({ subject: 'stf_1', kind: 'STAFF', tenantId: null, role: 'STAFF' })
  const input = { name: COMPANY, tier: 'ENTERPRISE', adminEmail: 'owner@example.com' }
  const { provisionTenant } = await graphClient(processes.url, staff).ask<any>(PROVISION, { input })
  const tenantId = uuidOf(provisionTenant.tenant.id)
  const tokenOf = (subject: string) => sign({ subject, kind: 'USER', tenantId, role: 'OWNER' })
  const owner = clientOf(processes.url, await tokenOf('usr_owner'))
  // What follows on a company's beginning is done by the worker, which was told through the queue.
  await until(async () => (await owner.data(READY)).activeModel !== null, START_MS)
  return {
    processes,
    database,
    home,
    tenantId,
    owner,
    tokenOf,
    close: async () => {
      await processes.close()
      await database.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** What a process says of itself; null for one that does not answer. */
export const readinessAt = async (
  url: string,
): Promise<{ readonly status: number; readonly checks: Readonly<Record<string, string>> } | null> => {
  try {
    const response = await fetch(`${url}/readyz`)
    const { checks } = (await response.json()) as { checks: Readonly<Record<string, string>> }
    return { status: response.status, checks }
  } catch {
    return null
  }
}
