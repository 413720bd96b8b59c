import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { readConfig } from '@stormops/chassis/config'
import { clientConfig } from '@stormops/chassis/database/connection'
import { createLog } from '@stormops/chassis/telemetry/log'
import { openDatabaseHome } from '@stormops/cli/database-home'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

let environment: Record<string, string>
beforeAll(async () => {
  // A home and a database of its own, as somebody has who types the command.
  environment = {
    PATH: process.env['PATH'] ?? '',
    STORMOPS_HOME: mkdtempSync(join(tmpdir(), 'stormops-home-')),
  }
  await command('tenant', 'provision', 'Plains Roofing', '--email', 'owner@example.com')
})
afterAll(() => rmSync(environment['STORMOPS_HOME'] ?? '', { recursive: true, force: true }))

const command = async (...parameters: readonly string[]) => {
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code]: unknown[] = await ended
  return { code, output, complaint }
}

const verify = (...more: readonly string[]) =>
  command('audit', 'verify', '--tenant', 'plains-roofing', ...more)

/** Waits for the jobs of a new company, and for what they and the commands before left to be sealed. */
const sealedChain = async () => {
  let before = ''
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const { output } = await verify('--json')
    const chain: { length: number; unsealed: number; headHash: string } = JSON.parse(output)
    if (chain.unsealed === 0 && chain.headHash === before) return chain
    before = chain.headHash
  }
  throw new Error('The audit did not come to rest while six commands ran.')
}

const asAdmin = async (sql: string): Promise<void> => {
  const home = await openDatabaseHome(readConfig(environment), createLog('silent'))
  try {
    const client = new pg.Client(clientConfig(home.admin))
    await client.connect()
    await client.query(sql)
    await client.end()
  } finally {
    await home.stop()
  }
}

describe('stormops audit verify', () => {
  it('says that an audit is whole, and ends with 1 and the place where it is not', async () => {
    const chain = await sealedChain()
    expect(chain).toMatchObject({ valid: true, brokenAt: null })
    expect(chain.length).toBeGreaterThan(0)
    const whole = await verify()
    expect(whole).toMatchObject({ code: 0, complaint: '' })
    expect(whole.output).toContain('The audit is whole')
    expect(whole.output).toContain(chain.headHash)

    await asAdmin(`update tenancy.audit_event set actor_id = 'somebody else'
                   where id = (select event_id from tenancy.audit_seal where position = 1)`)
    const broken = await verify('--json')
    expect([broken.code, JSON.parse(broken.output)]).toEqual([1, { ...chain, valid: false, brokenAt: 1 }])
    expect((await verify()).output).toContain('The audit is broken at line 1')
  })

  it('does not know a company that does not exist', async () => {
    const { code, complaint } = await command('audit', 'verify', '--tenant', 'nobody')
    expect([code, complaint]).toEqual([1, 'There is no company with the short name nobody.\n'])
  })
})
