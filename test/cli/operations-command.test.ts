import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { sha256Hex } from '@stormops/chassis/values/canonical'
import { SCHEMA_DIRECTORY } from '@stormops/schema/subgraphs.ts'
import { until } from '@stormops/chassis/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')
const WHO = 'query Who { viewer { actor { id } } }'

let environment: Record<string, string>
let home: string
let server: ReturnType<typeof started>
beforeAll(async () => {
  // A home and a database of its own, as somebody has who types the command beside a platform that serves.
  home = mkdtempSync(join(tmpdir(), 'stormops-home-'))
  environment = { PATH: process.env['PATH'] ?? '', STORMOPS_HOME: home, PORT: '0' }
  server = started('serve')
  server.stdout.resume()
  server.stderr.resume()
  await until(async () => existsSync(join(home, 'server.json')), STARTED_WITHIN_MS)
  await command('tenant', 'provision', 'Plains Roofing', '--email', 'owner@example.com')
})
afterAll(async () => {
  const ended = once(server, 'close')
  server.kill('SIGTERM')
  await ended
  rmSync(home, { recursive: true, force: true })
})

/** Two cores may be busy with other tests. */
const STARTED_WITHIN_MS = 60_000

const started = (...parameters: readonly string[]) =>
  spawn(process.execPath, [MAIN, ...parameters], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })

const command = async (...parameters: readonly string[]) => {
  const child = started(...parameters)
  const ended = once(child, 'close')
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code]: unknown[] = await ended
  return { code, output, complaint }
}

const operations = (verb: string, ...more: readonly string[]) =>
  command('operations', verb, '--tenant', 'plains-roofing', ...more)

describe('stormops operations', () => {
  it('publishes, lists and retires, and the schema is checked against what is published', async () => {
    const manifest = join(home, 'persisted-documents.json')
    writeFileSync(manifest, JSON.stringify({ [createHash('sha1').update(WHO).digest('hex')]: WHO }))
    const partner = join(SCHEMA_DIRECTORY, 'operations', 'partner')
    const published = await operations('publish', manifest, partner)
    expect([published.code, published.output]).toEqual([0, expect.stringContaining('4 published, 0 were')])
    expect(published.output).toContain(`sha256:${sha256Hex(WHO)}  Who  op_`)
    expect(published.complaint).toContain('names 1 of its documents by something else than their sha-256')

    const again: { published: number; unchanged: number; otherwiseNamed: unknown[] } = JSON.parse(
      (await operations('publish', manifest, '--json')).output,
    )
    expect([again.published, again.unchanged, again.otherwiseNamed.length]).toEqual([0, 1, 1])

    const listed: { id: string; name: string }[] = JSON.parse((await operations('list', '--json')).output)
    expect(listed.map(({ name }) => name).toSorted()).toEqual([
      'IngestJourneyEvents',
      'PartnerStorms',
      'RecordOutcomes',
      'Who',
    ])
    const who = listed.find(({ name }) => name === 'Who')?.id ?? ''
    expect(await operations('retire', who)).toMatchObject({ code: 0, output: 'Who is retired.\n' })
    expect((await operations('list')).output).not.toContain(who)
    expect((await operations('list', '--retired')).output).toContain('retired at')

    const check = await command('schema', 'check', '--all', '--json')
    const { operations: tried, broken }: { operations: number; broken: unknown[] } = JSON.parse(check.output)
    expect([check.code, tried, broken]).toEqual([0, 8 + 3, []])
  }, 240_000)

  it('says everything that is wrong with a file, and publishes none of it', async () => {
    const file = join(home, 'broken.json')
    writeFileSync(file, JSON.stringify({ a: 'query Colour { colour }', b: '{ viewer { actor { id } } }' }))
    const { code, complaint } = await operations('publish', file)
    expect(code).toBe(1)
    expect(complaint).toContain('2 operations cannot be published, so none was.')
    expect(complaint).toContain('(Colour): Cannot query field "colour"')
    expect(complaint).toContain('needs a name')
  })
})
