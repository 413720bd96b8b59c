-- Up Migration

-- Apart from the versions, so that a list of versions does not read megabytes of trees.
create table models.artifact (
  tenant_id    uuid not null,
  sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  treated_json text not null,
  control_json text not null,
  primary key (tenant_id, sha256)
);

create table models.model_version (
  tenant_id            uuid not null,
  id                   uuid not null,
  model_name           text not null check (model_name ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(model_name) <= 60),
  version              text not null check (version ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$' and length(version) <= 60),
  kind                 text not null check (kind in ('XGBOOST_UPLIFT_PAIR')),
  state                text not null check (state in ('REGISTERED', 'CHAMPION')),
  artifact_sha256      text not null,
  features             text[] not null,
  tree_count           integer not null check (tree_count > 0),
  reference_cut_points double precision[] check (array_length(reference_cut_points, 1) = 9),
  reference_n          integer check (reference_n > 0),
  registered_at        timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, model_name, version),
  foreign key (tenant_id, artifact_sha256) references models.artifact (tenant_id, sha256),
  check ((reference_cut_points is null) = (reference_n is null))
);
create unique index model_version_champion on models.model_version (tenant_id, model_name) where state = 'CHAMPION';

-- What a version answers can be repeated years later only if nothing of it moves but where it stands.
create function models.refuse_change() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then
    return new;
  end if;
  raise exception 'a registered model never changes' using errcode = 'restrict_violation';
end $$;

do $$
declare t text;
begin
  foreach t in array array['artifact', 'model_version'] loop
    execute format('create trigger never_changes before update or delete on models.%I for each row execute function models.refuse_change()', t);
    execute format('alter table models.%I enable row level security', t);
    execute format('alter table models.%I force row level security', t);
    execute format('create policy tenant_isolation on models.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
  end loop;
end $$;

grant usage on schema models to stormops_app;
grant select, insert on models.artifact, models.model_version to stormops_app;
grant update (state) on models.model_version to stormops_app;

-- Down Migration
drop schema models cascade;
