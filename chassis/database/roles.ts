/**
 * Five roles. The owner migrates and owns every table; the app works for one tenant at a time and owns
 * nothing; the platform role is what the app changes into to read across tenants, and only where a policy
 * of a table names it; the identity role is what it changes into to sign people in, who belong to no tenant; the
 * ledger role is what it changes into to write down for many tenants at once what they used and owe, and which of their
 * jobs were done.
 */
import { createHmac } from 'node:crypto'
import type { ClientBase } from 'pg'

export const OWNER_ROLE = 'stormops_owner'
export const APP_ROLE = 'stormops_app'
export const PLATFORM_ROLE = 'stormops_platform'
export const IDENTITY_ROLE = 'stormops_identity'
export const LEDGER_ROLE = 'stormops_ledger'

/** Roles that the app becomes for a transaction, and whose rights it does not carry otherwise. */
export const CHANGED_INTO: readonly string[] = [PLATFORM_ROLE, IDENTITY_ROLE, LEDGER_ROLE]

/** Serialises processes that prepare the same server at once. Any number; it only has to be the same one. */
const PREPARATION_LOCK = 5_176_923

/** Every process that knows the secret derives the same password, so nobody has to hand it round. */
export const rolePassword = (secret: string, role: string): string =>
  createHmac('sha256', secret).update(role).digest('base64url')

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Waits until no other process prepares this server, and keeps others waiting until the work is done. */
export const preparingAlone = async <Result>(
  admin: ClientBase,
  work: () => Promise<Result>,
): Promise<Result> => {
  await admin.query('select pg_advisory_lock($1)', [PREPARATION_LOCK])
  try {
    return await work()
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [PREPARATION_LOCK])
  }
}

/**
 * A client that is gone without a word, with its machine or its network, holds its locks until the server notices: within
 * half a minute, where the operating system's own answer is two hours. Says nothing on a Unix socket.
 */
const NOTICES_LOST_CLIENTS: readonly (readonly [setting: string, value: string])[] = [
  ['tcp_keepalives_idle', '15s'],
  ['tcp_keepalives_interval', '5s'],
  ['tcp_keepalives_count', '3'],
  ['tcp_user_timeout', '30s'],
]

/** Makes the roles where they are missing. Needs a connection that may create roles; throws what the server says. */
export const ensureRoles = async (admin: ClientBase, secret: string): Promise<void> => {
  for (const role of [OWNER_ROLE, APP_ROLE]) {
    await admin.query(
      `do $$ begin
         if not exists (select from pg_roles where rolname = ${quoted(role)}) then create role ${role}; end if;
       end $$`,
    )
    // A new role has no powers. To say so again would need a superuser, which a hosted server gives nobody; the
    // catalogue linter refuses a role that somebody gave one.
    await admin.query(`alter role ${role} login password ${quoted(rolePassword(secret, role))}`)
    await admin.query(
      NOTICES_LOST_CLIENTS.map(
        ([setting, value]) => `alter role ${role} set ${setting} = ${quoted(value)}`,
      ).join('; '),
    )
  }
  // Rows of a company that moves here were written before, by triggers too. A hosted server may not let it be granted;
  // then no company can be moved to it.
  await admin.query(
    `do $$ begin
       grant set on parameter session_replication_role to ${OWNER_ROLE};
     exception when insufficient_privilege then null;
     end $$`,
  )
  for (const role of CHANGED_INTO) {
    await admin.query(
      `do $$ begin
         if not exists (select from pg_roles where rolname = ${quoted(role)}) then
           create role ${role} nologin nosuperuser nobypassrls;
         end if;
       end $$`,
    )
    // The app may become the role, but does not carry its rights while it works for a tenant.
    await admin.query(`grant ${role} to ${APP_ROLE} with inherit false, set true`)
  }
}

/** Makes the database where it is missing, owned by the owner role. */
export const ensureDatabase = async (admin: ClientBase, database: string): Promise<void> => {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
  if (rowCount === 0) await admin.query(`create database "${database.replaceAll('"', '""')}"`)
  // A connection that is not a superuser must be a member of a role to hand it the database.
  await admin.query(`grant ${OWNER_ROLE} to current_user`)
  await admin.query(`alter database "${database.replaceAll('"', '""')}" owner to ${OWNER_ROLE}`)
}
