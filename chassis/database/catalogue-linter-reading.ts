/** What the linter knows of a database, read from PostgreSQL's catalogue. */
import type { ClientBase } from 'pg'
import { APP_ROLE, CHANGED_INTO, OWNER_ROLE } from './roles.ts'

/** `object` is the qualified name of what is wrong; `message` says what and why in a sentence. */
export type CatalogueFinding = { readonly rule: string; readonly object: string; readonly message: string }

export type CatalogueRule = (catalogue: Catalogue) => readonly CatalogueFinding[]

export type CatalogueColumn = { readonly name: string; readonly type: string; readonly notNull: boolean }

/** An ordinary or partitioned table, or a partition of one. */
export type CatalogueTable = {
  readonly name: string
  readonly schema: string
  readonly comment: string
  readonly rowSecurity: boolean
  readonly forced: boolean
  readonly columns: readonly CatalogueColumn[]
}

export type CataloguePolicy = {
  readonly table: string
  readonly name: string
  readonly permissive: boolean
  readonly command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
  /** `PUBLIC` stands for every role. */
  readonly roles: readonly string[]
  readonly using: string | null
  readonly check: string | null
}

/** A primary key, a unique index or an exclusion; an expression among the columns is null. */
export type CatalogueUnique = {
  readonly table: string
  readonly name: string
  readonly primary: boolean
  readonly columns: readonly (string | null)[]
}

export type CatalogueForeignKey = {
  readonly table: string
  readonly name: string
  readonly columns: readonly string[]
  readonly target: string
  readonly targetColumns: readonly string[]
}

/** Views, materialised views, foreign tables and sequences. */
export type CatalogueRelation = {
  readonly name: string
  readonly kind: 'view' | 'materialised view' | 'foreign table' | 'sequence'
  readonly options: readonly string[]
  /** The table a sequence counts for. */
  readonly ownedBy: string | null
}

export type CatalogueFunction = {
  readonly name: string
  readonly securityDefiner: boolean
  readonly body: string
}

/** A right of the app, the platform role, the identity role or PUBLIC; `column` is null for a right on the whole table. */
export type CatalogueGrant = {
  readonly object: string
  readonly kind: 'relation' | 'schema' | 'database'
  readonly column: string | null
  readonly grantee: string
  readonly privilege: string
  readonly grantable: boolean
}

export type CatalogueRole = {
  readonly name: string
  readonly login: boolean
  readonly superuser: boolean
  readonly bypassRowSecurity: boolean
  readonly createDatabase: boolean
  readonly createRole: boolean
  readonly replication: boolean
  readonly memberOf: readonly { readonly role: string; readonly inherit: boolean; readonly admin: boolean }[]
  /** What it owns in this database, temporary tables left out. */
  readonly owns: readonly string[]
}

export type Catalogue = {
  readonly schemas: readonly string[]
  /** Schemas of the owner that nobody listed. */
  readonly unlistedSchemas: readonly string[]
  readonly inPublic: readonly string[]
  readonly tables: readonly CatalogueTable[]
  readonly policies: readonly CataloguePolicy[]
  readonly uniques: readonly CatalogueUnique[]
  readonly foreignKeys: readonly CatalogueForeignKey[]
  readonly relations: readonly CatalogueRelation[]
  readonly functions: readonly CatalogueFunction[]
  readonly grants: readonly CatalogueGrant[]
  readonly roles: readonly CatalogueRole[]
}

const QUEUE = 'pgboss'

const TABLES = `
  select n.nspname || '.' || c.relname as name, n.nspname as schema,
         coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
         c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as forced,
         (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                                            'notNull', a.attnotnull) order by a.attnum), '[]')
            from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = any($1) and c.relkind in ('r', 'p')
   order by 1`

const POLICIES = `
  select n.nspname || '.' || c.relname as table, p.polname as name, p.polpermissive as permissive,
         case p.polcmd when '*' then 'ALL' when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE'
                       else 'DELETE' end as command,
         (select json_agg(coalesce(r.rolname, 'PUBLIC')) from unnest(p.polroles) given(id)
            left join pg_roles r on r.oid = given.id) as roles,
         pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = any($1)
   order by 1, 2`

const UNIQUES = `
  select n.nspname || '.' || t.relname as table, n.nspname || '.' || c.relname as name, i.indisprimary as primary,
         (select json_agg(a.attname order by k.place) from unnest(i.indkey::smallint[]) with ordinality k(attnum, place)
            left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum and k.attnum > 0
           where k.place <= i.indnkeyatts) as columns
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace
   where n.nspname = any($1) and (i.indisunique or i.indisexclusion)
   order by 1, 2`

const FOREIGN_KEYS = `
  select n.nspname || '.' || t.relname as table, n.nspname || '.' || t.relname || '.' || k.conname as name,
         tn.nspname || '.' || target.relname as target,
         (select json_agg(a.attname order by c.place) from unnest(k.conkey) with ordinality c(attnum, place)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.attnum) as columns,
         (select json_agg(a.attname order by c.place) from unnest(k.confkey) with ordinality c(attnum, place)
            join pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.attnum) as "targetColumns"
    from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
    join pg_class target on target.oid = k.confrelid join pg_namespace tn on tn.oid = target.relnamespace
   where n.nspname = any($1) and k.contype = 'f'
   order by 1, 2`

const RELATIONS = `
  select n.nspname || '.' || c.relname as name, coalesce(to_json(c.reloptions), '[]') as options,
         case c.relkind when 'v' then 'view' when 'm' then 'materialised view' when 'f' then 'foreign table'
                        else 'sequence' end as kind,
         (select tn.nspname || '.' || t.relname
            from pg_depend d join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
           where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
             and d.deptype in ('a', 'i') and c.relkind = 'S' limit 1) as "ownedBy"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = any($1) and c.relkind in ('v', 'm', 'f', 'S')
   order by 1`

const FUNCTIONS = `
  select n.nspname || '.' || p.proname as name, p.prosecdef as "securityDefiner",
         coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname = any($1)
   order by 1`

/** $2 are the roles whose rights matter; 0 stands for PUBLIC. What an owner may do is said by its owning. */
const GRANTS = `
  with given as (
    select n.nspname || '.' || c.relname as object, 'relation' as kind, null::text as column, c.relacl as acl, c.relowner as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1)
    union all
    select n.nspname || '.' || c.relname, 'relation', a.attname, a.attacl, c.relowner
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and a.attacl is not null
    union all
    select nspname, 'schema', null, nspacl, nspowner from pg_namespace where nspname = any($1) or nspname = 'public'
    union all
    select datname, 'database', null, datacl, datdba from pg_database where datname = current_database()
  )
  select given.object, given.kind, given.column, coalesce(r.rolname, 'PUBLIC') as grantee,
         right_.privilege_type as privilege, right_.is_grantable as grantable
    from given cross join lateral aclexplode(given.acl) right_ left join pg_roles r on r.oid = right_.grantee
   where (right_.grantee = 0 or r.rolname = any($2)) and right_.grantee <> given.owner
   order by 1, 3 nulls first, 4, 5`

const ROLES = `
  select r.rolname as name, r.rolcanlogin as login, r.rolsuper as superuser,
         r.rolbypassrls as "bypassRowSecurity", r.rolcreatedb as "createDatabase",
         r.rolcreaterole as "createRole", r.rolreplication as replication,
         (select coalesce(json_agg(json_build_object('role', g.rolname, 'inherit', m.inherit_option,
                                                     'admin', m.admin_option)), '[]')
            from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid) as "memberOf",
         (select coalesce(json_agg(pg_describe_object(d.classid, d.objid, 0)), '[]')
            from pg_shdepend d left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
           where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o'
             and (d.dbid = (select oid from pg_database where datname = current_database())
                  or d.classid = 'pg_database'::regclass
                     and d.objid = (select oid from pg_database where datname = current_database()))
             and c.relpersistence is distinct from 't') as owns
    from pg_roles r where r.rolname = any($1)
   order by 1`

/** Extensions may live in public; what they bring is theirs. */
const IN_PUBLIC = `
  with here as (
    select 'pg_class'::regclass as class, oid from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    union all
    select 'pg_proc'::regclass, oid from pg_proc where pronamespace = 'public'::regnamespace
  )
  select pg_describe_object(class, oid, 0) as name from here
   where not exists (select from pg_depend d where d.classid = class and d.objid = here.oid and d.deptype = 'e')
   order by 1`

const UNLISTED_SCHEMAS = `
  select nspname as name from pg_namespace
   where nspname <> all($1) and nspname <> $2 and nspname !~ '^pg_' and nspowner = $3::regrole
   order by 1`

export const readCatalogue = async (client: ClientBase, schemas: readonly string[]): Promise<Catalogue> => {
  const rows = async <Row extends object>(sql: string, parameters: unknown[]): Promise<readonly Row[]> =>
    (await client.query<Row>(sql, parameters)).rows
  const names = async (sql: string, parameters: unknown[]): Promise<readonly string[]> =>
    (await rows<{ name: string }>(sql, parameters)).map(({ name }) => name)
  return {
    schemas,
    unlistedSchemas: await names(UNLISTED_SCHEMAS, [schemas, QUEUE, OWNER_ROLE]),
    inPublic: await names(IN_PUBLIC, []),
    tables: await rows(TABLES, [schemas]),
    policies: await rows(POLICIES, [schemas]),
    uniques: await rows(UNIQUES, [schemas]),
    foreignKeys: await rows(FOREIGN_KEYS, [schemas]),
    relations: await rows(RELATIONS, [schemas]),
    functions: await rows(FUNCTIONS, [schemas]),
    grants: await rows(GRANTS, [schemas, [APP_ROLE, ...CHANGED_INTO]]),
    roles: await rows(ROLES, [[OWNER_ROLE, APP_ROLE, ...CHANGED_INTO]]),
  }
}
