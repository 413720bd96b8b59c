-- Up Migration

-- When a company's month ends, in its own days.
create function billing.month_end(company uuid, month date) returns timestamptz
  language sql stable
  return (month + interval '1 month') at time zone coalesce(
    (select a.time_zone from billing.account a where a.tenant_id = company), 'UTC');

-- The cheapest plan on offer, of the company's catalogue, that would let it use this much; null when none would.
create function billing.lifting_plan(company uuid, wanted_metric text, wanted bigint, at timestamptz) returns text
  language sql stable
  return (
    select v.tier
      from billing.plan_version v
      join billing.plan_charge p using (catalogue, tier, version)
     where v.catalogue = (billing.plan_at(company, at)).catalogue and p.metric = wanted_metric
       and (p.limit_kind <> 'HARD' or p.included >= wanted)
       and v.offered_from <= at and (v.retired_at is null or v.retired_at > at)
     order by v.monthly_price nulls last limit 1);

-- The plans that were in force in a company's month, numbered in their order. What it held first reaches back without
-- end, as in domain/phases.ts.
create function billing.phases(company uuid, counted_month date)
  returns table (place bigint, catalogue text, tier text, version integer, starts_at timestamptz, ends_at timestamptz)
  language sql stable
  begin atomic
    with held as (
      select s.catalogue, s.tier, s.version,
             case when row_number() over (order by s.starts_at) = 1 then '-infinity' else s.starts_at end as starts_at,
             lead(s.starts_at, 1, 'infinity') over (order by s.starts_at) as ends_at
        from billing.subscription s where s.tenant_id = company
    )
    select row_number() over (order by h.starts_at), h.* from held h
     where h.ends_at > billing.month_end(company, (counted_month - interval '1 month')::date)
       and h.starts_at < billing.month_end(company, counted_month);
  end;

-- What usage over its plans costs a company in a month, in minor units, as domain/rating.ts rates it: each plan pays
-- what its prices say of the count at its end, less what they say of the count at its start, rounded line by line.
-- With events that are left out: what it would cost without them.
create function billing.overage(company uuid, counted_month date, left_out uuid[] default '{}') returns bigint
  language sql stable
  begin atomic
    with phase as (
      select * from billing.phases(company, counted_month)
    ), used as (
      -- On one plan the counters say it all.
      select p.place, c.metric, c.used - coalesce((
               select sum(e.quantity) from billing.usage_event e
                where e.tenant_id = company and e.event_id = any (left_out)
                  and e.month = counted_month and e.metric = c.metric), 0) as quantity
        from billing.usage_counter c cross join phase p
       where c.tenant_id = company and c.month = counted_month and (select count(*) from phase) = 1
      union all
      -- What is late is counted from the month's first moment on.
      select p.place, e.metric, sum(e.quantity)
        from billing.usage_event e
        join phase p on p.starts_at <= greatest(e.occurred_at, billing.month_end(company, (counted_month - interval '1 month')::date))
                    and p.ends_at > greatest(e.occurred_at, billing.month_end(company, (counted_month - interval '1 month')::date))
       where e.tenant_id = company and e.month = counted_month and e.event_id <> all (left_out)
         and (select count(*) from phase) > 1
       group by p.place, e.metric
    ), counted as (
      select u.*, sum(u.quantity) over (partition by u.metric order by u.place) as total from used u
    ), priced as (
      select n.metric, n.place,
             sum(coalesce(billing.price_of(charge, n.total::bigint) - billing.price_of(charge, (n.total - n.quantity)::bigint), 0))
               over (partition by n.metric order by n.place) as cost
        from counted n
        join phase p on p.place = n.place
        left join billing.plan_charge charge on charge.catalogue = p.catalogue and charge.tier = p.tier
                                            and charge.version = p.version and charge.metric = n.metric
    ), owed as (
      -- A correction gives back at most what the month has charged.
      select metric, place, cost - least(0, min(cost) over (partition by metric order by place)) as owed from priced
    ), line as (
      select round(owed - lag(owed, 1, 0::numeric) over (partition by metric order by place)) as amount from owed
    )
    select coalesce(sum(amount), 0)::bigint from line;
  end;

/*
 * Counts work, once for every event id: the rows of the ledger and their counters in one statement, in the caller's
 * transaction. All arrays are of one length, or null for nothing but nulls; a null in `occurred` means
 * now.
 *
 * Returns only what was not new: REPEATED for the same event again, CONFLICTING for an id that stands for another.
 * Raises SO001 when more would be used than a hard limit includes, and SO002 when it would cost more than the
 * company's cap, each with the figures as JSON in its detail; what the transaction did is then undone with it.
 */
create function billing.record_usage(
  tenant_ids uuid[], event_ids uuid[], client_ids text[], metrics text[], quantities bigint[], occurred timestamptz[],
  sources text[], subjects text[], corrected uuid[], details jsonb[], recorded timestamptz
) returns table (place integer, event_id uuid, outcome text)
language plpgsql as $$
#variable_conflict use_column
declare
  months   date[];
  own      date[];
  moved    boolean;
  added    uuid[];
  limited  text[] := (select array_agg(distinct p.metric) from billing.plan_charge p where p.limit_kind <> 'UNLIMITED');
  named    integer;
  crossed  jsonb;
  dear     jsonb;
  crossing record;
  cap      bigint;
  cost     bigint;
begin
  -- A client's own id stands for one event for ever, whichever id that was given first.
  if client_ids is not null then
    insert into billing.usage_client_event (tenant_id, client_event_id, event_id)
      select t, c, e from unnest(tenant_ids, client_ids, event_ids) as x(t, c, e) where c is not null order by t, c
      on conflict do nothing;
    get diagnostics named = row_count;
    if named < cardinality(client_ids) then
      select array_agg(coalesce(k.event_id, x.e) order by x.n) into event_ids
        from unnest(tenant_ids, client_ids, event_ids) with ordinality as x(t, c, e, n)
        left join billing.usage_client_event k on k.tenant_id = x.t and k.client_event_id = x.c;
    end if;
  end if;

  select array_agg(date_trunc('month', coalesce(x.o, recorded) at time zone coalesce(a.time_zone, 'UTC'))::date order by x.n)
    into months
    from unnest(tenant_ids, occurred) with ordinality as x(t, o, n)
    left join billing.account a on a.tenant_id = x.t;
  own := months;

  -- Whoever closes a month waits for those who count in it, and they for it; then they look whether it is closed.
  loop
    perform pg_advisory_xact_lock_shared(key)
      from (select distinct billing.month_key(t, m) as key from unnest(tenant_ids, months) as x(t, m) order by 1) keys;
    select array_agg(case when c.month is null then x.m else (x.m + interval '1 month')::date end order by x.n),
           coalesce(bool_or(c.month is not null), false)
      into months, moved
      from unnest(tenant_ids, months) with ordinality as x(t, m, n)
      left join billing.closed_month c on c.tenant_id = x.t and c.month = x.m;
    exit when not moved;
  end loop;

  -- Rows and counters in the order of their keys, so that two who count the same never wait for each other in a circle.
  with inserted as (
    insert into billing.usage_event (tenant_id, event_id, metric, quantity, occurred_at, month, late_for, source,
                                     subject, corrects, detail, recorded_at)
      select t, e, m, q, coalesce(o, recorded), counted_in, nullif(belongs_to, counted_in), s, u, r, d, recorded
        from unnest(tenant_ids, event_ids, metrics, quantities, occurred, months, own, sources, subjects, corrected, details)
          as x(t, e, m, q, o, counted_in, belongs_to, s, u, r, d)
       order by t, e
      on conflict do nothing
      returning tenant_id, event_id, month, metric, quantity
  ), summed as (
    select tenant_id, month, metric, sum(quantity)::bigint as quantity, count(*) as events from inserted group by 1, 2, 3
  ), counted as (
    insert into billing.usage_counter as c (tenant_id, month, metric, used, events)
      select tenant_id, month, metric, quantity, events from summed order by 1, 2, 3
      on conflict (tenant_id, month, metric)
      do update set used = c.used + excluded.used, events = c.events + excluded.events
      returning tenant_id, month, metric, used
  )
  select (select array_agg(i.event_id) from inserted i),
         (select jsonb_agg(jsonb_build_object(
                   'tenant', n.tenant_id, 'month', n.month, 'metric', n.metric, 'kind', p.limit_kind,
                   'quantity', s.quantity, 'used', n.used, 'included', p.included) order by n.tenant_id, n.month, n.metric)
            from counted n
            join summed s using (tenant_id, month, metric)
            join billing.account a on a.tenant_id = n.tenant_id
            -- The plan that usage is held to is the last of the month that it is. Whoever looked at the clock, and then
            -- waited for a change of plan, is held to the new one; what waits for the month to end starts after it.
            cross join lateral (
              select h.catalogue, h.tier, h.version
                from billing.subscription h
               cross join lateral (select h.starts_at < (date_trunc('month', recorded at time zone a.time_zone)
                                                         + interval '1 month') at time zone a.time_zone) as b(has_begun)
               where h.tenant_id = a.tenant_id
               -- What was held first also holds for a clock that lags behind the one it was signed by.
               order by b.has_begun desc, case when b.has_begun then h.starts_at end desc nulls last, h.starts_at
               limit 1) plan
            join billing.plan_charge p on p.catalogue = plan.catalogue and p.tier = plan.tier
                                      and p.version = plan.version and p.metric = n.metric
           where s.quantity > 0 and p.included is not null and n.used * 100 >= p.included * 80
             and n.metric = any (limited)),
         -- Of companies with a cap, what went over what some plan of its month includes.
         (select jsonb_agg(jsonb_build_object(
                   'tenant', n.tenant_id, 'month', n.month, 'metric', n.metric, 'quantity', s.quantity, 'used', n.used))
            from counted n
            join summed s using (tenant_id, month, metric)
            join billing.account a on a.tenant_id = n.tenant_id and a.spend_cap is not null
           where s.quantity > 0
             -- Of `a`, so that it is asked of companies with a cap alone.
             and exists (select from billing.phases(a.tenant_id, n.month) h
                           join billing.plan_charge p on p.catalogue = h.catalogue and p.tier = h.tier
                                                     and p.version = h.version and p.metric = n.metric
                          where p.limit_kind = 'SOFT' and n.used > p.included))
    into added, crossed, dear;

  if crossed is not null then
    for crossing in
      select * from jsonb_to_recordset(crossed) as x(tenant uuid, month date, metric text, kind text, quantity bigint,
                                                     used bigint, included bigint)
    loop
      if crossing.kind = 'HARD' and crossing.used > crossing.included then
        raise exception 'The plan includes no more.' using errcode = 'SO001', detail = json_build_object(
          'metric', crossing.metric, 'month', crossing.month, 'used', crossing.used - crossing.quantity,
          'requested', crossing.quantity, 'allowed', crossing.included,
          'renewsAt', billing.month_end(crossing.tenant, crossing.month),
          'liftedBy', billing.lifting_plan(crossing.tenant, crossing.metric, crossing.used, recorded))::text;
      end if;
      insert into billing.usage_notice (tenant_id, month, metric, percent, used, included, crossed_at)
        select crossing.tenant, crossing.month, crossing.metric, percent, crossing.used, crossing.included, recorded
          from unnest(array[80, 100]) percent
         where crossing.used * 100 >= crossing.included * percent
        on conflict do nothing;
    end loop;
  end if;

  if dear is not null then
    for crossing in
      select distinct on (hashtext(x.tenant::text), x.tenant, x.month) x.*
        from jsonb_to_recordset(dear) as x(tenant uuid, month date, metric text, quantity bigint, used bigint)
       order by hashtext(x.tenant::text), x.tenant, x.month, x.metric
    loop
      -- Held to the end, so that two metrics at once cannot both be the one that still fits; and so that a cap which
      -- was set meanwhile is the one that counts.
      perform pg_advisory_xact_lock(4106, hashtext(crossing.tenant::text));
      select a.spend_cap into cap from billing.account a where a.tenant_id = crossing.tenant;
      cost := billing.overage(crossing.tenant, crossing.month);
      -- What costs nothing more is done also by a company that has spent more than its cap.
      if cost > cap and cost > billing.overage(crossing.tenant, crossing.month, added) then
        raise exception 'It would cost more than the cap.' using errcode = 'SO002', detail = (
          select json_build_object(
            'metric', crossing.metric, 'month', crossing.month, 'used', crossing.used - crossing.quantity,
            'requested', crossing.quantity, 'cap', cap::text, 'cost', cost::text, 'currency', a.currency,
            'renewsAt', billing.month_end(crossing.tenant, crossing.month))::text
            from billing.account a where a.tenant_id = crossing.tenant);
      end if;
    end loop;
  end if;

  if coalesce(cardinality(added), 0) < cardinality(event_ids) then
    return query
      select x.n::integer, x.e,
             case when known.metric = x.m and known.quantity = x.q and known.corrects is not distinct from x.r
                   and (x.o is null or known.occurred_at = x.o) then 'REPEATED' else 'CONFLICTING' end
        from (select y.*, row_number() over (partition by t, e order by n) as turn
                from unnest(tenant_ids, event_ids, metrics, quantities, occurred, corrected)
                  with ordinality as y(t, e, m, q, o, r, n)) x
        join billing.usage_event known on known.tenant_id = x.t and known.event_id = x.e
       where x.turn > 1 or not (x.e = any (coalesce(added, '{}')));
  end if;
end $$;

-- Down Migration
drop function billing.record_usage(uuid[], uuid[], text[], text[], bigint[], timestamptz[], text[], text[], uuid[],
                                   jsonb[], timestamptz);
drop function billing.overage(uuid, date, uuid[]), billing.phases(uuid, date);
drop function billing.month_end(uuid, date), billing.lifting_plan(uuid, text, bigint, timestamptz);
