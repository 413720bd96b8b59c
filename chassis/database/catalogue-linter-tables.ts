/**
 * Rules of tables. A company's rows carry its id in the first column of every key, so that no key can tie rows of two
 * companies together or tell one that another uses a value; and a policy compares that id with the transaction's.
 */
import type {
  Catalogue,
  CatalogueFinding,
  CataloguePolicy,
  CatalogueRule,
  CatalogueTable,
} from './catalogue-linter-reading.ts'
import { APP_ROLE, IDENTITY_ROLE, LEDGER_ROLE, PLATFORM_ROLE } from './roles.ts'

/** What the runner of migrations keeps in every schema: the names of the files it ran, and nothing of a company. */
export const MIGRATION_TABLE = 'migration'

/** The table whose rows are the companies themselves. */
const COMPANIES = 'tenancy.tenant'

const SHARED_TABLE_COMMENT = 'No tenant_id:'

/** Findings that are meant to be, by rule and object. One that is not found any more is itself a finding. */
const EXCEPTIONS: readonly (Omit<CatalogueFinding, 'message'> & { readonly reason: string })[] = [
  {
    rule: 'unique-index-across-tenants',
    object: 'tenancy.tenant_slug_key',
    reason: 'A short name is one company’s among all; only staff can try one.',
  },
  {
    rule: 'foreign-key-across-tenants',
    object: 'billing.subscription.subscription_plan_fkey',
    reason: 'Plans are the same for every company, and their tables have no company.',
  },
  {
    rule: 'foreign-key-across-tenants',
    object: 'billing.invoice.invoice_issuer_fkey',
    reason: 'All companies are asked for money by the same one, which is none of them.',
  },
]

export const isException = ({ rule, object }: CatalogueFinding): boolean =>
  EXCEPTIONS.some((exception) => exception.rule === rule && exception.object === object)

export const staleExceptions = (
  { schemas }: Catalogue,
  found: readonly CatalogueFinding[],
): readonly CatalogueFinding[] =>
  EXCEPTIONS.filter(
    ({ rule, object }) =>
      schemas.includes(object.split('.')[0] ?? '') &&
      !found.some((finding) => finding.rule === rule && finding.object === object),
  ).map(({ object, reason }) => ({
    rule: 'stale-exception',
    object,
    message: `is excepted, but nothing is wrong with it any more; take the exception out (${reason})`,
  }))

const isMigrationTable = ({ name, schema }: CatalogueTable): boolean =>
  name === `${schema}.${MIGRATION_TABLE}`

/** Tables that hold something of the platform's own doing, so all but the migration tables. */
export const ownTables = ({ tables }: Catalogue): readonly CatalogueTable[] =>
  tables.filter((table) => !isMigrationTable(table))

/** The column that says whose a row is, or null for a table without one. */
export const tenantColumn = (table: CatalogueTable): string | null => {
  if (table.name === COMPANIES) return 'id'
  return table.columns.some(({ name }) => name === 'tenant_id') ? 'tenant_id' : null
}

export const tenantTables = (
  catalogue: Catalogue,
): readonly { readonly table: CatalogueTable; readonly column: string }[] =>
  ownTables(catalogue).flatMap((table) => {
    const column = tenantColumn(table)
    return column === null ? [] : [{ table, column }]
  })

const WRITES = ['INSERT', 'UPDATE', 'DELETE']

const tenantIdRule: CatalogueRule = (catalogue) =>
  ownTables(catalogue).flatMap((table) => {
    const key = tenantColumn(table)
    if (key === null) {
      return table.comment.startsWith(SHARED_TABLE_COMMENT)
        ? []
        : [
            {
              rule: 'tenant-id-missing',
              object: table.name,
              message: `has no tenant_id, and no comment that begins with '${SHARED_TABLE_COMMENT}' to say why`,
            },
          ]
    }
    const column = table.columns.find(({ name }) => name === key)
    return column?.type === 'uuid' && column.notNull
      ? []
      : [{ rule: 'tenant-id-type', object: table.name, message: `${key} is not a uuid that is never null` }]
  })

const sharedTableRule: CatalogueRule = (catalogue) =>
  ownTables(catalogue)
    .filter((table) => tenantColumn(table) === null && table.comment.startsWith(SHARED_TABLE_COMMENT))
    .filter(({ name }) =>
      catalogue.grants.some(
        ({ object, grantee, privilege }) =>
          object === name && grantee === APP_ROLE && WRITES.includes(privilege),
      ),
    )
    .map(({ name }) => ({
      rule: 'shared-table-writable',
      object: name,
      message: 'is the same for every company, and the app may write it on behalf of one',
    }))

const rowSecurityRule: CatalogueRule = (catalogue) =>
  tenantTables(catalogue).flatMap(({ table }) => [
    ...(table.rowSecurity
      ? []
      : [{ rule: 'row-security-off', object: table.name, message: 'row security is not enabled' }]),
    ...(table.forced
      ? []
      : [
          {
            rule: 'row-security-not-forced',
            object: table.name,
            message: 'row security is not forced on the owner',
          },
        ]),
  ])

/** Tables of companies that the identity role may read across them: whose people there are, and in which company. */
const IDENTITY_READS: readonly string[] = ['tenancy.member', COMPANIES]

/**
 * Tables of persons have no company to be kept apart by, so a role keeps them: what the identity role may do with a
 * table that has no company, nobody else may do at all; and of a company's table it may read those two and no other.
 */
const identityRule: CatalogueRule = (catalogue) => {
  const granted = (table: CatalogueTable) =>
    catalogue.grants.filter(({ object, kind }) => kind === 'relation' && object === table.name)
  return ownTables(catalogue)
    .filter((table) => granted(table).some(({ grantee }) => grantee === IDENTITY_ROLE))
    .flatMap((table): readonly CatalogueFinding[] => {
      const finding = (message: string) => [{ rule: 'identity-not-apart', object: table.name, message }]
      if (tenantColumn(table) !== null) {
        const reads = granted(table).every(
          ({ grantee, privilege }) => grantee !== IDENTITY_ROLE || privilege === 'SELECT',
        )
        return reads && IDENTITY_READS.includes(table.name)
          ? []
          : finding('is a company’s, and the role that signs people in has rights on it')
      }
      if (granted(table).some(({ grantee }) => grantee !== IDENTITY_ROLE)) {
        return finding('is of persons, and others than the role that signs people in have rights on it')
      }
      const policies = catalogue.policies.filter((policy) => policy.table === table.name && policy.permissive)
      return table.rowSecurity && table.forced && policies.every(isForIdentity)
        ? []
        : finding('is of persons, and row security does not keep it to the role that signs people in')
    })
}

const isForIdentity = ({ roles }: CataloguePolicy): boolean =>
  roles.length === 1 && roles[0] === IDENTITY_ROLE

/** As PostgreSQL prints it back. */
const comparison = (column: string): string => `(${column} = chassis.current_tenant())`

const keepsApart = (policy: CataloguePolicy, column: string): boolean => {
  const using = policy.command === 'INSERT' || policy.using === comparison(column)
  // Without a check of its own a policy for all or for updates checks what it uses.
  const inheritsCheck = policy.check === null && ['ALL', 'UPDATE'].includes(policy.command)
  const readsOnly = policy.command === 'SELECT' || policy.command === 'DELETE'
  return using && (readsOnly || inheritsCheck || policy.check === comparison(column))
}

/**
 * Tables that the ledger role may write across companies: what they used, what they owe for it, and what became of the
 * jobs that are done for many of them at once.
 */
const LEDGER_WRITES: readonly string[] = [
  'chassis.job_run',
  'chassis.job_event',
  'chassis.job_step',
  'chassis.idempotency_key',
  'billing.usage_event',
  'billing.usage_counter',
  'billing.usage_notice',
  'billing.closed_month',
  'billing.invoice',
  'billing.invoice_line',
]

/** What lets a role that the app becomes read across companies, or keep the ledger of all of them. */
const isAcross = (policy: CataloguePolicy): boolean => {
  const [role] = policy.roles
  if (policy.roles.length !== 1) return false
  if (policy.command !== 'SELECT') return role === LEDGER_ROLE && LEDGER_WRITES.includes(policy.table)
  return (
    role === PLATFORM_ROLE ||
    role === LEDGER_ROLE ||
    (isForIdentity(policy) && IDENTITY_READS.includes(policy.table))
  )
}

const policyRule: CatalogueRule = (catalogue) =>
  tenantTables(catalogue).flatMap(({ table, column }) => {
    const policies = catalogue.policies.filter((policy) => policy.table === table.name && policy.permissive)
    const isolating = policies.some(
      (policy) =>
        policy.command === 'ALL' &&
        policy.check !== null &&
        policy.roles.some((role) => role === 'PUBLIC' || role === APP_ROLE) &&
        keepsApart(policy, column),
    )
    const loose = policies.filter((policy) => !keepsApart(policy, column) && !isAcross(policy))
    if (loose.length > 0) {
      return loose.map((policy) => ({
        rule: 'loose-policy',
        object: `${table.name}.${policy.name}`,
        message: `lets ${policy.roles.join(', ')} do ${policy.command} without USING and CHECK both being ${comparison(column)}`,
      }))
    }
    return isolating
      ? []
      : [
          {
            rule: 'policy-missing',
            object: table.name,
            message: `has no policy for ALL whose USING and CHECK both are ${comparison(column)}`,
          },
        ]
  })

/** The roles that see companies' tables across them. */
const ACROSS_ROLES: readonly string[] = [PLATFORM_ROLE, LEDGER_ROLE, IDENTITY_ROLE]

const HIDES_ABSENT = /<> ALL \(.*chassis\.(gone|away)\(\)/

/** Who reads over all companies must not read what one left behind that lives in another database now. */
const presenceRule: CatalogueRule = (catalogue) =>
  tenantTables(catalogue)
    .filter(({ table }) =>
      catalogue.policies.some(
        ({ table: name, permissive, roles }) =>
          name === table.name && permissive && roles.some((role) => ACROSS_ROLES.includes(role)),
      ),
    )
    .filter(
      ({ table }) =>
        !catalogue.policies.some(
          ({ table: name, permissive, using, roles }) =>
            name === table.name &&
            !permissive &&
            HIDES_ABSENT.test(using?.replaceAll('\n', ' ') ?? '') &&
            ACROSS_ROLES.every((role) => roles.includes(role)),
        ),
    )
    .map(({ table }) => ({
      rule: 'absent-companies-seen',
      object: table.name,
      message: 'is read across companies, and shows rows of companies that live in another database now',
    }))

const keyRule: CatalogueRule = (catalogue) =>
  tenantTables(catalogue).flatMap(({ table, column }) => {
    const uniques = catalogue.uniques.filter((unique) => unique.table === table.name)
    const loose = uniques
      .filter(({ columns }) => columns[0] !== column)
      .map(({ name, primary }) => ({
        rule: primary ? 'primary-key-across-tenants' : 'unique-index-across-tenants',
        object: name,
        message: `does not begin with ${column}, so one company can learn what another has`,
      }))
    return uniques.some(({ primary }) => primary)
      ? loose
      : [...loose, { rule: 'primary-key-missing', object: table.name, message: 'has no primary key' }]
  })

const foreignKeyRule: CatalogueRule = (catalogue) => {
  const columns = new Map(tenantTables(catalogue).map(({ table, column }) => [table.name, column]))
  return catalogue.foreignKeys
    .filter((key) => columns.has(key.table))
    .filter(
      (key) => key.columns[0] !== columns.get(key.table) || key.targetColumns[0] !== columns.get(key.target),
    )
    .map(({ name, target }) => ({
      rule: 'foreign-key-across-tenants',
      object: name,
      message: `does not tie the company of the row to the company of its row in ${target}`,
    }))
}

export const tableRules: readonly CatalogueRule[] = [
  tenantIdRule,
  sharedTableRule,
  rowSecurityRule,
  identityRule,
  policyRule,
  presenceRule,
  keyRule,
  foreignKeyRule,
]
