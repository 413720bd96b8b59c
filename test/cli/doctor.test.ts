/** `stormops doctor` and `stormops db lint`, as somebody types them beside a platform that is well or is not. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, environmentOf } from '@stormops/cli/testing/platform-processes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

/** Nobody listens there. */
const NOBODY = '127.0.0.1:1'

type Check = {
  readonly name: string
  readonly kind: string
  readonly detail: string
  readonly remedy?: string
}
type Examined = { readonly healthy: boolean; readonly checks: readonly Check[] }

let database: TestDatabase
let home: string
beforeAll(async () => {
  database = await cloneDatabase()
  home = mkdtempSync(join(tmpdir(), 'stormops-doctor-'))
  expect((await command(['keys', 'create'], environmentOf({ ...database, home }))).code).toBe(0)
  chmodSync(join(home, 'keys', 'database.secret'), 0o600)
})
afterAll(async () => {
  await database.close()
  rmSync(home, { recursive: true, force: true })
})

const examine = async (more: Readonly<Record<string, string>> = {}) => {
  const { code, output, complaint } = await command(
    ['doctor', '--json'],
    environmentOf({ ...database, home }, more),
  )
  expect(complaint).toBe('')
  const { healthy, checks }: Examined = JSON.parse(output)
  const kinds = Object.fromEntries(checks.map(({ name, kind }) => [name, kind]))
  return { code, healthy, checks, kinds, of: (name: string) => checks.find((check) => check.name === name) }
}

const sick = ({ checks }: { readonly checks: readonly Check[] }): readonly string[] =>
  checks.filter(({ kind }) => kind === 'ill').map(({ name }) => name)

/** As the superuser of the test's server, whose database is its own. */
const change = async (...statements: readonly string[]): Promise<void> => {
  const rows = await openRows(database.admin)
  try {
    for (const statement of statements) await rows.many(statement)
  } finally {
    await rows.close()
  }
}

describe('doctor', () => {
  it('finds a platform well, whatever it does without', async () => {
    const found = await examine()
    expect(found.kinds).toMatchObject({
      Configuration: 'well',
      Home: 'well',
      Keys: 'well',
      Database: 'well',
      Clocks: 'well',
      Connections: 'well',
      Schema: 'well',
      Isolation: 'well',
      Redis: 'skipped',
      Mail: 'skipped',
      Stripe: 'skipped',
      Platform: 'skipped',
    })
    // The disk of whoever tests may be nearly full, and that is for them to know.
    expect(sick(found).filter((name) => name !== 'Disk')).toEqual([])
    expect(found.code).toBe(found.healthy ? 0 : 1)
  })

  it('names each neighbour that does not answer, says what to do, and exits with 1', async () => {
    const found = await examine({
      REDIS_URL: `redis://${NOBODY}`,
      SMTP_URL: `smtp://${NOBODY}`,
      STRIPE_SECRET_KEY: 'sk_test_1234567890abcdef',
      STRIPE_WEBHOOK_SECRET: 'whsec_1234567890abcdef',
      STRIPE_API_BASE: `http://${NOBODY}`,
      SUBGRAPH_URLS: `models=http://${NOBODY}`,
    })
    expect(found).toMatchObject({ code: 1, healthy: false })
    expect(sick(found)).toEqual(expect.arrayContaining(['Redis', 'Mail', 'Stripe', 'Subgraph models']))
    for (const { kind, remedy } of found.checks) if (kind === 'ill') expect(remedy).toMatch(/\S/)
  })

  it('prints no password', async () => {
    const { output } = await command(
      ['doctor'],
      environmentOf(
        { ...database, home },
        {
          DATABASE_URL: `postgres://postgres:marker@${NOBODY}/stormops`,
          REDIS_URL: `redis://:marker@${NOBODY}`,
          SMTP_URL: `smtp://someone:marker@${NOBODY}`,
        },
      ),
    )
    expect(output).toContain('✗ Database')
    expect(output).toContain('docs/operate.md#database-down')
    expect(output).not.toContain('marker')
  })

  it('names every fault of the configuration, and looks no further', async () => {
    const found = await examine({ PORT: 'http', LOG_LEVEL: 'loud' })
    expect(found.checks.map(({ name, detail }) => [name, detail.split(':')[0]])).toEqual([
      ['Configuration', 'PORT'],
      ['Configuration', 'LOG_LEVEL'],
    ])
  })

  it('makes no keys where there are none', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'stormops-doctor-empty-'))
    try {
      const found = await examine({ STORMOPS_KEYS_DIR: empty })
      expect(found.kinds).toMatchObject({ Keys: 'ill', Database: 'ill' })
      expect(found.of('Keys')?.remedy).toContain('keys create')
      expect(existsSync(join(empty, 'signing.jwk'))).toBe(false)
      expect(existsSync(join(empty, 'database.secret'))).toBe(false)
    } finally {
      rmSync(empty, { recursive: true, force: true })
    }
  })

  it('sees a secret that everybody on the machine may read', async () => {
    const file = join(home, 'keys', 'sessions.secret')
    chmodSync(file, 0o644)
    const found = await examine()
    chmodSync(file, 0o600)
    expect(found.of('Keys')).toMatchObject({
      kind: 'ill',
      detail: expect.stringContaining('sessions.secret'),
    })
  })

  it('misses a migration that has not run', async () => {
    await change(`delete from storms.migration where name like '001%'`)
    const found = await examine()
    expect(found.of('Schema')).toMatchObject({ kind: 'ill', remedy: '`stormops db migrate`' })
    expect(found.of('Schema')?.detail).toContain('storms/001')
    expect(found.kinds).toMatchObject({ Database: 'well', Isolation: 'well' })
  })
})

describe('db lint', () => {
  const lint = (...parameters: readonly string[]) =>
    command(['db', 'lint', ...parameters], environmentOf({ ...database, home }))

  it('says that companies are kept apart', async () => {
    expect(await lint()).toEqual({
      code: 0,
      output: 'The catalogue keeps companies apart.\n',
      complaint: '',
    })
  })

  it('names the table that somebody opened by hand, and exits with 1; doctor finds it too', async () => {
    await change('alter table storms.storm no force row level security')
    const { code, output } = await lint('--json')
    expect(code).toBe(1)
    const { findings }: { findings: readonly { object: string }[] } = JSON.parse(output)
    expect(findings.map(({ object }) => object)).toContain('storms.storm')
    expect((await examine()).of('Isolation')).toMatchObject({ kind: 'ill' })
  })
})
