-- Up Migration

-- Why a company is suspended. Each cause stands by itself, so that what lifts one leaves the other. A debt is the
-- invoice that was unpaid when the company was suspended; its amount is in minor units.
alter table tenancy.tenant
  add column suspended_by_staff_at timestamptz,
  add column unpaid_since          timestamptz,
  add column unpaid_invoice_number text check (length(unpaid_invoice_number) between 1 and 50),
  add column unpaid_amount         bigint check (unpaid_amount > 0),
  add column unpaid_currency       text check (unpaid_currency ~ '^[A-Z]{3}$'),
  add constraint debt_is_whole check (
    num_nonnulls(unpaid_since, unpaid_invoice_number, unpaid_amount, unpaid_currency) in (0, 4)
  );

-- Until now only staff suspended, and the audit knows when. Row security is forced on the owner too, who would see
-- neither.
alter table tenancy.tenant no force row level security;
alter table tenancy.audit_event no force row level security;
update tenancy.tenant t set suspended_by_staff_at = coalesce(
  (select max(e.at) from tenancy.audit_event e where e.tenant_id = t.id and e.action = 'tenancy.suspendTenant'),
  now()
) where t.status = 'SUSPENDED';
alter table tenancy.tenant force row level security;
alter table tenancy.audit_event force row level security;

alter table tenancy.tenant add constraint suspended_for_a_cause check (
  (status = 'SUSPENDED') = (num_nonnulls(suspended_by_staff_at, unpaid_since) > 0)
);

-- What every subgraph asks before it changes something: no row while the company may work.
create function tenancy.suspension() returns table (
  by_staff_at timestamptz, unpaid_since timestamptz, invoice_number text, amount bigint, currency text
)
  language sql stable
  begin atomic
    select t.suspended_by_staff_at, t.unpaid_since, t.unpaid_invoice_number, t.unpaid_amount, t.unpaid_currency
    from tenancy.tenant t where t.id = chassis.current_tenant() and t.status = 'SUSPENDED';
  end;

drop function tenancy.standing();

-- Who gets a company's bills: an address is a member's once, whatever letters of it are capitals.
create function tenancy.billing_recipients() returns table (email text)
  language sql stable
  begin atomic
    select m.email from tenancy.member m
    where m.tenant_id = chassis.current_tenant() and m.role in ('OWNER', 'BILLING')
    order by m.id;
  end;

-- Down Migration
create function tenancy.standing() returns text
  language sql stable
  return (select t.status from tenancy.tenant t where t.id = chassis.current_tenant());
drop function tenancy.billing_recipients();
drop function tenancy.suspension();
alter table tenancy.tenant
  drop constraint suspended_for_a_cause,
  drop constraint debt_is_whole,
  drop column unpaid_currency,
  drop column unpaid_amount,
  drop column unpaid_invoice_number,
  drop column unpaid_since,
  drop column suspended_by_staff_at;
