/** A disk of its own that really fills up, under the platform and its PostgreSQL. */
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@stormops/chassis/clock'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aStorm, CREATE_STORM } from '../storms/storm-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { ask } from './asking.ts'
import type { Said } from './asking.ts'

const MIB = 1_024 ** 2
/** Room for a cluster with its log, the reserve, and what fills the rest. */
const DISK_MIB = 700
const RESERVE_MIB = 100
const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

const directory = mkdtempSync(join(tmpdir(), 'stormops-disk-'))
// PostgreSQL runs as somebody else there.
chmodSync(directory, 0o755)
const isMounted =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=0755`, 'tmpfs', directory]).status === 0

/** Leaves so many MiB. */
const leave = (mebibytes: number): void => {
  rmSync(join(directory, 'filling'), { force: true })
  const { bsize, bavail } = statfsSync(directory)
  writeFileSync(join(directory, 'filling'), Buffer.alloc(Math.max(0, bsize * bavail - mebibytes * MIB), 1))
}

afterAll(() => {
  if (isMounted) spawnSync('umount', ['-l', directory])
  rmSync(directory, { recursive: true, force: true })
})

describe.skipIf(!isMounted)('a disk that fills up (skipped: needs root, to mount one)', () => {
  let child: ChildProcess
  let url = ''
  let token = ''
  beforeAll(async () => {
    const home = join(directory, 'home')
    child = spawn(process.execPath, [MAIN, 'serve'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        STORMOPS_HOME: home,
        NODE_ENV: 'test',
        PORT: '0',
        DISK_RESERVE: `${RESERVE_MIB}MiB`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      const said: { msg?: string; url?: string } = JSON.parse(line)
      if (said.msg !== 'serving') continue
      url = said.url ?? ''
      break
    }
    child.stdout?.resume()
    const keys = await signingKeys(home)
    const staff = { subject: 'stf', kind: 'STAFF', tenantId: null, role: 'STAFF' } as const
    const query = `mutation ($input: ProvisionTenantInput!) { provisionTenant(input: $input) { ... on ProvisionTenantSuccess { tenant { id } } } }`
    const said = await ask({
      url,
      token: await signToken(keys, staff, systemClock, 600),
      query,
      variables: { input: { name: 'Full Roofing', tier: 'STANDARD', adminEmail: 'a@example.com' } },
    })
    if (said.kind === 'lost') throw new Error(said.reason)
    const id: string = said.data.provisionTenant.tenant.id
    const tenantId = id.replace(/^ten_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    const owner = { subject: 'usr', kind: 'USER', tenantId, role: 'OWNER' } as const
    token = await signToken(keys, owner, systemClock, 600)
  })
  afterAll(async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  })

  const write = (): Promise<Said> =>
    ask({ url, token, query: CREATE_STORM, variables: { input: aStorm({ eventId: crypto.randomUUID() }) } })
  const read = (): Promise<Said> => ask({ url, token, query: '{ viewer { tenant { name } } }' })
  const written = async (): Promise<boolean> => {
    const said = await write()
    return said.kind === 'answered' && said.codes.length === 0
  }

  it('takes no write at its reserve, answers what is asked, and comes back by itself', async () => {
    expect(await written()).toBe(true)
    leave(RESERVE_MIB - 10)
    await until(async () => !(await written()))
    expect(await write()).toMatchObject({ kind: 'answered', status: 503, codes: ['UNAVAILABLE'] })
    expect(await read()).toMatchObject({
      status: 200,
      data: { viewer: { tenant: { name: 'Full Roofing' } } },
    })
    const ready = await fetch(`${url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ checks: { disk: expect.stringMatching(/^read-only: \d/) } })
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('platform_read_only 1')
    const upload = await fetch(`${url}/uploads/whatever`, { method: 'PUT', body: 'x' })
    expect(upload.status).toBe(503)

    leave(RESERVE_MIB / 4 - 5)
    await until(async () => {
      const said = await read()
      return said.kind === 'answered' && said.status === 503
    })

    leave(RESERVE_MIB * 2)
    await until(written)
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('platform_read_only 0')
  })
})
