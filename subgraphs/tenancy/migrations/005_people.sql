-- Up Migration

-- A person signs in with an e-mail address, and may be a member of several companies.
create table tenancy.person (
  id         uuid primary key default uuidv7(),
  email      text not null unique check (email = lower(email) and length(email) <= 254),
  created_at timestamptz not null default now()
);
comment on table tenancy.person is 'No tenant_id: a person may be a member of several companies, or of none any more.';

-- Who asked for a link. The address is forgotten once the link is sent; its keyed hash counts requests.
create table tenancy.sign_in_request (
  id           uuid primary key,
  address_hash bytea not null check (length(address_hash) = 32),
  email        text check (length(email) <= 254),
  created_at   timestamptz not null
);
comment on table tenancy.sign_in_request is 'No tenant_id: whoever asks for a link has not said for which company, and may be of none.';
create index sign_in_request_by_address on tenancy.sign_in_request (address_hash, created_at);
create index sign_in_request_by_time on tenancy.sign_in_request (created_at);

-- Of a token only its hash is kept: who reads the table can sign in as nobody.
create table tenancy.sign_in_link (
  id          uuid primary key,
  token_hash  bytea not null unique check (length(token_hash) = 32),
  person_id   uuid not null references tenancy.person (id) on delete cascade,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  redeemed_at timestamptz
);
comment on table tenancy.sign_in_link is 'No tenant_id: a link signs a person in, who then chooses a company.';
create index sign_in_link_by_person on tenancy.sign_in_link (person_id);
create index sign_in_link_by_expiry on tenancy.sign_in_link (expires_at);

-- `generation` counts the refresh tokens; the tokens themselves are not kept, since they follow from it by a key.
create table tenancy.session (
  id           uuid primary key,
  person_id    uuid not null references tenancy.person (id) on delete cascade,
  -- The company worked for now, and what the person was in it when the session began or moved there.
  working_tenant_id uuid not null references tenancy.tenant (id) on delete cascade,
  member_id    uuid not null,
  role         text not null check (role in ('OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER')),
  generation   integer not null default 0 check (generation >= 0),
  rotated_at   timestamptz not null,
  created_at   timestamptz not null,
  last_used_at timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  user_agent   text check (length(user_agent) <= 200)
);
comment on table tenancy.session is 'No tenant_id: a person keeps one session through several companies; working_tenant_id is the one worked for now.';
create index session_by_person on tenancy.session (person_id, last_used_at desc);
create index session_by_company on tenancy.session (working_tenant_id);
create index session_by_expiry on tenancy.session (expires_at);

-- Everybody who is a member already. Row security is forced on the owner too, who would see no member.
alter table tenancy.member no force row level security;
insert into tenancy.person (email, created_at)
  select lower(email), min(created_at) from tenancy.member group by lower(email);
alter table tenancy.member force row level security;

do $$
declare t text;
begin
  foreach t in array array['person', 'sign_in_request', 'sign_in_link', 'session'] loop
    execute format('alter table tenancy.%I enable row level security', t);
    execute format('alter table tenancy.%I force row level security', t);
    execute format('create policy identity on tenancy.%I to stormops_identity using (true) with check (true)', t);
  end loop;
end $$;

create policy identity_reads on tenancy.member for select to stormops_identity using (true);
create policy identity_reads on tenancy.tenant for select to stormops_identity using (true);
create index member_by_email on tenancy.member (lower(email));

grant usage on schema tenancy to stormops_identity;
grant select, insert on tenancy.person to stormops_identity;
grant select, insert, update, delete on tenancy.sign_in_request, tenancy.sign_in_link, tenancy.session
  to stormops_identity;
grant select on tenancy.member to stormops_identity;
grant select (id, slug, name, status) on tenancy.tenant to stormops_identity;

-- Who is removed is no member any more; the audit keeps that they were.
grant delete on tenancy.member to stormops_app;

-- Down Migration
revoke delete on tenancy.member from stormops_app;
drop index tenancy.member_by_email;
drop policy identity_reads on tenancy.member;
drop policy identity_reads on tenancy.tenant;
revoke all on tenancy.member from stormops_identity;
revoke all (id, slug, name, status) on tenancy.tenant from stormops_identity;
drop table tenancy.session, tenancy.sign_in_link, tenancy.sign_in_request, tenancy.person;
revoke usage on schema tenancy from stormops_identity;
