/**
 * What each part of a subgraph may import: imports point inward, and `domain` is the inside. A part that is not in
 * the table may not exist.
 */
export type Part = {
  /** Parts of the same subgraph. */
  readonly own: readonly string[]
  /** Parts of which it may know the types only. */
  readonly ownTypes?: readonly string[]
  /** Modules of the chassis, a folder with its slash. */
  readonly chassis?: readonly string[]
  readonly chassisTypes?: readonly string[]
  readonly packages?: readonly string[]
  readonly node?: readonly string[]
  /** Whether it may speak with other subgraphs, through their ports. */
  readonly ports?: boolean
}

/** What is kept, as those see it who are given it. */
const STORES = ['store', 'stores.ts', 'ports.ts', 'context.ts']

const BUSINESS: Readonly<Record<string, Part>> = {
  domain: { own: ['domain'], chassis: ['values/'], node: ['node:crypto'] },
  store: {
    own: ['domain', 'store'],
    ownTypes: ['import'],
    chassis: ['database/', 'fault', 'values/'],
    chassisTypes: ['graphql/page'],
    packages: ['@mikro-orm/core', '@mikro-orm/postgresql', 'kysely', 'pg'],
  },
  commands: {
    own: ['domain', 'commands', 'import', 'port.ts', 'job definitions'],
    ownTypes: STORES,
    chassis: ['command', 'jobs/', 'fault', 'failpoint', 'identity', 'permission', 'values/', 'clock'],
    chassisTypes: ['database/', 'files/', 'telemetry/'],
    node: ['node:crypto'],
    ports: true,
  },
  resolvers: {
    own: ['domain', 'commands', 'resolvers', 'generated', 'context.ts'],
    ownTypes: STORES,
    chassis: ['graphql/', 'fault', 'identity', 'values/'],
    chassisTypes: ['command', 'database/'],
    packages: ['graphql'],
  },
  jobs: {
    own: ['domain', 'commands', 'jobs', 'import', 'port.ts', 'job definitions'],
    ownTypes: [...STORES, 'reference'],
    chassis: ['jobs/', 'fault', 'failpoint', 'identity', 'values/', 'clock'],
    chassisTypes: ['database/', 'files/', 'telemetry/', 'command', 'mail/', 'platform-probe'],
    packages: ['zod'],
    ports: true,
  },
  generated: {
    own: ['domain', 'generated', 'context.ts'],
    chassisTypes: ['values/'],
    packages: ['graphql'],
  },
}

/** What one subgraph has beside the business of all. */
const SPECIAL: Readonly<Record<string, Part>> = {
  import: { own: ['domain', 'import'], packages: ['csv-parse'], node: ['node:buffer'] },
  report: { own: ['domain', 'report'], chassis: ['pdf/'] },
  print: { own: ['domain', 'print'], chassis: ['pdf/', 'values/'] },
  synthetic: { own: ['domain', 'import', 'synthetic'], node: ['node:crypto'] },
  inference: { own: ['inference'], node: ['node:fs'] },
  inspection: {
    own: ['domain', 'inference', 'inspection'],
    chassis: ['fault'],
    node: ['node:worker_threads'],
  },
  reference: {
    own: ['domain', 'inference', 'inspection', 'reference'],
    chassis: ['fault'],
    node: ['node:fs'],
  },
  scoring: {
    own: ['domain', 'inference', 'inspection', 'scoring', 'port.ts'],
    ownTypes: ['store'],
    chassis: ['fault'],
    chassisTypes: ['database/'],
    node: ['node:timers/promises'],
  },
  wire: {
    own: ['wire', 'port.ts'],
    chassis: ['http/', 'graphql/signed-seal', 'fault', 'identity'],
    chassisTypes: ['graphql/', 'clock', 'values/'],
    packages: ['zod'],
  },
  catalogue: {
    own: ['domain', 'catalogue'],
    chassis: ['fault', 'values/'],
    packages: ['zod'],
    node: ['node:fs'],
  },
  stripe: {
    own: ['domain', 'commands', 'stripe'],
    ownTypes: STORES,
    chassis: ['jobs/', 'fault', 'http/fetch-call-in-trace'],
    chassisTypes: ['secret', 'telemetry/'],
    packages: ['stripe'],
  },
  verification: {
    own: ['domain', 'verification', 'port.ts'],
    ownTypes: ['store'],
    chassis: ['permission', 'fault'],
    chassisTypes: ['clock', 'identity', 'telemetry/'],
  },
  channels: { own: ['domain', 'commands', 'channels'], ownTypes: STORES, chassis: ['jobs/', 'fault'] },
}

/** Files beside the folders: what resolvers work with, what is needed and given, and what is kept. */
const EDGES: Readonly<Record<string, Part>> = {
  'context.ts': {
    own: ['domain', 'port.ts'],
    ownTypes: STORES,
    chassis: ['values/'],
    chassisTypes: ['graphql/', 'database/', 'identity', 'command', 'jobs/', 'clock'],
    packages: ['dataloader'],
  },
  'stores.ts': { own: [], ownTypes: ['store'] },
  'ports.ts': {
    own: [],
    ownTypes: ['domain', 'report', 'print'],
    chassisTypes: ['database/', 'files/', 'identity', 'mail/', 'platform-probe', 'telemetry/'],
    ports: true,
  },
  'port.ts': {
    own: ['domain', 'store'],
    chassis: ['jobs/', 'fault', 'identity', 'values/'],
    chassisTypes: ['command', 'database/'],
    packages: ['zod'],
  },
}

/** What is printed for monitoring: read from the stores, and nothing is done about it. */
const FIGURES: Part = {
  own: ['domain', 'store'],
  chassis: ['values/'],
  chassisTypes: ['database/', 'platform-figures'],
}

/** What a fetch reads, for whoever says out of which databases. */
const READS: Part = {
  own: ['store'],
  ownTypes: ['context.ts'],
  chassisTypes: ['database/'],
  packages: ['dataloader'],
}

export const PARTS: Readonly<Record<string, Part>> = {
  ...BUSINESS,
  ...SPECIAL,
  ...EDGES,
  'usage-figures.ts': FIGURES,
  'alert-figures.ts': FIGURES,
  'job-reads.ts': READS,
}

/** Where a subgraph is put together: everything of its own, and the ports of others. */
export const COMPOSITION_ROOTS: ReadonlySet<string> = new Set([
  'subgraph.ts',
  'all-cells.ts',
  'all-figures.ts',
  'run-on-jobs.ts',
  'signing-in.ts',
  'payments.ts',
  'invoicing.ts',
  'companies.ts',
  'main.ts',
  'config.ts',
])

export type Excuse = {
  readonly part: string
  readonly specifier: string
  readonly names: readonly string[]
  readonly reason: string
}

/** Single names that pass where their module does not. */
export const EXCUSES: readonly Excuse[] = [
  {
    part: 'commands',
    specifier: '@stormops/chassis/database/database',
    names: ['BULK_DEADLINE_MS'],
    reason: 'How long a command over many rows may take: a number, no door to the data.',
  },
  {
    part: 'jobs',
    specifier: '@stormops/chassis/database/database',
    names: ['BULK_DEADLINE_MS'],
    reason: 'As for the command it runs.',
  },
  {
    part: 'commands',
    specifier: '@stormops/chassis/files/signed-link',
    names: ['LINK_LIFETIME_SECONDS'],
    reason: 'How long a link can be used, which the answer says: a number.',
  },
  {
    part: 'resolvers',
    specifier: '@stormops/chassis/files/signed-link',
    names: ['LINK_LIFETIME_SECONDS'],
    reason: 'The same number.',
  },
  {
    part: 'resolvers',
    specifier: '@stormops/chassis/jobs/steps',
    names: ['stepRecords'],
    reason: 'The steps of a job are kept by the chassis, so no store of a subgraph can read them.',
  },
]
