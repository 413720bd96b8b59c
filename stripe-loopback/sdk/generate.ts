/**
 * Writes generated/operations.ts: what Stripe's operations take, read from the SDK that is installed.
 *
 *     node stripe-loopback/sdk/generate.ts           writes it
 *     node stripe-loopback/sdk/generate.ts --check   says whether it is what it would write
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { declarationsIn, operationsIn } from './declarations.ts'
import type { Shape } from './declarations.ts'
import { shapeOfType } from './shapes.ts'
import { SIMULATED } from './simulated.ts'

const SDK = dirname(createRequire(import.meta.url).resolve('stripe'))
const FILE = fileURLToPath(new URL('../generated/operations.ts', import.meta.url))

const read = (file: string): string => readFileSync(join(SDK, file), 'utf8')

type Entry = {
  readonly method: string
  readonly path: string
  readonly parameters: Shape
}

const NOTHING: Shape = { fields: {} }

const entriesOf = (resource: string, methods: readonly string[]): readonly (readonly [string, Entry])[] => {
  const text = read(`resources/${resource}.d.ts`)
  const declarations = declarationsIn(text)
  const shared = declarationsIn(read('shared.d.ts'))
  const operations = operationsIn(text, read(`resources/${resource}.js`))
  return methods.map((name) => {
    const operation = operations.get(name)
    if (operation === undefined) throw new Error(`The SDK has no ${resource}.${name}.`)
    const { method, path, parameters } = operation
    const shape = parameters === null ? NOTHING : shapeOfType(declarations, shared, parameters)
    return [`${resource}.${name}`, { method, path, parameters: shape }]
  })
}

const apiVersion = (): string => {
  const [, version] = /ApiVersion = '([^']+)'/.exec(read('apiVersion.js')) ?? []
  if (version === undefined) throw new Error('The SDK does not say which version of the API it speaks.')
  return version
}

/** What the file should hold. */
export const generated = (): string => {
  const entries = Object.entries(SIMULATED).flatMap(([resource, methods]) => entriesOf(resource, methods))
  const lines = entries.map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)},`)
  return [
    "// Written by stripe-loopback/sdk/generate.ts from the declarations of Stripe's SDK. Do not change it by hand.",
    "import type { Shape } from '../sdk/declarations.ts'",
    "import type { OperationName } from '../sdk/simulated.ts'",
    '',
    '/** What the `Stripe-Version` header says. */',
    `export const API_VERSION = ${JSON.stringify(apiVersion())}`,
    '',
    'export const OPERATIONS: Readonly<',
    '  Record<OperationName, { readonly method: string; readonly path: string; readonly parameters: Shape }>',
    '> = {',
    ...lines,
    '}',
    '',
  ].join('\n')
}

export const isCurrent = (): boolean => readFileSync(FILE, 'utf8') === generated()

const run = (): void => {
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, generated())
  } else if (!isCurrent()) {
    console.error('stripe-loopback/generated/operations.ts is outdated: node stripe-loopback/sdk/generate.ts')
    process.exitCode = 1
  }
}

if (import.meta.main) run()
