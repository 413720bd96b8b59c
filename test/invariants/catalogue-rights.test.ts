import { APP_ROLE, IDENTITY_ROLE, OWNER_ROLE, PLATFORM_ROLE } from '@stormops/chassis/database/roles'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTriedDatabase } from './catalogue-findings.ts'
import type { TriedDatabase } from './catalogue-findings.ts'

let tried: TriedDatabase
beforeAll(async () => {
  tried = await openTriedDatabase()
})
afterAll(() => tried.close())

describe('rights', () => {
  it.each([
    ...['truncate', 'references', 'trigger', 'maintain'].flatMap((right) =>
      [APP_ROLE, PLATFORM_ROLE].map((role): [string, string, string[]] => [
        `to ${right} are not the ${role}’s`,
        `grant ${right} on storms.storm to ${role}`,
        ['right-round-row-security storms.storm'],
      ]),
    ),
    [
      'on a table are not everybody’s',
      'grant select on storms.storm to public',
      ['granted-to-public storms.storm'],
    ],
    [
      'on a column are not everybody’s',
      'grant select (name) on storms.storm to public',
      ['granted-to-public storms.storm.name'],
    ],
    [
      'to use a schema are not everybody’s',
      'grant usage on schema storms to public',
      ['granted-to-public storms'],
    ],
    [
      'to create in a schema are not the app’s',
      `grant create on schema storms to ${APP_ROLE}`,
      ['create-granted storms'],
    ],
    [
      'to create in public are nobody’s',
      'grant create on schema public to public',
      ['create-granted public'],
    ],
    [
      'are not handed on',
      `grant select on storms.storm to ${APP_ROLE} with grant option`,
      ['grant-option storms.storm'],
    ],
    [
      'of the platform role are to read',
      `grant insert on storms.storm to ${PLATFORM_ROLE}`,
      ['platform-writes storms.storm'],
    ],
    [
      'of the platform role are to read, column by column too',
      `grant update (name) on storms.storm to ${PLATFORM_ROLE}`,
      ['platform-writes storms.storm.name'],
    ],
  ])('%s', async (_sentence, change, expected) => {
    expect(await tried.foundAfter(change)).toEqual(expected)
  })

  it('to create schemas are not the app’s', async () => {
    const name = tried.database.admin.database
    expect(await tried.foundAfter(`grant create on database "${name}" to ${APP_ROLE}`)).toEqual([
      `create-granted ${name}`,
    ])
  })
})

describe('tables of persons', () => {
  it.each([
    [
      'are not the app’s to read',
      `grant select on tenancy.session to ${APP_ROLE}`,
      ['identity-not-apart tenancy.session'],
    ],
    [
      'are not the app’s to write',
      `grant insert on tenancy.sign_in_link to ${APP_ROLE}`,
      ['identity-not-apart tenancy.sign_in_link', 'shared-table-writable tenancy.sign_in_link'],
    ],
    [
      'are not the platform’s to read, not even a column',
      `grant select (email) on tenancy.person to ${PLATFORM_ROLE}`,
      ['identity-not-apart tenancy.person'],
    ],
    [
      'have row security',
      'alter table tenancy.person disable row level security',
      ['identity-not-apart tenancy.person'],
    ],
    [
      'have it forced on their owner',
      'alter table tenancy.session no force row level security',
      ['identity-not-apart tenancy.session'],
    ],
    [
      'have no policy for others',
      'create policy others on tenancy.session using (true)',
      ['identity-not-apart tenancy.session'],
    ],
  ])('%s', async (_sentence, change, expected) => {
    expect(await tried.foundAfter(change)).toEqual(expected)
  })
})

describe('the role that signs people in', () => {
  it.each([
    [
      'reads no other table of companies',
      `grant select on storms.storm to ${IDENTITY_ROLE}`,
      ['identity-not-apart storms.storm'],
    ],
    [
      'has no policy on one',
      `create policy identity_reads on storms.storm for select to ${IDENTITY_ROLE} using (true)`,
      ['absent-companies-seen storms.storm', 'loose-policy storms.storm.identity_reads'],
    ],
    [
      'does not write what it may read of companies',
      `grant update on tenancy.member to ${IDENTITY_ROLE}`,
      ['identity-not-apart tenancy.member'],
    ],
    [
      'does not go round row security',
      `grant truncate on tenancy.session to ${IDENTITY_ROLE}`,
      ['right-round-row-security tenancy.session'],
    ],
  ])('%s', async (_sentence, change, expected) => {
    expect(await tried.foundAfter(change)).toEqual(expected)
  })
})

describe('roles', () => {
  it.each([
    ...[OWNER_ROLE, APP_ROLE, PLATFORM_ROLE, IDENTITY_ROLE].flatMap((role) =>
      ['superuser', 'bypassrls', 'createdb', 'createrole', 'replication'].map(
        (power): [string, string, string[]] => [
          `${role} has no ${power}`,
          `alter role ${role} ${power}`,
          [`role-power ${role}`],
        ],
      ),
    ),
    ...[PLATFORM_ROLE, IDENTITY_ROLE].map((role): [string, string, string[]] => [
      `nobody logs in as ${role}`,
      `alter role ${role} login`,
      [`role-logs-in ${role}`],
    ]),
    ['the app owns no table', `alter table storms.storm owner to ${APP_ROLE}`, [`role-owns ${APP_ROLE}`]],
    ['the app owns no schema', `alter schema storms owner to ${APP_ROLE}`, [`role-owns ${APP_ROLE}`]],
    [
      'the platform owns nothing',
      `alter table storms.storm owner to ${PLATFORM_ROLE}`,
      [`role-owns ${PLATFORM_ROLE}`],
    ],
    ['the app is not the owner', `grant ${OWNER_ROLE} to ${APP_ROLE}`, [`role-membership ${APP_ROLE}`]],
    ...[PLATFORM_ROLE, IDENTITY_ROLE].map((role): [string, string, string[]] => [
      `the app does not carry what ${role} may do`,
      `grant ${role} to ${APP_ROLE} with inherit true`,
      [`role-membership ${APP_ROLE}`],
    ]),
    [
      'the role that signs people in is not the platform',
      `grant ${PLATFORM_ROLE} to ${IDENTITY_ROLE}`,
      [`role-membership ${IDENTITY_ROLE}`],
    ],
    [
      'the platform is not the owner',
      `grant ${OWNER_ROLE} to ${PLATFORM_ROLE}`,
      [`role-membership ${PLATFORM_ROLE}`],
    ],
  ])('%s', async (_sentence, change, expected) => {
    expect(await tried.foundAfter(change)).toEqual(expected)
  })

  it('do not own the database', async () => {
    expect(
      await tried.foundAfter(`alter database "${tried.database.admin.database}" owner to ${APP_ROLE}`),
    ).toEqual([`role-owns ${APP_ROLE}`])
  })

  it('are all there', async () => {
    const renamed = `alter role ${PLATFORM_ROLE} rename to stormops_nobody`
    expect(await tried.foundAfter(renamed)).toContain(`role-missing ${PLATFORM_ROLE}`)
  })
})
