/** Everything that is installed is free software, but for the five packages the README speaks of. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const STORE = join(ROOT, 'node_modules', '.pnpm')

/** Approved by the Open Source Initiative, by SPDX identifier: https://opensource.org/licenses */
const OSI_APPROVED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** Free, but no licences of software, so that the initiative has not approved them. */
const FREE_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['CC-BY-4.0', 'A table of browsers (caniuse-lite) that build tools read; data, to be credited.'],
  [
    'CC0-1.0',
    'In the public domain; the initiative neither approved nor refused it (railroad-diagrams, behind the check of manifests).',
  ],
  ['PSF-2.0', 'The younger part of Python-2.0, which the initiative approved whole (argparse).'],
])

/**
 * The federation's composition and gateway. They may be used, changed and passed
 * on, but not offered to others as a managed service.
 */
const UNDER_ELASTIC_LICENSE_2 = [
  '@apollo/composition',
  '@apollo/federation-internals',
  '@apollo/gateway',
  '@apollo/query-graphs',
  '@apollo/query-planner',
]

type Package = { readonly name: string; readonly version: string; readonly licence: string }

/** What the manifest says, older spellings included; empty when it says nothing. */
const licenceIn = (manifest: { readonly license?: unknown; readonly licenses?: unknown }): string => {
  const said = manifest.license ?? manifest.licenses
  const all = (Array.isArray(said) ? said : [said]).map((one) =>
    typeof one === 'object' && one !== null && 'type' in one ? String(one.type) : String(one ?? ''),
  )
  return all.length > 1 ? `(${all.join(' OR ')})` : (all[0] ?? '')
}

const entries = (directory: string): readonly string[] =>
  existsSync(directory) ? readdirSync(directory).filter((name) => !name.startsWith('.')) : []

/** A folder of the store holds one package, beside links to what that depends on. */
const packageIn = (folder: string): Package | null => {
  const modules = join(STORE, folder, 'node_modules')
  const names = entries(modules).flatMap((name) =>
    name.startsWith('@') ? entries(join(modules, name)).map((scoped) => `${name}/${scoped}`) : [name],
  )
  const name = names.find((one) => folder.startsWith(`${one.replaceAll('/', '+')}@`))
  if (name === undefined) return null
  const manifest = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
  return { name, version: manifest.version, licence: licenceIn(manifest) }
}

const packages = readdirSync(STORE).flatMap((folder) => packageIn(folder) ?? [])

/** Whether an SPDX expression grants a licence that satisfies `accepts`: any side of OR, both sides of AND. */
const grants = (expression: string, accepts: (licence: string) => boolean): boolean => {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? []
  let at = 0
  const one = (): boolean => {
    const token = tokens[at++]
    if (token !== '(') return token !== undefined && accepts(token)
    const inner = either()
    at += 1
    return inner
  }
  const both = (): boolean => {
    let all = one()
    while (tokens[at] === 'AND') {
      at += 1
      all = one() && all
    }
    return all
  }
  const either = (): boolean => {
    let any = both()
    while (tokens[at] === 'OR') {
      at += 1
      any = both() || any
    }
    return any
  }
  return either() && at === tokens.length
}

const isOpen = (licence: string): boolean => OSI_APPROVED.has(licence)
const isFree = (licence: string): boolean => isOpen(licence) || FREE_OTHERWISE.has(licence)

describe('an SPDX expression', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR Elastic-2.0)', true],
    ['MIT AND Elastic-2.0', false],
    ['Elastic-2.0 OR MIT AND Apache-2.0', true],
    ['(Elastic-2.0 OR MIT) AND Elastic-2.0', false],
    ['MIT MIT', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['', false],
  ])('%s is open: %s', (expression, expected) => {
    expect(grants(expression, isOpen)).toBe(expected)
  })
})

describe('the packages that are installed', () => {
  it('are found before they are judged, every one', () => {
    const folders = readdirSync(STORE).filter((folder) => existsSync(join(STORE, folder, 'node_modules')))
    expect(packages.length).toBeGreaterThan(300)
    expect(packages.length).toBeGreaterThanOrEqual(folders.length - 1)
  })

  it('are free, but for five of Apollo under the Elastic License 2.0', () => {
    const unfree = packages.filter(({ licence }) => !grants(licence, isFree))
    expect(new Set(unfree.map(({ licence }) => licence))).toEqual(new Set(['Elastic-2.0']))
    expect([...new Set(unfree.map(({ name }) => name))].toSorted()).toEqual(UNDER_ELASTIC_LICENSE_2)
  })

  it('are free without being open only where a reason is written down', () => {
    const merelyFree = packages.filter(({ licence }) => grants(licence, isFree) && !grants(licence, isOpen))
    expect(
      merelyFree
        .map(({ name }) => name)
        .filter((name) => !['argparse', 'caniuse-lite', 'railroad-diagrams'].includes(name)),
    ).toEqual([])
  })

  it('that are not free are named in the README, with what that means', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
    expect(readme).toContain('Elastic License 2.0')
    for (const name of UNDER_ELASTIC_LICENSE_2) expect(readme).toContain(name)
  })
})
