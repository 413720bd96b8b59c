-- Up Migration

create table storms.storm (
  tenant_id        uuid not null,
  id               uuid not null,
  event_id         text not null check (length(event_id) between 1 and 100),
  name             text not null check (length(name) between 1 and 200),
  status           text not null default 'PLANNING' check (status in ('PLANNING', 'ACTIVE', 'COMPLETED', 'ARCHIVED')),
  starts_at        timestamptz not null,
  ends_at          timestamptz not null check (ends_at > starts_at),
  salt             text not null,
  created_at       timestamptz not null,
  model_version_id uuid,
  model_version    text,
  policy_mode      text check (policy_mode in ('CONSERVATIVE', 'MODERATE', 'AGGRESSIVE')),
  policy_applied_at timestamptz,
  -- Highest score that the policy's capacity cut off; above it both arms differ by the draw alone.
  capacity_cut     double precision,
  primary key (tenant_id, id),
  unique (tenant_id, event_id)
);

create table storms.property_import (
  tenant_id     uuid not null,
  id            uuid not null,
  storm_id      uuid not null,
  status        text not null check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'REFUSED')),
  rows_accepted integer not null default 0,
  rows_rejected integer not null default 0,
  -- Refused lines that name a property twice in the file, and those whose property was in the storm before.
  duplicates    integer not null default 0,
  already_there integer not null default 0,
  fault         text,
  created_at    timestamptz not null,
  ended_at      timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, storm_id) references storms.storm (tenant_id, id)
);

create table storms.import_rejection (
  tenant_id uuid not null,
  import_id uuid not null,
  line      integer not null,
  reason    text not null,
  primary key (tenant_id, import_id, line)
);

create table storms.upload (
  tenant_id  uuid not null,
  id         uuid not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);

-- No foreign key to storm: a key check per row doubles the time of a million-row import, and storms are never
-- deleted. The import holds the storm's row locked instead.
create table storms.property (
  tenant_id   uuid not null,
  id          uuid not null default uuidv7(),
  storm_id    uuid not null,
  external_id text not null,
  address     text,
  city        text,
  state       text,
  zip         text,
  persona     text,
  owner_name  text,
  owner_phone text,
  owner_email text,
  latitude    double precision,
  longitude   double precision,
  suppressed  text check (suppressed in ('OPT_OUT', 'DUPLICATE', 'OUTSIDE_SWATH')),
  features    real[] not null,
  primary key (tenant_id, id),
  unique (tenant_id, storm_id, external_id)
);

create table storms.score (
  tenant_id   uuid not null,
  storm_id    uuid not null,
  property_id uuid not null,
  uplift      double precision,
  primary key (tenant_id, storm_id, property_id)
);

-- What a pilot compares, frozen with the first outcome. Zip and persona are copied, so that a report reads one table.
create table storms.assignment (
  tenant_id         uuid not null,
  storm_id          uuid not null,
  property_id       uuid not null,
  decision          text not null check (decision in ('TREAT', 'HOLD', 'EXCLUDED')),
  reason            text not null check (reason in ('UNSCORED', 'SUPPRESSED', 'RANDOM_CONTROL', 'ABOVE_THRESHOLD',
                                                    'EXPLORATION', 'BELOW_THRESHOLD', 'CAPACITY')),
  uplift            double precision,
  draw              double precision not null check (draw >= 0 and draw < 1),
  threshold         double precision not null,
  holdout_share     double precision not null,
  exploration_share double precision not null,
  model_version     text not null,
  zip               text,
  persona           text,
  converted         boolean,
  value             bigint check (value >= 0 and (value = 0 or converted)),
  currency          text,
  outcome_at        timestamptz,
  touched_at        timestamptz,
  primary key (tenant_id, storm_id, property_id),
  check ((converted is null) = (outcome_at is null))
) with (fillfactor = 85);

create table storms.journey_event (
  tenant_id       uuid not null,
  id              uuid not null default uuidv7(),
  client_event_id text not null check (length(client_event_id) between 1 and 200),
  storm_id        uuid not null,
  property_id     uuid not null,
  kind            text not null check (kind in ('KNOCK', 'CALL', 'MESSAGE', 'INSPECTION', 'ESTIMATE', 'SIGNED')),
  at              timestamptz not null,
  received_at     timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, client_event_id)
);

create index journey_event_by_property on storms.journey_event (tenant_id, storm_id, property_id, at);

create table storms.pilot (
  tenant_id    uuid not null,
  id           uuid not null,
  kind         text not null check (kind in ('POLICY', 'IMPORTED')),
  name         text not null,
  storm_id     uuid,
  status       text not null check (status in ('STARTING', 'RUNNING', 'MEASURING', 'COMPLETED', 'FAILED')),
  design       jsonb not null,
  measurements jsonb,
  report       jsonb,
  input_hash   text,
  pdf_sha256   text,
  started_at   timestamptz not null,
  completed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, storm_id) references storms.storm (tenant_id, id),
  check ((kind = 'POLICY') = (storm_id is not null))
);
create unique index one_pilot_per_storm on storms.pilot (tenant_id, storm_id);

-- A finished report proves something only if nobody can change it, the platform included.
create function storms.keep_completed_pilot() returns trigger language plpgsql as $$
begin
  raise exception 'pilot % is complete and never changes', old.id using errcode = 'restrict_violation';
end $$;
create trigger keep_completed before update or delete on storms.pilot
  for each row when (old.status = 'COMPLETED') execute function storms.keep_completed_pilot();

create table storms.experiment_row (
  tenant_id   uuid not null,
  pilot_id    uuid not null,
  external_id text not null,
  treated     boolean not null,
  converted   boolean not null,
  value       bigint check (value >= 0 and (value = 0 or converted)),
  score       double precision,
  segments    jsonb not null default '{}',
  primary key (tenant_id, pilot_id, external_id)
);

do $$
declare t text;
begin
  foreach t in array array['storm', 'property_import', 'import_rejection', 'upload', 'property', 'score', 'assignment',
                           'journey_event', 'pilot', 'experiment_row'] loop
    execute format('alter table storms.%I enable row level security', t);
    execute format('alter table storms.%I force row level security', t);
    execute format('create policy tenant_isolation on storms.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
  end loop;
end $$;

grant usage on schema storms to stormops_app;
grant select, insert, update on storms.storm, storms.property_import, storms.upload, storms.pilot to stormops_app;
grant select, insert on storms.import_rejection, storms.journey_event, storms.experiment_row to stormops_app;
grant select, insert, update on storms.property to stormops_app;
grant select, insert, update, delete on storms.score, storms.assignment to stormops_app;

-- Down Migration
drop schema storms cascade;
