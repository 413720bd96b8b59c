/** Catalogues as somebody publishes, reads and retires them from the command line. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { command as stormops, environmentOf } from '@stormops/cli/testing/platform-processes'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

const CATALOGUES = resolve(import.meta.dirname, '../../subgraphs/billing/catalogues')
/** Each command is a process of its own, and the machine may be busy. */
const COMMANDS_MS = 240_000

let database: TestDatabase
let home: string
beforeAll(async () => {
  database = await cloneDatabase()
  home = mkdtempSync(join(tmpdir(), 'stormops-catalogue-'))
})
afterAll(async () => {
  await database.close()
  rmSync(home, { recursive: true, force: true })
})

const catalogue = async (...parameters: readonly string[]) => {
  const { admin, secret } = database
  const said = await stormops(['catalogue', ...parameters], environmentOf({ admin, secret, home }))
  return { ...said, lines: said.output.trimEnd().split('\n') }
}
const json = async (...parameters: readonly string[]): Promise<any> => {
  const { code, output, complaint } = await catalogue(...parameters, '--json')
  if (code !== 0) throw new Error(complaint)
  return JSON.parse(output)
}

it(
  'are loaded once, listed, shown, priced and retired',
  async () => {
    const file = join(CATALOGUES, 'graph-analytics.json')
    const { lines } = await catalogue('load', file)
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.every((line) => /^graph-analytics: [A-Z]+ version 1 is published\.$/.test(line))).toBe(true)
    expect(await json('load', file)).toMatchObject({ catalogue: 'graph-analytics', published: [] })

    const listed = await json('list')
    expect(listed.map(({ name }: any) => name)).toEqual(['graph-analytics', 'stormops'])
    expect((await catalogue('show', 'stormops')).lines).toContain(
      '    PROPERTIES: 5000 included, more at $0.10 each',
    )

    const month = ['stormops', 'STANDARD', '--month', '2026-11']
    const usage = ['--usage', 'STORMS=7,PROPERTIES=6000,MODEL_CALLS=15000']
    const priced = await json('price', ...month, ...usage)
    expect([priced.base.minorUnits, priced.overage.minorUnits, priced.total.minorUnits]).toEqual([
      50_000, 35_000, 85_000,
    ])
    const text = await catalogue('price', ...month, ...usage)
    expect(text.lines).toContain('    $200.00  Storms: 7 used, 5 included, 2 over at $100.00 each')
    expect(text.lines.at(-1)).toBe('    $850.00  in all')
    const wrong = await catalogue('price', ...month, '--usage', 'STORMS')
    expect([wrong.code, wrong.complaint]).toEqual([1, expect.stringContaining('It is written STORMS=7')])

    const retired = await json('retire', 'stormops', 'TRIAL', '1', '--at', '2027-01-01T00:00:00Z')
    expect(retired).toMatchObject({ tier: 'TRIAL', retiredAt: '2027-01-01T00:00:00.000Z' })
    const unknown = await catalogue('retire', 'stormops', 'TRIAL', '7')
    expect([unknown.code, unknown.complaint]).toEqual([
      1,
      expect.stringContaining('no plan TRIAL in version 7'),
    ])
  },
  COMMANDS_MS,
)
