/** Imports point inward. The table is in dependency-rule.ts; here it is held against every import there is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMPOSITION_ROOTS, EXCUSES, PARTS } from './dependency-rule.ts'
import type { Part } from './dependency-rule.ts'
import { ROOT, described, imports, importsIn, isForTests, sourceFiles } from './imports.ts'
import type { Import } from './imports.ts'

const production = imports.filter(({ file }) => !isForTests(file))

/** `billing` and `store` of `subgraphs/billing/src/store/plan-store.ts`; the file itself outside of folders. */
const placeOf = (file: string): { readonly subgraph: string; readonly part: string } | null => {
  const [, subgraph, part] = /^subgraphs\/([\w-]+)\/src\/([^/]+)/.exec(file) ?? []
  return subgraph === undefined || part === undefined ? null : { subgraph, part }
}

const isIn = (name: string, allowed: readonly string[] = []): boolean =>
  allowed.some((one) => (one.endsWith('/') ? name.startsWith(one) : name === one))

const CHASSIS = '@stormops/chassis/'
const OTHER_PORT = /^@stormops\/(tenancy|storms|models|slos|billing|operations)\/port$/
const JOB_DEFINITION = /\/jobs\/[\w-]+-jobs?\.ts$/

const isAllowedInside = ({ target, isType }: Import, subgraph: string, part: Part): boolean => {
  const there = target === null ? null : placeOf(target)
  if (there === null || there.subgraph !== subgraph) return false
  if (isIn(there.part, part.own) || (isType && isIn(there.part, part.ownTypes))) return true
  return JOB_DEFINITION.test(target ?? '') && isIn('job definitions', part.own)
}

const isAllowedOutside = ({ specifier, isType }: Import, part: Part): boolean => {
  if (specifier.startsWith(CHASSIS)) {
    const module = specifier.slice(CHASSIS.length)
    return isIn(module, part.chassis) || (isType && isIn(module, part.chassisTypes))
  }
  if (OTHER_PORT.test(specifier)) return part.ports === true
  if (specifier.startsWith('@stormops/')) return false
  return isIn(specifier, specifier.startsWith('node:') ? part.node : part.packages)
}

const isExcused = (found: Import, part: string): boolean =>
  EXCUSES.some(
    (excuse) =>
      excuse.part === part &&
      excuse.specifier === found.specifier &&
      found.names.every((name) => excuse.names.includes(name)),
  )

/** Why an import of a subgraph's file is against the rule; nothing when it is not. */
const isAgainstTheRule = (found: Import): boolean => {
  const place = placeOf(found.file)
  if (place === null) return false
  if (COMPOSITION_ROOTS.has(place.part)) {
    return found.specifier.startsWith('@stormops/') && !isForRoots(found.specifier, place.part)
  }
  const part = PARTS[place.part]
  if (part === undefined) return true
  if (isExcused(found, place.part)) return false
  return found.target === null
    ? !isAllowedOutside(found, part)
    : !isAllowedInside(found, place.subgraph, part)
}

const isForRoots = (specifier: string, root: string): boolean =>
  specifier.startsWith(CHASSIS) ||
  OTHER_PORT.test(specifier) ||
  (root === 'main.ts' && specifier.startsWith('@stormops/schema/'))

describe('the scanner', () => {
  it('finds the source before it is judged', () => {
    expect(sourceFiles.length).toBeGreaterThan(100)
    expect(imports.length).toBeGreaterThan(500)
    expect(production.filter(({ file }) => placeOf(file) !== null).length).toBeGreaterThan(200)
    for (const part of ['domain', 'store', 'commands', 'resolvers', 'jobs']) {
      expect(production.filter(({ file }) => placeOf(file)?.part === part).length).toBeGreaterThan(5)
    }
  })

  it('sees every line that imports', () => {
    const lines = sourceFiles.flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .filter((line) => /^(import|export|\}).* from '[^']+'$/.test(line)),
    )
    expect(imports.length).toBeGreaterThanOrEqual(lines.length)
  })

  it('reads each way to import', () => {
    const text = [
      "import a from 'a'",
      "import type { B } from './b.ts'",
      "import {\n  type C,\n  type D,\n} from '../c.ts'",
      "import { type E, f } from 'e'",
      "export { g } from './g.ts'",
      "export type * from 'h'",
      "import 'i'",
      "const { j } = await import('j')",
    ].join('\n')
    const found = importsIn('x/y/z.ts', text).map(({ specifier, isType }) => `${specifier} ${isType}`)
    expect(found.toSorted()).toEqual([
      '../c.ts true',
      './b.ts true',
      './g.ts false',
      'a false',
      'e false',
      'h true',
      'i false',
      'j false',
    ])
  })

  it.each([
    ['domain/plan.ts', '../store/plan-store.ts', false],
    ['domain/plan.ts', '@stormops/chassis/fault', false],
    ['domain/plan.ts', '@stormops/chassis/values/money', true],
    ['domain/plan.ts', 'zod', false],
    ['resolvers/plan.ts', '../store/plan-store.ts', false],
    ['commands/change-plan.ts', '@stormops/tenancy', false],
    ['commands/change-plan.ts', '@stormops/tenancy/port', true],
    ['commands/change-plan.ts', '../../../tenancy/src/port.ts', false],
    ['commands/change-plan.ts', '../jobs/close-month-job.ts', true],
    ['commands/change-plan.ts', '../jobs/close-month.ts', false],
    ['cupboard/plan.ts', '../domain/plan.ts', false],
    ['subgraph.ts', '@stormops/storms', false],
  ])('lets billing/%s import %s: %s', (file, specifier, expected) => {
    const [found] = importsIn(`subgraphs/billing/src/${file}`, `import { one } from '${specifier}'`)
    expect(found).toBeDefined()
    if (found !== undefined) expect(isAgainstTheRule(found)).toBe(!expected)
  })
})

describe('imports point inward', () => {
  it('in every subgraph', () => {
    expect(production.filter(isAgainstTheRule).map(described)).toEqual([])
  })

  it('and each excuse is still needed', () => {
    const needed = EXCUSES.filter(({ part, specifier }) =>
      production.some(
        (found) => placeOf(found.file)?.part === part && found.specifier === specifier && !found.isType,
      ),
    )
    expect(needed).toEqual(EXCUSES)
  })

  it('in the chassis, which knows no business noun', () => {
    const chassis = imports.filter(({ file }) => file.startsWith('chassis/'))
    expect(chassis.length).toBeGreaterThan(50)
    const outward = chassis.filter(
      ({ specifier, target }) =>
        /^@stormops\/(?!chassis\/)/.test(specifier) || (target !== null && !target.startsWith('chassis/')),
    )
    expect(outward.map(described)).toEqual([])
  })

  it('in the values, which are pure', () => {
    const values = production.filter(({ file }) => file.startsWith('chassis/values/'))
    expect(values.length).toBeGreaterThan(3)
    const pure = /^(@stdlib\/[\w-]+|uuid|temporal-polyfill|dinero\.js|node:crypto|\.\/[\w-]+\.ts)$/
    expect(values.filter(({ specifier }) => !pure.test(specifier)).map(described)).toEqual([])
  })

  it('in the gateway, which knows subgraphs by their schema only', () => {
    const gateway = imports.filter(({ file }) => file.startsWith('gateway/'))
    expect(gateway.length).toBeGreaterThan(50)
    const outward = gateway.filter(
      ({ specifier, target }) =>
        /^@stormops\/(?!chassis\/|schema\/)/.test(specifier) ||
        (target !== null && !target.startsWith('gateway/')),
    )
    expect(outward.map(described)).toEqual([])
  })

  it('in the schema, which knows no code but what reads its own permissions', () => {
    const schema = imports.filter(({ file }) => file.startsWith('schema/'))
    expect(schema.length).toBeGreaterThan(3)
    const outward = schema.filter(
      ({ specifier }) => specifier.startsWith('@stormops/') && specifier !== READS_PERMISSIONS,
    )
    expect(outward.map(described)).toEqual([])
  })
})

describe('the Stripe of our own', () => {
  it('knows nothing of the platform but what time it is', () => {
    const loopback = production.filter(({ file }) => file.startsWith('stripe-loopback/'))
    expect(loopback.length).toBeGreaterThan(50)
    const inward = loopback.filter(
      ({ specifier, target }) =>
        (specifier.startsWith('@stormops/') && specifier !== '@stormops/chassis/clock') ||
        (target !== null && !target.startsWith('stripe-loopback/')),
    )
    expect(inward.map(described)).toEqual([])
  })

  it('speaks the SDK by its types alone, since it is the other side', () => {
    const sdk = production.filter(
      ({ file, specifier }) => file.startsWith('stripe-loopback/') && specifier === 'stripe',
    )
    expect(sdk.length).toBeGreaterThan(5)
    expect(sdk.filter(({ isType }) => !isType).map(described)).toEqual([])
  })

  it('is unknown to subgraphs and to the gateway', () => {
    const knowing = production.filter(
      ({ file, specifier }) =>
        /^(subgraphs|gateway|chassis)\//.test(file) && specifier.includes('stripe-loopback'),
    )
    expect(knowing.map(described)).toEqual([])
  })
})

const READS_PERMISSIONS = '@stormops/chassis/graphql/permissions/requirements'

describe('what exists for tests', () => {
  it('is imported by tests only', () => {
    expect(sourceFiles.filter(isForTests).length).toBeGreaterThan(30)
    const astray = production.filter(
      ({ target, specifier }) =>
        isForTests(target ?? '') || /^(vitest|fast-check)(\/|$)|\/testing\//.test(specifier),
    )
    expect(astray.map(described)).toEqual([])
  })
})

describe('a package', () => {
  it('imports only what it says it depends on', () => {
    const homes = [...new Set(production.map(({ file }) => homeOf(file)))]
    expect(homes.length).toBeGreaterThan(8)
    const declared = new Map(homes.map((home) => [home, declaredBy(home)]))
    const undeclared = production.filter(({ file, specifier, target }) => {
      if (target !== null || specifier.startsWith('node:')) return false
      return declared.get(homeOf(file))?.has(packageOf(specifier)) !== true
    })
    expect(undeclared.map(described)).toEqual([])
  })
})

const homeOf = (file: string): string => /^(subgraphs\/[\w-]+|[\w-]+)\//.exec(file)?.[1] ?? ''
const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''

/** A package may import itself by its own name. */
const declaredBy = (home: string): ReadonlySet<string> => {
  const manifest = JSON.parse(readFileSync(join(ROOT, home, 'package.json'), 'utf8'))
  return new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {})])
}
