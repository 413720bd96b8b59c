-- Up Migration

-- A worker does jobs of many companies at once, and writes down what became of them in one statement.
do $$
declare t text;
begin
  foreach t in array array['job_run', 'job_event'] loop
    execute format('create policy ledger_writes on chassis.%I to stormops_ledger using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on chassis.%I to stormops_ledger', t);
  end loop;
  -- What is old is deleted for all companies together.
  foreach t in array array['job_step', 'idempotency_key'] loop
    execute format('create policy ledger_reads on chassis.%I for select to stormops_ledger using (true)', t);
    execute format('create policy ledger_deletes on chassis.%I for delete to stormops_ledger using (true)', t);
    execute format('grant select, delete on chassis.%I to stormops_ledger', t);
  end loop;
end $$;

-- Whose step it is decides how long it is kept; null for steps older than this.
alter table chassis.job_step add column job text;

create index job_run_rerun on chassis.job_run (tenant_id, rerun_of) where rerun_of is not null;
-- Jobs that have not ended are few, however many have.
create index job_run_open on chassis.job_run (created_at) where ended_at is null;
create index job_run_cancelling on chassis.job_run (cancel_asked_at) where cancel_asked_at is not null and ended_at is null;
create index job_step_ended on chassis.job_step (ended_at) where ended_at is not null;
create index idempotency_key_by_age on chassis.idempotency_key (created_at);

-- Down Migration
drop index chassis.idempotency_key_by_age, chassis.job_step_ended, chassis.job_run_cancelling, chassis.job_run_open, chassis.job_run_rerun;
alter table chassis.job_step drop column job;
drop policy ledger_deletes on chassis.idempotency_key;
drop policy ledger_reads on chassis.idempotency_key;
drop policy ledger_deletes on chassis.job_step;
drop policy ledger_reads on chassis.job_step;
drop policy ledger_writes on chassis.job_event;
drop policy ledger_writes on chassis.job_run;
revoke all on chassis.job_run, chassis.job_event, chassis.job_step, chassis.idempotency_key from stormops_ledger;
