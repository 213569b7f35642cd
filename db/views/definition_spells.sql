-- 口径：谁在哪些日子算留守儿童。规则与 domain/src/definitions.ts 相同（有测试逐日对照），这里一次算出全部日子。
-- 三值逻辑：sure 是“是”的日子，possible 是“不是‘否’”的日子；两者之差是“说不清”。

-- 从一处到另一处有没有跨县（跨乡镇）；空是说不清。同一个市的市辖区之间不算跨。
drop function if exists crosses_border(text, text, text);
create function crosses_border(from_code text, to_code text, across text) returns boolean
language sql immutable as $$
  select case
    when across is null then true
    when from_code is null or to_code is null then null
    when left(a, known) = left(b, known) then case when known = wanted or from_code = to_code and from_code like '%-%' then false end
    when across = 'county' and known = 6 and left(a, 4) = left(b, 4)
      and substr(a, 5, 2) between '01' and '20' and substr(b, 5, 2) between '01' and '20' then false
    else true end
  from (select wanted, a, b, least(length(a), length(b)) as known
          from (select wanted, left(split_part(from_code, '-', 1), wanted) as a, left(split_part(to_code, '-', 1), wanted) as b
                  from (select case across when 'township' then 9 else 6 end as wanted) as w) as cut) as t $$;

-- 满 n 个月的第一天：8 月 31 日起满 6 个月是 3 月 1 日（2 月没有 31 日）。空是没有起点。
drop function if exists months_after(date, int);
create function months_after(day date, n int) returns date
language sql immutable as $$
  select (day + make_interval(months => n))::date
         + case when extract(day from day + make_interval(months => n)) < extract(day from day) then 1 else 0 end $$;

-- 一组日子有多少天；没有尽头的不该来问。
drop function if exists days_in(datemultirange);
create function days_in(days datemultirange) returns int
language sql immutable as $$ select coalesce(sum(upper(d) - lower(d)), 0)::int from unnest(days) as d $$;

-- 两天之间（左闭右开），空是没有边；反了就是空的。
drop function if exists days_between(date, date);
create function days_between(from_day date, until_day date) returns datemultirange
language sql immutable as $$
  select case when from_day >= until_day then '{}'::datemultirange else datemultirange(daterange(from_day, until_day)) end $$;

-- 一个口径代码的规则：本县自己的在前，否则是通行的一套（与 domain 的 definitions 相同，有测试）。
drop function if exists definition_rule(text, text);
create function definition_rule(tenant_in text, code_in text) returns jsonb
language sql stable as $$
  select coalesce(
    (select d.rule from definitions d where d.tenant_id = tenant_in and d.code = code_in order by d.from_on desc limit 1),
    case code_in
      when 'mca' then '{"rule": "mca", "under_age": 16, "months": 6, "across": "county", "visit_days": 30}'::jsonb
      when 'moe' then '{"rule": "moe", "under_age": null, "months": null, "across": null, "visit_days": 30}'::jsonb end) $$;

drop function if exists definition_spells(text, jsonb, uuid[]);
create function definition_spells(tenant_in text, rule_in jsonb, children_in uuid[])
returns table (child_id uuid, sure datemultirange, possible datemultirange)
language sql stable as $$
  with rule as materialized (
    select rule_in ->> 'rule' as rule, (rule_in ->> 'under_age')::int as under_age, (rule_in ->> 'months')::int as months,
           rule_in ->> 'across' as across, coalesce((rule_in ->> 'visit_days')::int, 0) as visit_days
  ),
  child as materialized (
    select c.id, c.household_division_code as household,
      case when r.under_age is null then '{(,)}'::datemultirange
           when c.born_on is null then '{}' else days_between(null, months_after(c.born_from, 12 * r.under_age)) end as young,
      case when r.under_age is null or c.born_on is null then '{(,)}'::datemultirange
           else days_between(null, months_after(c.born_until, 12 * r.under_age)) end as young_perhaps
      from children c, rule r
     where c.tenant_id = tenant_in and c.id = any (children_in)
  ),
  -- 住在哪里，逐段；没有登记住处的日子代码为空。口径不问距离时只有一段。
  home as materialized (
    select cu.child_id, range_agg(days_between(cu.from_on, cu.until_on)) as days,
           (select up.division_code from units up where up.tenant_id = tenant_in and up.division_code is not null
               and up.id = any (string_to_array(rtrim(u.path, '/'), '/')::uuid[]) order by up.depth desc limit 1) as code
      from child c
      join child_units cu on cu.tenant_id = tenant_in and cu.child_id = c.id and cu."as" = 'residence'
      join units u on u.tenant_id = tenant_in and u.id = cu.unit_id
     where (select across from rule) is not null
     group by cu.child_id, u.path
  ),
  places as materialized (
    select h.child_id, range_agg(h.days) as days, h.code
      from (select child_id, days, code from home
            union all
            select c.id, '{(,)}'::datemultirange - coalesce((select range_agg(h.days) from home h where h.child_id = c.id), '{}'), null from child c) as h
     group by h.child_id, h.code
  ),
  numbered as materialized (
    select s.child_id, s.parent, s.state, s.able, s.place_code, s.stated_on, s.from_on, s.until_on,
           partial_from(s.from_on) as starts, partial_from(s.until_on) as ends,
           row_number() over spells as n, lag(s.state) over spells as before, lead(s.state) over spells as after,
           lead(s.from_on) over spells as next_from
      from child c join parent_spells s on s.tenant_id = tenant_in and s.child_id = c.id
    window spells as (partition by s.child_id, s.parent order by coalesce(s.from_on, '') collate "C", s.id)
  ),
  -- 两次外出之间短短几天在家是探亲，外出没有断；还没走的不算探亲，谁也不知道。
  seen as materialized (
    select w.*, lag(w.visit) over spells as after_visit,
           case when w.visit then '{}' else days_between(w.starts, w.ends) end
             + coalesce(case when lead(w.visit) over spells then days_between(lead(w.starts) over spells, lead(w.ends) over spells) end, '{}') as days
      from (select m.*, m.state = 'home' and m.from_on is not null and m.before = 'away' and m.after = 'away'
                     and partial_from(coalesce(m.until_on, m.next_from)) - m.starts <= r.visit_days as visit
              from numbered m, rule r) as w
    window spells as (partition by w.child_id, w.parent order by w.n)
  ),
  away as materialized (
    select s.child_id, s.parent, s.n, s.days * p.days as days, s.after_visit, p.code,
           crosses_border(c.household, s.place_code, r.across) and crosses_border(p.code, s.place_code, r.across) as far,
           s.ends is null or s.next_from is null or partial_from(s.next_from) - s.ends <= r.visit_days as near,
           s.starts as earliest,
           -- 说的人那天已经知道走了：最晚是说的那天。
           case when s.from_on is null then s.stated_on
                when s.stated_on >= s.starts and s.stated_on < partial_until(s.from_on) then s.stated_on else partial_until(s.from_on) end as latest,
           r.months
      from seen s join child c on c.id = s.child_id join places p on p.child_id = s.child_id and not isempty(p.days), rule r
     where s.state = 'away'
  ),
  -- 一段接一段没有断开的外出是一串。
  linked as (
    select a.*, sum(case when fresh then 1 else 0 end) over chain as run, sum(case when far is null then 1 else 0 end) over chain as unsure
      from (select w.*, not coalesce((lag(w.n) over places = w.n - 1 or lag(w.n) over places = w.n - 2 and w.after_visit)
                              and lag(w.far) over places is distinct from false and lag(w.near) over places, false) as fresh
              from away w window places as (partition by w.child_id, w.parent, w.code order by w.n)) as a
    window chain as (partition by a.child_id, a.parent, a.code order by a.n)
  ),
  -- 从这一段往回看：到哪一段满了月数。
  lasting as (
    select at.child_id, at.parent, at.far,
           at.days * days_between(months_after(back.earliest, at.months), months_after(back.next_earliest, at.months)) as possible,
           case when at.unsure - case when at.far is null then 1 else 0 end = back.unsure - case when back.far is null then 1 else 0 end
                then at.days * days_between(greatest(months_after(back.earliest, at.months), months_after(back.latest, at.months)), months_after(back.next_earliest, at.months))
                else '{}' end as sure
      from linked at
      join lateral (select b.*, case when b.n < at.n then (select min(x.earliest) from linked x where x.child_id = b.child_id and x.parent = b.parent
                       and x.code is not distinct from b.code and x.run = b.run and x.n > b.n) end as next_earliest
                      from linked b where b.child_id = at.child_id and b.parent = at.parent and b.code is not distinct from at.code
                       and b.run = at.run and b.n <= at.n) as back on true
     where at.months is not null and at.far is distinct from false
    union all
    select a.child_id, a.parent, a.far, a.days, a.days from away a where a.months is null and a.far is distinct from false
  ),
  gone as (
    select l.child_id, l.parent, range_agg(l.possible) as possible, coalesce(range_agg(l.sure) filter (where l.far), '{}') as sure
      from lasting l group by l.child_id, l.parent
  ),
  -- 每位家长：外出算不算数、留下的能不能监护。没有说过在哪里的日子，两样都说不清。
  parent as materialized (
    select c.id as child_id, p.parent, coalesce(g.sure, '{}') as away,
           '{(,)}'::datemultirange - coalesce(k.known, '{}') + coalesce(g.possible, '{}') as away_perhaps,
           coalesce(k.unable, '{}') as unable,
           '{(,)}'::datemultirange - coalesce(k.known, '{}') + coalesce(k.unable, '{}') + coalesce(k.able_unknown, '{}') as unable_perhaps
      from child c cross join (values ('father'), ('mother')) as p(parent)
      left join gone g on g.child_id = c.id and g.parent = p.parent
      left join (select s.child_id, s.parent, range_agg(s.days) filter (where s.state <> 'unknown') as known,
                        range_agg(s.days) filter (where s.state in ('deceased', 'missing', 'detained') or s.state = 'home' and not s.able) as unable,
                        range_agg(s.days) filter (where s.state = 'home' and s.able is null) as able_unknown
                   from seen s group by s.child_id, s.parent) as k on k.child_id = c.id and k.parent = p.parent
  )
  select c.id,
         case r.rule when 'moe' then c.young * (f.away + m.away)
                     when 'mca' then c.young * (f.away * m.away + f.away * m.unable + m.away * f.unable) else '{}' end,
         case r.rule when 'moe' then c.young_perhaps * (f.away_perhaps + m.away_perhaps)
                     when 'mca' then c.young_perhaps * (f.away_perhaps * m.away_perhaps + f.away_perhaps * m.unable_perhaps + m.away_perhaps * f.unable_perhaps)
                     else '{(,)}' end
    from child c cross join rule r
    join parent f on f.child_id = c.id and f.parent = 'father'
    join parent m on m.child_id = c.id and m.parent = 'mother' $$;
