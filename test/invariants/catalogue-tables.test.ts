import { APP_ROLE, OWNER_ROLE, PLATFORM_ROLE } from '@stormops/chassis/database/roles'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTriedDatabase } from './catalogue-findings.ts'
import type { TriedDatabase } from './catalogue-findings.ts'

let tried: TriedDatabase
beforeAll(async () => {
  tried = await openTriedDatabase()
})
afterAll(() => tried.close())

/** A table as it should be, with changes: columns and keys, and what follows. */
const aTable = ({
  name = 'storms.crew',
  tenantId = 'tenant_id uuid not null',
  columns = 'id uuid not null, storm_id uuid not null, phone text',
  keys = 'primary key (tenant_id, id)',
  rowSecurity = 'enable',
  forced = true,
  policy = 'using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())',
} = {}) => `
  create table ${name} (${[tenantId, columns, keys].filter((part) => part !== '').join(', ')});
  alter table ${name} owner to ${OWNER_ROLE};
  alter table ${name} ${rowSecurity} row level security;
  ${forced ? `alter table ${name} force row level security;` : ''}
  ${policy === '' ? '' : `create policy tenant_isolation on ${name} ${policy};`}
  grant select, insert, update, delete on ${name} to ${APP_ROLE};`

const COMPARISON = 'tenant_id = chassis.current_tenant()'

describe('a table', () => {
  it('that is as it should be is not complained of', async () => {
    expect(await tried.foundAfter(aTable())).toEqual([])
  })

  it.each([
    [
      'says why it has no tenant_id',
      { tenantId: '', keys: 'primary key (id)', policy: '' },
      ['tenant-id-missing storms.crew'],
    ],
    [
      'has a tenant_id that is never null',
      { tenantId: 'tenant_id uuid', keys: 'unique (tenant_id, id)' },
      ['primary-key-missing storms.crew', 'tenant-id-type storms.crew'],
    ],
    [
      'has a tenant_id that is a uuid',
      { tenantId: 'tenant_id text not null', policy: '' },
      ['policy-missing storms.crew', 'tenant-id-type storms.crew'],
    ],
    ['has row security', { rowSecurity: 'disable' }, ['row-security-off storms.crew']],
    ['has row security for its owner too', { forced: false }, ['row-security-not-forced storms.crew']],
    ['has a policy', { policy: '' }, ['policy-missing storms.crew']],
    [
      'has a policy that checks what is written',
      { policy: `using (${COMPARISON})` },
      ['policy-missing storms.crew'],
    ],
    [
      'has a policy for every command',
      { policy: `for select using (${COMPARISON})` },
      ['policy-missing storms.crew'],
    ],
    [
      'has a policy for the app',
      { policy: `to ${PLATFORM_ROLE} using (${COMPARISON}) with check (${COMPARISON})` },
      ['absent-companies-seen storms.crew', 'policy-missing storms.crew'],
    ],
    [
      'has a policy that allows, not one that only narrows',
      { policy: `as restrictive using (${COMPARISON}) with check (${COMPARISON})` },
      ['policy-missing storms.crew'],
    ],
    [
      'lets nobody see all',
      { policy: `using (true) with check (${COMPARISON})` },
      ['loose-policy storms.crew.tenant_isolation'],
    ],
    [
      'lets nobody write all',
      { policy: `using (${COMPARISON}) with check (true)` },
      ['loose-policy storms.crew.tenant_isolation'],
    ],
    [
      'makes no exception in its policy',
      { policy: `using (${COMPARISON} or phone is null) with check (${COMPARISON})` },
      ['loose-policy storms.crew.tenant_isolation'],
    ],
    ['has a primary key', { keys: '' }, ['primary-key-missing storms.crew']],
    [
      'has the tenant first in its primary key',
      { keys: 'primary key (id, tenant_id)' },
      ['primary-key-across-tenants storms.crew_pkey'],
    ],
    [
      'has the tenant first in what is unique',
      { keys: 'primary key (tenant_id, id), unique (phone)' },
      ['unique-index-across-tenants storms.crew_phone_key'],
    ],
    [
      'has the tenant first in what excludes',
      { keys: 'primary key (tenant_id, id), exclude (phone with =)' },
      ['unique-index-across-tenants storms.crew_phone_excl'],
    ],
    [
      'has no numbers counted over all',
      { columns: 'id uuid not null, place bigint generated always as identity' },
      ['sequence storms.crew_place_seq'],
    ],
    ['has no serial', { columns: 'id uuid not null, place serial' }, ['sequence storms.crew_place_seq']],
    [
      'has the tenant in what it points to',
      {
        keys: `primary key (tenant_id, id), unique (tenant_id, storm_id),
               foreign key (storm_id, tenant_id) references storms.crew (id, tenant_id), unique (id, tenant_id)`,
      },
      [
        'foreign-key-across-tenants storms.crew.crew_storm_id_tenant_id_fkey',
        'unique-index-across-tenants storms.crew_id_tenant_id_key',
      ],
    ],
  ])('%s', async (_sentence, change, expected) => {
    expect(await tried.foundAfter(aTable(change))).toEqual(expected)
  })

  it('may point to a company, and to its rows', async () => {
    const keys = `primary key (tenant_id, id), foreign key (tenant_id) references tenancy.tenant (id),
                  foreign key (tenant_id, storm_id) references storms.storm (tenant_id, id)`
    expect(await tried.foundAfter(aTable({ keys }))).toEqual([])
  })

  it('is looked at partition by partition', async () => {
    const partitioned = `
      create table storms.crew (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id)) partition by hash (id);
      alter table storms.crew enable row level security;
      alter table storms.crew force row level security;
      create policy tenant_isolation on storms.crew using (${COMPARISON}) with check (${COMPARISON});
      create table storms.crew_0 partition of storms.crew for values with (modulus 1, remainder 0);`
    expect(await tried.foundAfter(partitioned)).toEqual([
      'policy-missing storms.crew_0',
      'row-security-not-forced storms.crew_0',
      'row-security-off storms.crew_0',
    ])
    const secured = `
      alter table storms.crew_0 enable row level security;
      alter table storms.crew_0 force row level security;
      create policy tenant_isolation on storms.crew_0 using (${COMPARISON}) with check (${COMPARISON});`
    expect(await tried.foundAfter(`${partitioned} ${secured}`)).toEqual([])
  })
})

describe('beside tables', () => {
  const APART = `using (${COMPARISON}) with check (${COMPARISON})`
  it.each([
    [
      'a table of all companies is not written by the app',
      `grant update (currency) on billing.plan_version to ${APP_ROLE}`,
      ['shared-table-writable billing.plan_version'],
    ],
    [
      'a second policy is as strict as the first',
      `create policy support on storms.pilot for select to ${APP_ROLE} using (true)`,
      ['loose-policy storms.pilot.support'],
    ],
    [
      'the platform role may be let read, and nobody with it',
      `create policy support on storms.pilot for select to ${PLATFORM_ROLE}, ${APP_ROLE} using (true)`,
      ['absent-companies-seen storms.pilot', 'loose-policy storms.pilot.support'],
    ],
    [
      'the platform role may be let read, and not write',
      `create policy support on storms.pilot for update to ${PLATFORM_ROLE} using (true)`,
      ['absent-companies-seen storms.pilot', 'loose-policy storms.pilot.support'],
    ],
    [
      'the platform role may be let read',
      `create policy support on storms.pilot for select to ${PLATFORM_ROLE} using (true);
       grant select on storms.pilot to ${PLATFORM_ROLE};
       set local role ${OWNER_ROLE}; select chassis.hide_absent_companies(); reset role`,
      [],
    ],
    [
      'the platform role may be let read, and not what a company left behind that lives elsewhere',
      `create policy support on storms.pilot for select to ${PLATFORM_ROLE} using (true)`,
      ['absent-companies-seen storms.pilot'],
    ],
    ['a second policy may be as strict', `create policy second on storms.pilot for update ${APART}`, []],
    [
      'a view reads as whoever asks',
      'create view storms.scored as select * from storms.score',
      ['view-runs-as-owner storms.scored'],
    ],
    [
      'a view that reads as whoever asks is fine',
      'create view storms.scored with (security_invoker) as select * from storms.score',
      [],
    ],
    [
      'a materialised view is not read by the app',
      `create materialized view storms.scored as select * from storms.score; grant select on storms.scored to ${APP_ROLE}`,
      ['materialised-view-readable storms.scored'],
    ],
    [
      'a materialised view that nobody reads is fine',
      'create materialized view storms.scored as select * from storms.score',
      [],
    ],
    [
      'there is no foreign table',
      `create foreign data wrapper nowhere; create server nowhere foreign data wrapper nowhere;
       create foreign table storms.elsewhere (id uuid) server nowhere`,
      ['foreign-table storms.elsewhere'],
    ],
    ['there is no sequence', 'create sequence storms.number', ['sequence storms.number']],
    [
      'no function runs as its owner',
      'create function storms.all_storms() returns bigint language sql security definer return (select count(*) from storms.storm)',
      ['security-definer storms.all_storms'],
    ],
    [
      'the function behind the policies says only whose transaction it is',
      `create or replace function chassis.current_tenant() returns uuid language sql stable parallel safe
         return coalesce(nullif(current_setting('app.tenant_id', true), ''), '0')::uuid`,
      ['current-tenant chassis.current_tenant'],
    ],
    ['nothing lies in public', 'create table public.note (id uuid)', ['public-not-empty table note']],
    [
      'no function lies in public',
      'create function public.one() returns integer language sql return 1',
      ['public-not-empty function one()'],
    ],
    [
      'every schema of the owner is looked at',
      `create schema crews authorization ${OWNER_ROLE}`,
      ['unlisted-schema crews'],
    ],
    ['a schema of somebody else is not ours', 'create schema crews', []],
    [
      'an exception that is none any more is taken out',
      'alter table billing.subscription drop constraint subscription_plan_fkey',
      ['stale-exception billing.subscription.subscription_plan_fkey'],
    ],
  ])('%s', async (_sentence, change, expected) => {
    expect(await tried.foundAfter(change)).toEqual(expected)
  })
})
