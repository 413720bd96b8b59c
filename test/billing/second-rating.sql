-- A second rating of a company's month, written from the price list and not from the program. Amounts are whole
-- numbers of a 2,100th of a minor unit until the one rounding of a line: every unit size of the test divides 2,100.
-- $1 the company, $2 the month's first day.
with own as (
  select a.tenant_id, ($2::date)::timestamp at time zone a.time_zone as opens,
         ($2::date + interval '1 month')::timestamp at time zone a.time_zone as shuts
    from billing.account a where a.tenant_id = $1
),
signed as (
  select s.catalogue, s.tier, s.version,
         case when row_number() over w = 1 then '-infinity' else s.starts_at end as since,
         coalesce(lead(s.starts_at) over w, 'infinity') as until
    from billing.subscription s where s.tenant_id = $1
  window w as (order by s.starts_at)
),
held as (
  select g.catalogue, g.tier, g.version, greatest(g.since, own.opens) as since, least(g.until, own.shuts) as until
    from signed g, own where g.since < own.shuts and g.until > own.opens
),
-- The same version signed again right away is no change.
turned as (
  select *, case when (tier, version) is distinct from (lag(tier) over w, lag(version) over w) then 1 else 0 end as turn
    from held window w as (order by since)
),
stretch as (
  select catalogue, tier, version, part, min(since) as since, max(until) as until
    from (select *, sum(turn) over (order by since) as part from turned) t
   group by catalogue, tier, version, part
),
base as (
  select part, round(v.monthly_price * (extract(epoch from date_trunc('second', s.until)) - extract(epoch from date_trunc('second', s.since)))
                     / extract(epoch from own.shuts - own.opens)) as amount
    from stretch s join billing.plan_version v using (catalogue, tier, version), own
),
happened as (
  select e.metric, e.quantity,
         case when e.late_for is not null or e.occurred_at < own.opens then own.opens
              when e.occurred_at >= own.shuts then own.shuts - interval '1 millisecond' else e.occurred_at end as at
    from billing.usage_event e, own where e.tenant_id = $1 and e.month = $2::date
),
used as (
  select m.key as metric, s.part, s.catalogue, s.tier, s.version,
         coalesce((select sum(h.quantity) from happened h
                    where h.metric = m.key and h.at >= s.since and h.at < s.until), 0) as here
    from stretch s join billing.metric m using (catalogue)
),
so_far as (
  select *, sum(here) over (partition by metric order by part) as after,
         sum(here) over (partition by metric order by part) - here as before
    from used
),
charged as (
  select u.*, c.limit_kind, c.model, c.unit_price, c.tiers, c.unit_size,
         case when c.included is null then 0 else greatest(u.after - c.included, 0) end as over_after,
         case when c.included is null then 0 else greatest(u.before - c.included, 0) end as over_before
    from so_far u left join billing.plan_charge c using (catalogue, tier, version, metric)
),
band as (
  select c.metric, c.part, t.place, (t.band ->> 'unitPrice')::numeric as price, (t.band ->> 'flatFee')::numeric as fee,
         (t.band ->> 'upTo')::numeric as top,
         coalesce((c.tiers -> (t.place::int - 2) ->> 'upTo')::numeric, 0) as bottom
    from charged c cross join lateral jsonb_array_elements(c.tiers) with ordinality as t(band, place)
   where c.limit_kind = 'SOFT' and c.tiers is not null
),
-- Each side of the difference, in 2,100ths.
side as (
  select c.metric, c.part, x.side, x.over, c.unit_size, c.model, c.unit_price, c.limit_kind
    from charged c cross join lateral (values ('after', c.over_after), ('before', c.over_before)) as x(side, over)
),
priced as (
  select s.metric, s.part, s.side,
         case when s.limit_kind is distinct from 'SOFT' or s.over = 0 then 0
              when s.model = 'PER_UNIT' then s.over * s.unit_price * (2100 / s.unit_size)
              when s.model = 'PACKAGE' then
                (s.over - mod(s.over, s.unit_size) + case when mod(s.over, s.unit_size) > 0 then s.unit_size else 0 end)
                  * s.unit_price * (2100 / s.unit_size)
              when s.model = 'VOLUME' then (
                select s.over * b.price * (2100 / s.unit_size) + b.fee * 2100 from band b
                 where b.metric = s.metric and b.part = s.part and s.over > b.bottom and (b.top is null or s.over <= b.top))
              else (
                select sum((case when b.top is null or s.over < b.top then s.over else b.top end - b.bottom)
                             * b.price * (2100 / s.unit_size) + b.fee * 2100) from band b
                 where b.metric = s.metric and b.part = s.part and s.over > b.bottom)
         end as cost
    from side s
),
stepped as (
  select a.metric, a.part, a.cost - b.cost as step
    from priced a join priced b using (metric, part) where a.side = 'after' and b.side = 'before'
),
summed as (
  select *, sum(step) over (partition by metric order by part) as total from stepped
),
owing as (
  select *, total - least(0, min(total) over (partition by metric order by part)) as owed from summed
),
usage as (
  select o.metric, o.part, round((o.owed - coalesce(lag(o.owed) over (partition by o.metric order by o.part), 0)) / 2100.0) as amount
    from owing o
)
select null as metric, part::int as part, 1 as quantity, amount::text from base
union all
select c.metric, c.part::int, c.here, u.amount::text
  from charged c join usage u using (metric, part)
 where c.limit_kind is not null or c.here <> 0
order by metric nulls first, part
