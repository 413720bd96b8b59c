-- Up Migration

-- Events of the last hour, over all companies: they are only ever appended, so a summary of ranges finds them.
create index job_event_by_time on chassis.job_event using brin (at);

-- Staff look at the newest of all companies.
create index job_run_newest on chassis.job_run (created_at desc, id desc);

-- Staff see how far a step is, and nothing of what it gave.
create policy platform_reads on chassis.job_step for select to stormops_platform using (true);
grant select (tenant_id, subject, step, status, attempts, error, started_at, ended_at) on chassis.job_step to stormops_platform;

-- Down Migration
revoke select (tenant_id, subject, step, status, attempts, error, started_at, ended_at) on chassis.job_step from stormops_platform;
drop policy platform_reads on chassis.job_step;
drop index chassis.job_run_newest, chassis.job_event_by_time;
