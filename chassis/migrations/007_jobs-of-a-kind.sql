-- Up Migration

-- Who has a place of a kind of job of which only so many are done at once, over all processes. A place is free again
-- as soon as the queue has the attempt under way no more, however it ended; its row goes when the next one is taken.
create table chassis.job_place (
  name    text not null,
  job_id  uuid not null,
  -- As the queue counts them.
  retry   integer not null,
  primary key (name, job_id)
);
comment on table chassis.job_place is 'No tenant_id: the places of a kind of job are for all companies together.';
grant select, insert, delete on chassis.job_place to stormops_ledger;

-- Down Migration
drop table chassis.job_place;
