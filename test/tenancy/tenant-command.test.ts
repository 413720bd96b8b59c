import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWellFormedSecret } from '../../subgraphs/tenancy/src/domain/api-key-secret.ts'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

let environment: Record<string, string>
beforeAll(() => {
  // A home and a database of its own, as somebody has who types the command.
  environment = {
    PATH: process.env['PATH'] ?? '',
    STORMOPS_HOME: mkdtempSync(join(tmpdir(), 'stormops-home-')),
  }
})
afterAll(() => rmSync(environment['STORMOPS_HOME'] ?? '', { recursive: true, force: true }))

const command = async (...parameters: readonly string[]) => {
  const child = spawn(process.execPath, [MAIN, 'tenant', ...parameters], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code]: unknown[] = await ended
  return { code, output, complaint }
}

describe('stormops tenant', () => {
  it('opens a company with a key, suspends it for a reason, and lets it work again', async () => {
    const opened = await command('provision', 'Plains Roofing', '--email', 'a@example.com', '--json')
    const { secret, apiKey, slug } = JSON.parse(opened.output)
    expect(isWellFormedSecret(secret)).toBe(true)
    expect(secret.startsWith(apiKey.prefix)).toBe(true)

    const suspended = await command('suspend', slug, '--reason', 'Three invoices are unpaid', '--json')
    expect([suspended.code, JSON.parse(suspended.output)]).toMatchObject([0, { slug, status: 'SUSPENDED' }])
    const reactivated = await command('reactivate', slug)
    expect(reactivated).toMatchObject({ code: 0, output: 'Plains Roofing can work again.\n' })
  })

  it('suspends nobody without a reason, nor a company that does not exist', async () => {
    expect(await command('suspend', 'plains-roofing')).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('--reason'),
    })
    expect(await command('suspend', 'nobody', '--reason', 'unpaid')).toMatchObject({
      code: 1,
      complaint: 'There is no company with the short name nobody.\n',
    })
  })
})
