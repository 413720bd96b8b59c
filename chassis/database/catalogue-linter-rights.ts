/**
 * Rules of everything beside tables: what could go round a policy (views, functions, rights that row security does
 * not ask about) and who the roles are.
 */
import type { CatalogueFinding, CatalogueRole, CatalogueRule } from './catalogue-linter-reading.ts'
import { MIGRATION_TABLE } from './catalogue-linter-tables.ts'
import { APP_ROLE, CHANGED_INTO, OWNER_ROLE, PLATFORM_ROLE } from './roles.ts'

/** Functions that run with the rights of their owner, with the reason. */
const SECURITY_DEFINERS: ReadonlyMap<string, string> = new Map([
  ...['chassis.gone', 'chassis.away', 'chassis.closed'].map((name): [string, string] => [
    name,
    'Policies of every role ask which companies are not this cell’s to tell of; it gives their ids, and nothing else.',
  ]),
  [
    'billing.take_numbers',
    'Numbers of invoices have no gap over all companies: it takes the next ones, and shows and changes nothing else.',
  ],
  [
    'operations.acknowledge_alert',
    'The platform’s alerts have no company, so no policy lets a command write them: it notes who saw one, in the platform’s own transaction alone.',
  ],
])

/** The one function every policy rests on, as PostgreSQL prints it back. */
const CURRENT_TENANT_BODY = `RETURN (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid`

const schemaRule: CatalogueRule = ({ unlistedSchemas, inPublic }) => [
  ...unlistedSchemas.map((name) => ({
    rule: 'unlisted-schema',
    object: name,
    message: 'is a schema of the owner that no subgraph brings, so nothing in it is looked at',
  })),
  ...inPublic.map((name) => ({
    rule: 'public-not-empty',
    object: name,
    message: 'lies in the schema public, which is nobody’s',
  })),
]

const VIEW_RUNS_AS_CALLER = /^security_invoker=(true|on|yes|1)$/i

const relationRule: CatalogueRule = ({ relations, grants }) =>
  relations.flatMap(({ name, kind, options, ownedBy }): CatalogueFinding[] => {
    switch (kind) {
      case 'view':
        return options.some((option) => VIEW_RUNS_AS_CALLER.test(option))
          ? []
          : [
              {
                rule: 'view-runs-as-owner',
                object: name,
                message: 'is a view without security_invoker, so it reads with the rights of its owner',
              },
            ]
      case 'materialised view':
        return grants.some(({ object, privilege }) => object === name && privilege === 'SELECT')
          ? [
              {
                rule: 'materialised-view-readable',
                object: name,
                message: 'is a materialised view, which has no row security, and can be read',
              },
            ]
          : []
      case 'foreign table':
        return [
          { rule: 'foreign-table', object: name, message: 'is a foreign table, which has no row security' },
        ]
      case 'sequence':
        return ownedBy?.endsWith(`.${MIGRATION_TABLE}`) === true
          ? []
          : [
              {
                rule: 'sequence',
                object: name,
                message: 'counts over all companies, so its numbers tell one how much the others do',
              },
            ]
    }
  })

const functionRule: CatalogueRule = ({ functions }) => [
  ...functions
    .filter(({ name, securityDefiner }) => securityDefiner && !SECURITY_DEFINERS.has(name))
    .map(({ name }) => ({
      rule: 'security-definer',
      object: name,
      message: 'runs with the rights of its owner, and nobody listed why',
    })),
  ...functions
    .filter(({ name, body }) => name === 'chassis.current_tenant' && body !== CURRENT_TENANT_BODY)
    .map(({ name }) => ({
      rule: 'current-tenant',
      object: name,
      message: 'is not the transaction’s app.tenant_id and nothing else',
    })),
]

/** Rights on a table or a column that no policy is asked about, or that nobody needs. */
const ROUND_ROW_SECURITY = ['TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']

const grantRule: CatalogueRule = ({ grants }) =>
  grants.flatMap(({ object, kind, column, grantee, privilege, grantable }): CatalogueFinding[] => {
    const where = column === null ? object : `${object}.${column}`
    const finding = (rule: string, message: string) => [{ rule, object: where, message }]
    if (kind === 'database') {
      return privilege === 'CREATE'
        ? finding('create-granted', `${grantee} may create schemas in the database`)
        : []
    }
    if (kind === 'schema') {
      if (privilege === 'CREATE')
        return finding('create-granted', `${grantee} may create tables in the schema`)
      return grantee === 'PUBLIC' && object !== 'public'
        ? finding('granted-to-public', 'every role may use the schema')
        : []
    }
    if (grantee === 'PUBLIC') return finding('granted-to-public', `every role may ${privilege} it`)
    if (grantable) return finding('grant-option', `${grantee} may hand on ${privilege}`)
    if (ROUND_ROW_SECURITY.includes(privilege)) {
      return finding(
        'right-round-row-security',
        `${grantee} may ${privilege} it, which no policy is asked about`,
      )
    }
    return grantee === PLATFORM_ROLE && privilege !== 'SELECT'
      ? finding('platform-writes', `the platform role may ${privilege} it, and is there to read`)
      : []
  })

const POWERS = [
  ['superuser', 'is a superuser, for whom there is no row security'],
  ['bypassRowSecurity', 'goes round row security'],
  ['createDatabase', 'may create databases'],
  ['createRole', 'may create roles'],
  ['replication', 'may read everything by replication'],
] as const satisfies readonly (readonly [keyof CatalogueRole, string])[]

const roleRule: CatalogueRule = ({ roles }) =>
  [OWNER_ROLE, APP_ROLE, ...CHANGED_INTO].flatMap((name): CatalogueFinding[] => {
    const role = roles.find((candidate) => candidate.name === name)
    if (role === undefined) return [{ rule: 'role-missing', object: name, message: 'does not exist' }]
    return [
      ...POWERS.filter(([power]) => role[power]).map(([, message]) => ({
        rule: 'role-power',
        object: name,
        message,
      })),
      ...(CHANGED_INTO.includes(name) && role.login
        ? [{ rule: 'role-logs-in', object: name, message: 'may log in, and is only to be changed into' }]
        : []),
      ...(name === OWNER_ROLE
        ? []
        : role.owns.map((owned) => ({
            rule: 'role-owns',
            object: name,
            message: `owns ${owned}, and who owns a table may turn its row security off`,
          }))),
    ]
  })

/** The app may change into these without carrying their rights; that is all the kinship there is. */
const membershipRule: CatalogueRule = ({ roles }) =>
  roles
    .filter(({ name }) => name !== OWNER_ROLE)
    .flatMap(({ name, memberOf }) =>
      memberOf
        .filter(
          ({ role, inherit, admin }) =>
            !(name === APP_ROLE && CHANGED_INTO.includes(role) && !inherit && !admin),
        )
        .map(({ role, inherit, admin }) => ({
          rule: 'role-membership',
          object: name,
          message: `is a member of ${role}${inherit ? ' and carries its rights' : ''}${admin ? ' and may hand it on' : ''}`,
        })),
    )

export const rightsRules: readonly CatalogueRule[] = [
  schemaRule,
  relationRule,
  functionRule,
  grantRule,
  roleRule,
  membershipRule,
]
