-- 待办：已通过的计划里，每一件反复要做的事在每一期欠谁几次，哪一次由哪条记录做了。算出来的，从来不存。
-- 先选对象，再选期；只在最外层调用。规则逐条写在 docs/decisions/0020-due-items.md，慢而直白的对照算法在 server/src/testing/slow_due_items.ts。

-- 一个单位按哪种联系算自己的孩子，默认用哪个口径。
drop function if exists plan_link(text);
create function plan_link(unit_kind text) returns text
language sql immutable as $$
  select case when unit_kind in ('school', 'class') then 'class' when unit_kind = 'partner_office' then 'partner' when unit_kind in ('committee', 'station') then 'station'
              when unit_kind in ('grid', 'villager_group') then unit_kind else 'residence' end $$;

-- 从公元元年数的第几个月。
drop function if exists months_of(date);
create function months_of(day date) returns int
language sql immutable as $$ select (extract(year from day) * 12 + extract(month from day) - 1)::int $$;

-- 整除，向下取。
drop function if exists div_down(int, int);
create function div_down(a int, b int) returns int
language sql immutable as $$ select floor(a::numeric / b)::int $$;

-- 一件事在一段日子里的期：与 from_in…until_in 和有效期都有交集的。event 的期因人而异，不在这里。
-- 月份：周看周四，节日看当天，别的看最后一天。
drop function if exists duty_periods(text, uuid[], date, date);
create function duty_periods(tenant_in text, duties_in uuid[], from_in date, until_in date)
returns table (duty_id uuid, period_from date, period_until date, month text)
language sql stable as $$
  with duty as materialized (
    select d.id, d.rhythm, d.every, coalesce(d.interval_n, 1)::int as n, d.anchor_on, d.festival, d.month, p.unit_id,
           p.from_on as plan_from, p.until_on as plan_until,
           greatest(d.from_on, p.from_on, p.adopted_on) as first, least(d.until_on, p.until_on, p.closed_on) as last
      from duties d join plans p on p.tenant_id = tenant_in and p.id = d.plan_id
     where d.tenant_id = tenant_in and d.id = any (duties_in)
  ),
  terms as materialized (
    select * from unit_terms(tenant_in, (select array_agg(distinct d.unit_id) from duty d where d.every = 'term')))
  select d.id, p.period_from, p.period_until,
         to_char(case d.rhythm when 'festival' then p.period_until - 7 else case d.every when 'week' then p.period_until - 3 else p.period_until end end, 'YYYY-MM')
    from duty d
    cross join lateral (
      select x::date as period_from, x::date as period_until from generate_series(greatest(from_in, d.first)::timestamp, least(until_in, d.last), '1 day') as x where d.every = 'day'
      union all
      select d.anchor_on + k * 7 * d.n, d.anchor_on + (k + 1) * 7 * d.n - 1
        from generate_series(div_down(from_in - d.anchor_on, 7 * d.n), div_down(until_in - d.anchor_on, 7 * d.n)) as k where d.every = 'week'
      union all
      select m.day, (m.day + make_interval(months => d.n))::date - 1
        from (select (date_trunc('month', d.anchor_on) + make_interval(months => k * d.n))::date as day
                from generate_series(div_down(months_of(from_in) - months_of(d.anchor_on), d.n), div_down(months_of(until_in) - months_of(d.anchor_on), d.n)) as k) as m
       where d.every = 'month'
      union all
      select x::date, (x + interval '3 months')::date - 1 from generate_series(date_trunc('quarter', from_in::timestamp), until_in, '3 months') as x where d.every = 'quarter'
      union all
      select t.from_on, t.until_on from terms t where d.every = 'term' and t.unit_id = d.unit_id
      union all
      -- 计划不满一年，“每年”就是整个计划。
      select d.plan_from, d.plan_until where d.every = 'year' and d.plan_until - d.plan_from + 1 < 365
      union all
      select x::date, (x + interval '1 year')::date - 1 from generate_series(date_trunc('year', from_in::timestamp), until_in, '1 year') as x
       where d.every = 'year' and d.plan_until - d.plan_from + 1 >= 365
      union all
      select make_date(y, d.month, 1), (make_date(y, d.month, 1) + interval '1 month')::date - 1
        from generate_series(extract(year from from_in)::int, extract(year from until_in)::int) as y where d.rhythm = 'month'
      union all
      select f.on_day - 14, f.on_day + 7 from festival_days f where d.rhythm = 'festival' and f.festival = d.festival) as p
   where p.period_from <= d.last and p.period_until >= d.first and p.period_from <= until_in and p.period_until >= from_in $$;

-- 引出期限的事：新来的孩子（有人说过从哪天来的）、父母外出、父母回来、换了照护人。只知道到月的，算到能确定已经发生的那天。
drop function if exists child_events(text, uuid[]);
create function child_events(tenant_in text, children_in uuid[]) returns table (child_id uuid, event text, on_day date)
language sql stable as $$
  with spell as materialized (
    select s.child_id, s.state, lag(s.state) over spells as before, s.from_on,
           case when s.stated_on >= partial_from(s.from_on) and s.stated_on < partial_until(s.from_on) then s.stated_on else partial_until(s.from_on) end as on_day
      from parent_spells s where s.tenant_id = tenant_in and s.child_id = any (children_in)
    window spells as (partition by s.child_id, s.parent order by coalesce(s.from_on, '') collate "C", s.id)
  ),
  care as (
    select s.child_id, lag(s.id) over spells as before, s.from_on,
           case when s.stated_on >= partial_from(s.from_on) and s.stated_on < partial_until(s.from_on) then s.stated_on else partial_until(s.from_on) end as on_day
      from care_spells s where s.tenant_id = tenant_in and s.child_id = any (children_in)
    window spells as (partition by s.child_id order by coalesce(s.from_on, '') collate "C", s.id)
  )
  select s.child_id, 'parents_left', s.on_day from spell s where s.from_on is not null and s.state = 'away' and s.before is distinct from 'away'
  union
  select s.child_id, 'parents_returned', s.on_day from spell s where s.from_on is not null and s.state = 'home' and s.before = 'away'
  union
  select c.child_id, 'carer_changed', c.on_day from care c where c.from_on is not null and c.before is not null $$;

-- duties_in：只问这几件事；month_in：只要归这个月的期。空是不限。current_in：过了就不再等的（一周、一月……）只要 today_in 还没过完的期。
drop function if exists due_items(text, text, uuid[], date, date, date);
drop function if exists due_items(text, text, uuid[], date, date, date, uuid[]);
drop function if exists due_items(text, text, uuid[], date, date, date, uuid[], text);
drop function if exists due_items(text, text, uuid[], date, date, date, uuid[], text, boolean);
create function due_items(tenant_in text, type_in text, subjects_in uuid[], from_in date, until_in date, today_in date, duties_in uuid[] default null, month_in text default null, current_in boolean default false)
returns table (
  duty_id uuid, plan_id uuid, subject_type text, subject_id uuid, child_id uuid, period_from date, period_until date, month text, ordinal int,
  state text, record_id uuid, settled_on date, late boolean, certain boolean)
-- 不带 SET，好让它并进外面的语句，计划只做一次。一个县一个月的中间结果有几十兆：外面把 work_mem 放大。
language sql stable as $$
  with
  -- 1 对象：孩子，或一个结对和它的孩子，或计划的单位。
  target as materialized (
    select s.id as subject_id, s.id as child_id, null::datemultirange as days, null::uuid as unit_id, null::uuid as helper_unit_id
      from unnest(subjects_in) as s(id) where type_in = 'child'
    union all
    select p.id, p.child_id, days_between(p.from_on, p.until_on), p.unit_id, h.unit_id
      from pairings p left join helpers h on h.tenant_id = tenant_in and h.id = p.helper_id
     where type_in = 'pairing' and p.tenant_id = tenant_in and p.id = any (subjects_in)
    union all
    select u.id, null, days_between(u.opened_on, u.closed_on), u.id, null
      from units u where type_in = 'unit' and u.tenant_id = tenant_in and u.id = any (subjects_in)
  ),
  children_of as materialized (select array_agg(distinct t.child_id) as ids from target t where t.child_id is not null),
  registered as materialized (
    select c.id, days_between(c.registered_on, c.exited_on) as days from children c, children_of o where c.tenant_id = tenant_in and c.id = any (o.ids)
  ),
  -- 2 孩子站在哪些单位（结对看它自己的和帮扶人的单位），从这些单位往上找计划。
  link as materialized (
    select cu.child_id as subject_id, cu."as", cu.unit_id, days_between(cu.from_on, cu.until_on) as days, case when cu.stated then cu.from_on end as stated_from
      from child_units cu, children_of o where type_in = 'child' and cu.tenant_id = tenant_in and cu.child_id = any (o.ids)
    union all select t.subject_id, null, t.unit_id, t.days, null from target t where type_in = 'pairing' and t.unit_id is not null
    union all select t.subject_id, null, t.helper_unit_id, t.days, null from target t where type_in = 'pairing' and t.helper_unit_id is not null
    union all select t.subject_id, null, t.unit_id, t.days, null from target t where type_in = 'unit'
  ),
  above as materialized (
    select u.id as unit_id, up.id::uuid as up_id
      from (select distinct l.unit_id from link l) as l
      join units u on u.tenant_id = tenant_in and u.id = l.unit_id
      cross join lateral unnest(string_to_array(rtrim(u.path, '/'), '/')) as up(id)
     where type_in <> 'unit' or up.id::uuid = u.id
  ),
  plan as materialized (
    select p.id, p.unit_id, u.path, plan_link(u.kind) as link, definition_in_force(tenant_in, p.definition, greatest(p.from_on, p.adopted_on)) as definition,
           greatest(p.from_on, p.adopted_on) as first, least(p.until_on, p.closed_on) as last
      from plans p join units u on u.tenant_id = tenant_in and u.id = p.unit_id
     where p.tenant_id = tenant_in and p.state in ('adopted', 'closed') and p.unit_id in (select a.up_id from above a)
       and (duties_in is null or p.id in (select x.plan_id from duties x where x.tenant_id = tenant_in and x.id = any (duties_in)))
       -- 期比有效期长得再多，也不超过两年：更远的计划与这段日子无关。
       and greatest(p.from_on, p.adopted_on) <= until_in + 732 and least(p.until_on, p.closed_on) >= from_in - 732
  ),
  standing as materialized (
    select p.id as plan_id, l.subject_id, range_agg(l.days) as days, array_agg(l.stated_from) filter (where l.stated_from is not null) as stated
      from plan p join above a on a.up_id = p.unit_id join link l on l.unit_id = a.unit_id and (l."as" is null or l."as" = p.link)
     group by p.id, l.subject_id
  ),
  -- 3 事。反复、节日、某月和由一件事引出的；经常做的不欠，说不清多久一次的不能通过。
  duty as materialized (
    select d.id, d.plan_id, d.kind, d.subject, d.rhythm, d.event, d.within_days, d.working_days, coalesce(d.count, 1)::int as count,
           d.pauses_in_holidays as pauses, d.cohort, p.unit_id, p.path, p.definition, p.first as plan_first,
           greatest(d.from_on, p.first) as first, least(d.until_on, p.last) as last,
           d.rhythm in ('event', 'festival', 'month') as may_be_late,
           d.subject in ('each_child', 'each_priority_child') and coalesce(d.event not in ('parents_left', 'parents_returned'), true) as by_definition
      from duties d join plan p on p.id = d.plan_id
     where d.tenant_id = tenant_in and (duties_in is null or d.id = any (duties_in)) and d.rhythm in ('period', 'festival', 'month', 'event')
       and d.subject = any (case type_in when 'child' then '{each_child,each_priority_child}'::text[] when 'pairing' then '{each_pair}' else '{unit}' end)
       and greatest(d.from_on, p.first) <= least(d.until_on, p.last)
  ),
  -- 4 期，和它们一共伸到哪里。
  period as materialized (
    select p.duty_id, p.period_from, p.period_until, p.month, p.period_until - p.period_from + 1 as length,
           greatest(p.period_from, d.first) as first, least(p.period_until, d.last) as last
      from duty d join duty_periods(tenant_in, (select array_agg(d.id) from duty d where d.rhythm <> 'event'), from_in, until_in) as p on p.duty_id = d.id
     where (month_in is null or p.month = month_in) and (not current_in or d.may_be_late or p.period_until >= today_in)
  ),
  span as materialized (
    select least(from_in, (select min(p.first) from period p)) - e.room as first, greatest(until_in, (select max(p.last) from period p)) + 1 + e.room as last
      from (select coalesce(max(2 * d.within_days + 60), 0)::int as room from duty d where d.rhythm = 'event') as e
  ),
  -- 5 谁在哪些日子算数：站在单位里 × 在册 × 口径 × 重点关爱 × 条件 − 假期。同样算法的事合成一组，只算一次。
  grouped as materialized (
    select dense_rank() over (order by d.plan_id, d.subject, d.by_definition, d.pauses, d.cohort) as grp, d.id as duty_id, d.plan_id, d.subject, d.by_definition, d.pauses, d.cohort, d.definition, d.plan_first, d.unit_id
      from duty d
  ),
  grp as materialized (select distinct g.grp, g.plan_id, g.subject, g.by_definition, g.pauses, g.cohort, g.definition, g.plan_first, g.unit_id from grouped g),
  by_definition as materialized (
    select r.definition, s.child_id, range_agg(days_between(s.from_on, s.until_on)) filter (where s.answer = 'yes') as sure, range_agg(days_between(s.from_on, s.until_on)) filter (where s.answer <> 'no') as possible
      from (select distinct g.definition from grp g where g.by_definition) as r, children_of o, span,
           definition_spells(tenant_in, r.definition, o.ids, span.first, span.last) as s
     group by r.definition, s.child_id
  ),
  focus as materialized (
    select f.* from children_of o, focus_spells(tenant_in, o.ids) as f where exists (select from grp g where g.subject = 'each_priority_child')),
  by_cohort as materialized (
    select k.cohort, k.plan_first, s.* from (select distinct g.cohort, g.plan_first from grp g where g.cohort is not null) as k, children_of o, span,
           cohort_spells(tenant_in, k.cohort, k.plan_first, o.ids, span.first, span.last) as s),
  breaks as materialized (
    select * from unit_breaks(tenant_in, (select array_agg(distinct g.unit_id) from grp g where g.pauses))),
  -- 多数孩子的日子是连着的一段：那样只比较两头；断开的才用整组日子（days、sure 不空）。
  member as materialized (
    select m.grp, m.subject_id, m.child_id, m.stated, lower(m.days) as first, upper(m.days) - 1 as last, case when (range_merge(m.days))::datemultirange <> m.days then m.days end as days,
           lower(m.sure) as sure_first, upper(m.sure) - 1 as sure_last, isempty(m.sure) as unsure, case when not isempty(m.sure) and (range_merge(m.sure))::datemultirange <> m.sure then m.sure end as sure
      from (
        select g.grp, s.subject_id, t.child_id, s.stated, x.days,
               case when not g.by_definition and g.cohort is null then x.days
                    else case when g.by_definition then x.days * coalesce(d.sure, '{}') else x.days end * case when g.cohort is null then '{(,)}' else coalesce(k.sure, '{}') end end as sure
          from grp g
          join standing s on s.plan_id = g.plan_id
          join target t on t.subject_id = s.subject_id
          left join registered r on r.id = t.child_id
          left join by_definition d on g.by_definition and d.child_id = t.child_id and d.definition = g.definition
          left join focus f on g.subject = 'each_priority_child' and f.child_id = t.child_id
          left join by_cohort k on k.child_id = t.child_id and k.cohort = g.cohort and k.plan_first = g.plan_first
          left join breaks b on g.pauses and b.unit_id = g.unit_id
          cross join lateral (select case when g.subject = 'unit' then s.days else s.days * r.days end as days) as x1
          cross join lateral (select case when g.by_definition then x1.days * d.possible else x1.days end as days) as x2
          cross join lateral (select case when g.subject = 'each_priority_child' then x2.days * f.days else x2.days end as days) as x3
          cross join lateral (select case when g.cohort is not null then x3.days * k.possible else x3.days end as days) as x4
          cross join lateral (select case when b.unit_id is not null then x4.days - b.days else x4.days end as days) as x
         -- offset 0：每个式子只算一次，不抄进上面用到它的每一处。
         offset 0) as m
     -- 哪一样不成立，哪一样就是空值，整个也是。
     where m.days is not null and not isempty(m.days)
  ),
  event_period as materialized (
    select d.id as duty_id, e.subject_id, e.on_day as period_from, e.until_day as period_until, to_char(e.until_day, 'YYYY-MM') as month,
           e.until_day - e.on_day + 1 as length, e.on_day as first, least(e.until_day, d.last) as last
      from duty d
      cross join lateral (
        select x.subject_id, x.on_day, case when d.working_days then working_day_after(tenant_in, x.on_day, d.within_days) else x.on_day + d.within_days end as until_day
          from (select t.subject_id, c.on_day from children_of o, child_events(tenant_in, o.ids) as c join target t on t.child_id = c.child_id where c.event = d.event
                union
                -- 新来的：此前不在，从有人说过的那天起在。
                select s.subject_id, lower(i) from standing s, unnest(s.days) as i where d.event = 'new_child' and s.plan_id = d.plan_id and lower(i) = any (s.stated)) as x
         where x.on_day > d.first and x.on_day <= d.last and x.on_day <= until_in) as e
     where d.rhythm = 'event' and e.until_day >= from_in and (month_in is null or to_char(e.until_day, 'YYYY-MM') = month_in)
  ),
  owed as materialized (
    select o.*, row_number() over () as n
      from (
        select o.duty_id, o.plan_id, o.kind, o.may_be_late, o.subject_id, o.child_id, o.period_from, o.period_until, o.month, o.certain, (2 * o.count * o.days + o.length) / (2 * o.length) as owed
          from (
            select d.id as duty_id, d.plan_id, d.kind, d.count, d.may_be_late, m.subject_id, m.child_id, m.period_from, m.period_until, m.month, m.length,
                   case when m.days is not null then days_in(m.days * datemultirange(daterange(m.open_first, m.open_last, '[]')))
                        else least(m.last, m.open_last) - greatest(m.first, m.open_first) + 1 end as days,
                   not m.unsure and case when m.sure is not null then m.sure && daterange(m.open_first, m.open_last, '[]')
                                         else coalesce(m.sure_first <= m.open_last, true) and coalesce(m.sure_last >= m.open_first, true) end as certain
              from (
                select m.*, p.duty_id, p.period_from, p.period_until, p.month, p.length, p.first as open_first, p.last as open_last
                  from period p join grouped g on g.duty_id = p.duty_id join member m on m.grp = g.grp
                union all
                select m.*, p.duty_id, p.period_from, p.period_until, p.month, p.length, p.first, p.last
                  from event_period p join grouped g on g.duty_id = p.duty_id join member m on m.grp = g.grp and m.subject_id = p.subject_id) as m
              join duty d on d.id = m.duty_id
             where coalesce(m.first <= m.open_last, true) and coalesce(m.last >= m.open_first, true)) as o
         where o.days > 0) as o
     where o.owed > 0
  ),
  -- 7 记录：没有撤回、不是草稿、按种类算数（record_children.counts）。期内的第 k 条做了第 k 次；节日、某月和限期的，过后的也算，算补做。
  wanted as materialized (
    select o.kind, min(o.period_from) as first, max(case when o.may_be_late then today_in else least(o.period_until, today_in) end) as last from owed o group by o.kind
  ),
  done as materialized (
    select rc.child_id as subject_id, w.kind, rc.happened_on, rc.record_id
      from wanted w, children_of o join record_children rc on rc.tenant_id = tenant_in and rc.child_id = any (o.ids)
     where type_in = 'child' and cardinality(subjects_in) <= 250 and rc.kind = w.kind and rc.counts and rc.happened_on between w.first and w.last
    union all
    -- 孩子多了（界是量出来的）：按种类和日子取一遍，再看是谁的。offset 0：不许嵌套循环时也一种一种按索引取。
    select t.subject_id, w.kind, rc.happened_on, rc.record_id
      from wanted w
      cross join lateral (select x.child_id, x.happened_on, x.record_id from record_children x
                           where x.tenant_id = tenant_in and x.kind = w.kind and x.counts and x.happened_on between w.first and w.last offset 0) as rc
      join target t on t.subject_id = rc.child_id
     where type_in = 'child' and cardinality(subjects_in) > 250
    union all
    select distinct rc.pairing_id, w.kind, rc.happened_on, rc.record_id
      from wanted w join record_children rc on rc.tenant_id = tenant_in and rc.kind = w.kind
     where type_in = 'pairing' and rc.pairing_id = any (subjects_in) and rc.counts and rc.happened_on between w.first and w.last
    union all
    select t.subject_id, w.kind, r.happened_on, r.id
      from target t join units top on top.tenant_id = tenant_in and top.id = t.unit_id
      cross join lateral (select u.id from units u where u.tenant_id = tenant_in and u.path >= top.path and u.path < top.path || '~' offset 0) as u
      cross join wanted w
      cross join lateral (select x.happened_on, x.id from records x
                           where x.tenant_id = tenant_in and x.subject_unit_id = u.id and x.kind = w.kind and x.happened_on between w.first and w.last
                             and x.counts and not x.draft and x.withdrawn_at is null offset 0) as r
     where type_in = 'unit'
  ),
  hit as materialized (
    select o.n, o.period_until, d.record_id, d.happened_on, row_number() over (partition by o.n order by d.happened_on, d.record_id) as k
      from owed o join done d on d.subject_id = o.subject_id and d.kind = o.kind
       and d.happened_on between o.period_from and case when o.may_be_late then today_in else o.period_until end
  ),
  -- 8 免做：同一把钥匙。已经做了的不用免；免了的不占后来补做的记录。
  waived as materialized (
    select o.n, array_agg(w.ordinal::int) as ordinals, (select count(*) from hit h where h.n = o.n and h.happened_on <= h.period_until) as in_time
      from waivers w join owed o on o.duty_id = w.duty_id and o.subject_id = w.subject_id and o.period_from = w.period_from
     where w.tenant_id = tenant_in and w.subject_type = type_in and w.lifted_at is null and w.duty_id in (select d.id from duty d)
     group by o.n
  ),
  -- 多数只欠一次：第一次直接取，不为每一行展开。
  numbered as (
    select o.*, 1 as ordinal from owed o
    union all
    select o.*, k.ordinal from owed o cross join lateral generate_series(2, o.owed) as k(ordinal) where o.owed > 1
  ),
  item as (
    select o.*, coalesce(o.ordinal > w.in_time and o.ordinal = any (w.ordinals), false) as waived,
           case when w.n is null then o.ordinal
                else o.ordinal - (select count(*)::int from unnest(w.ordinals) as x where x > w.in_time and x <= o.ordinal) end as slot
      from numbered o
      left join waived w on w.n = o.n
  )
  select i.duty_id, i.plan_id, type_in, i.subject_id, i.child_id, i.period_from, i.period_until, i.month, i.ordinal,
         case when i.waived then 'waived' when h.record_id is not null then 'settled' when i.period_until >= today_in then 'due' else 'overdue' end,
         h.record_id, h.happened_on, coalesce(h.happened_on > i.period_until, false), i.certain
    from item i
    left join hit h on h.n = i.n and h.k = i.slot and not i.waived $$;
