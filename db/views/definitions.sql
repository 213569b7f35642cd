-- 口径的回答：由事实算出，从不存。与 domain/src/definitions.ts 逐句相同，随机测试保证两边一致。
--
-- 一个判断是一个整数：0 是“是”，-1 是“否”，正数是“说不清”，每一位是一件没采集的事实（按 missingFacts 的次序）。
-- 于是“并且”就是按位或：-1 与什么或都是 -1，0 与什么或都是什么。“或者”是 tri_or。

create or replace function tri_or(a int, b int) returns int language sql immutable as
$$ select case when a = 0 or b = 0 then 0 when a = -1 then b when b = -1 then a else a | b end $$;

-- 从一处到另一处跨不跨界。n：6 比到县，9 比到乡镇，空是不问；代码已截到 n 位；written：同一个自填地名。
create or replace function crosses_border(a text, b text, n int, written boolean, lacks_a int, lacks_b int) returns int
language sql immutable as
$$ select case
  when n is null then 0
  when a is null or b is null then case when a is null then lacks_a else 0 end | case when b is null then lacks_b else 0 end
  when left(a, length(b)) <> left(b, length(a)) then
    case when n = 6 and length(a) = 6 and length(b) = 6 and left(a, 4) = left(b, 4)
          and substr(a, 5) between '01' and '20' and substr(b, 5) between '01' and '20' then -1 else 0 end
  when written or (length(a) >= n and length(b) >= n) then -1
  else case when length(a) < n then lacks_a else 0 end | case when length(b) < n then lacks_b else 0 end end $$;

-- 最早的一天 t，使 t 往前推 n 个月不早于 day。
create or replace function months_after(day date, n int) returns date language sql immutable as
$$ select case when (day + make_interval(months => n) - make_interval(months => n))::date >= day then (day + make_interval(months => n))::date
               else (day + make_interval(months => n))::date + 1 end $$;

-- 那一天有效的那个版本；没有就是空。
create or replace function definition_in_force(t text, def_code text, day date) returns uuid language sql stable as
$$ select d.id from definitions d where d.tenant_id = t and d.code = def_code and d.from_on <= day and (d.until_on is null or d.until_on > day) $$;

-- 不用嵌套循环：没有估算知道问的是几个孩子，每一张表先按这几个孩子取一遍，再成批相连，几个和两万个都是一趟（实测两万个 16 秒变半秒）。
-- 孩子 asked[i] 在 days[i] 那天算不算。一对一行；missing 的位见上。没有一处把两个大的中间结果相连：人多了也是一趟。
create or replace function definition_answers(t text, def uuid, asked uuid[], days date[])
returns table (child_id uuid, on_day date, answer text, category text, missing int)
language sql stable set enable_nestloop = off as $$
with d as materialized (
  select rule ->> 'rule' as rule, (rule ->> 'under_age')::int as under_age, (rule ->> 'months')::int as months, coalesce((rule ->> 'visit_days')::int, 0) as visit_days,
         case rule ->> 'across' when 'county' then 6 when 'township' then 9 end as n
    from definitions where tenant_id = t and id = def),
-- 户口和住处：在那天有效的关系，最近的一个；建档时没说从何时起的，之前也算。
lives_in as (
  select a.child_id, a.on_day,
         (array_agg(u.division_code order by cu.from_on desc, cu.id) filter (where cu."as" = 'hukou'))[1] as hukou,
         (array_agg(u.division_code order by cu.from_on desc, cu.id) filter (where cu."as" = 'residence'))[1] as home,
         (array_agg(case when cu.stated then cu.from_on end order by cu.from_on desc, cu.id) filter (where cu."as" = 'residence'))[1] as since,
         (array_agg(cu.from_on order by cu.from_on desc, cu.id) filter (where cu."as" = 'residence'))[1] as stated_on
    from unnest(asked, days) as a(child_id, on_day) cross join d
    left join child_units cu on d.n is not null and cu.tenant_id = t and cu.child_id = any (asked) and cu.child_id = a.child_id and cu."as" in ('residence', 'hukou')
     and (cu.from_on <= a.on_day or not cu.stated) and (cu.until_on is null or cu.until_on > a.on_day)
    left join units u on u.tenant_id = t and u.id = cu.unit_id
   group by a.child_id, a.on_day),
homes as (
  select l.child_id, l.on_day, d.*, k.born_from, k.born_until, (l.on_day - make_interval(months => d.months))::date as limit_on,
         coalesce(l.hukou, k.household_division_code) as house_code, l.home as home_code, l.since, l.stated_on
    from lives_in l cross join d join children k on k.tenant_id = t and k.id = any (asked) and k.id = l.child_id),
-- 父母的每一段，按先后。house、home、place：截到问到的那一级；home6、place6：截到县。
w as (
  select h.*, left(split_part(h.house_code, '-', 1), h.n) as house, left(split_part(h.home_code, '-', 1), h.n) as home, left(split_part(h.home_code, '-', 1), 6) as home6,
         left(split_part(p.place_code, '-', 1), h.n) as place, left(split_part(p.place_code, '-', 1), 6) as place6, position('-' in p.place_code) > 0 and h.house_code = p.place_code as same_house,
         position('-' in p.place_code) > 0 and h.home_code = p.place_code as same_home, position('-' in h.home_code) > 0 and h.house_code = h.home_code as same_place,
         p.parent, p.state, p.able, p.until_on, p.from_on, p.stated_on as said_on, lower(p.valid) as first, (lower(p.valid) + case length(p.from_on) when 4 then interval '1 year -1 day' when 7 then interval '1 month -1 day' end)::date as last, upper(p.valid) as over, coalesce(p.valid @> h.on_day, false) as now_so,
         lag(p.state) over w as before, lead(p.state) over w as after, lead(lower(p.valid)) over w as next_first, row_number() over w as at
    from homes h left join parent_spells p on p.tenant_id = t and p.child_id = any (asked) and p.child_id = h.child_id
  window w as (partition by h.child_id, h.on_day, p.parent order by lower(p.valid) nulls first)),
-- young：年龄；lives：流动口径里不看父母的那一半。每一段：far 够不够远，latest 最晚哪天开始的，together 那天和孩子在一起。
s as (
  select w.*, b.unknown, b.since_bit, b.able_bit,
         case when under_age is null then 0 when born_from is null then 1 when extract(year from age(on_day, born_from)) < under_age then 0
              when extract(year from age(on_day, born_until)) >= under_age then -1 else 1 end as young,
         case when rule = 'migrant' then crosses_border(house, home, n, same_place, 2, 4)
            | case when months is null then 0 when coalesce(since, stated_on) <= limit_on then 0 when since > limit_on then -1 else 8 end else 0 end as lives,
         case when state = 'away' then crosses_border(house, place, n, same_house, 2, b.place_bit) | crosses_border(home, place, n, same_home, 4, b.place_bit) end as far,
         case when from_on is null then said_on when length(from_on) = 10 then first when said_on >= first then least(said_on, last) else last end as latest,
         case when not now_so or rule <> 'migrant' then null when state is null or state = 'unknown' then b.unknown when state = 'home' then 0 when state <> 'away' then -1
              else case crosses_border(home6, place6, 6, same_home, 4, b.place_bit) when -1 then 0 when 0 then -1 else crosses_border(home6, place6, 6, same_home, 4, b.place_bit) end end as together
    from w left join (values ('father', 32, 64, 128, 256), ('mother', 512, 1024, 2048, 4096)) as b(of, unknown, since_bit, place_bit, able_bit) on b.of = w.parent),
v as (
  select *, coalesce(state = 'home' and before = 'away' and after = 'away' and coalesce(over, next_first) - first <= visit_days, false) as visit from s),
-- 那天是哪一段（here）；回家小住的，算他在外的那一段。
r as (
  select *, max(case when now_so then at - case when visit then 1 else 0 end end) over (partition by child_id, on_day, parent) as here from v),
b as (
  select *, here - at as back, at < here and visit as skip,
         not (at < here and visit) and (state is distinct from 'away' or (at < here and (far = -1 or not (until_on is null or next_first is null or next_first - over <= visit_days)))) as stop
    from r),
-- 每一行都要算的（岁数、月末）不调 SQL 函数，只用内置的：一次调用二十微秒，十万个孩子就是几秒。
-- 从那一段往回数（back），数到断了为止（stops）；第一段早到够月数的就定了（hit）。每一个 far 不空的都在外。
g as (
  select *, sum(case when stop and back >= 0 then 1 else 0 end) over (partition by child_id, on_day, parent order by at desc) as stops from b),
h as (
  select *, min(case when back >= 0 and stops = 0 and not skip and (first is null or first <= limit_on) then back end) over (partition by child_id, on_day, parent) as hit from g),
f as (
  select child_id, on_day, rule, young, lives, parent, max(together) as together,
         max(case when state is null or state = 'unknown' then unknown when state <> 'away' then -1 when months is null then far when hit is null then -1 else far end) filter (where back = 0)
         | coalesce(bit_or(far) filter (where back between 1 and hit and not skip and far > 0 and months is not null), 0)
         | coalesce(max(since_bit) filter (where back = hit and latest > limit_on and months is not null), 0) as away,
         max(case when state is null or state = 'unknown' then unknown when state = 'away' then -1 when state <> 'home' then 0
                  when able is null then able_bit when able then -1 else 0 end) filter (where back = 0) as unable
    from h group by child_id, on_day, rule, young, lives, parent),
whole as (
  select child_id, on_day, rule, young, lives,
         coalesce(max(away) filter (where parent = 'father'), 32) as fa, coalesce(max(away) filter (where parent = 'mother'), 512) as ma,
         coalesce(max(unable) filter (where parent = 'father'), 32) as fu, coalesce(max(unable) filter (where parent = 'mother'), 512) as mu,
         coalesce(max(together) filter (where parent = 'father'), 32) as ft, coalesce(max(together) filter (where parent = 'mother'), 512) as mt
    from f group by child_id, on_day, rule, young, lives),
-- 和法定监护人（不是父母）一起住：受委托照护的不是；父母都指望不上时，(外)祖父母、兄姐、叔伯姨舅和其他亲属是。
kin as (
  select q.*, case when rule = 'migrant' then coalesce((
           select case when e.entrusted or e.relation in ('neighbour', 'teacher', 'other') then -1
                       when e.relation in ('paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'sibling', 'aunt_uncle', 'relative')
                        and (select count(*) from parent_spells p where p.tenant_id = t and p.child_id = q.child_id and p.valid @> q.on_day and p.state in ('deceased', 'missing', 'detained')) = 2 then 0
                       else 16 end
             from care_spells e where e.tenant_id = t and e.child_id = q.child_id and e.valid @> q.on_day), 16) else 16 end as guardian
    from whole q),
member as (
  select child_id, on_day, rule, fa | ma as both_away, young | case rule
      when 'moe' then tri_or(fa, ma)
      when 'mca' then tri_or(fa | ma, tri_or(fa | mu, ma | fu))
      else lives | tri_or(tri_or(ft, mt), guardian) end as finding
    from kin
  -- offset 0：只算一次，不抄进下面用到它的每一处。
  offset 0)
select child_id, on_day, case when finding = 0 then 'yes' when finding = -1 then 'no' else 'cannot_say' end,
       case when finding <> 0 or rule = 'migrant' or both_away > 0 then null when both_away = 0 then 'both_parents'
            when rule = 'moe' then 'one_parent' else 'one_parent_other_unable' end,
       case when finding > 0 then finding when finding = 0 and rule <> 'migrant' and both_away > 0 then both_away else 0 end
  from member $$;

-- 从 day_from 到 day_until（不含）之间，每个孩子的回答从哪天到哪天。只在可能变的日子各答一次，再把相同的连起来。
create or replace function definition_spells(t text, def uuid, asked uuid[], day_from date, day_until date)
returns table (child_id uuid, answer text, category text, from_on date, until_on date)
language sql stable set enable_nestloop = off as $$
with d as materialized (
  select (rule ->> 'under_age')::int as under_age, coalesce((rule ->> 'months')::int, 0) as months, rule ->> 'rule' = 'migrant' as by_child from definitions where tenant_id = t and id = def),
a as materialized (select unnest(asked) as child_id),
-- 一行几天用 unnest，不用 lateral values：后者每到一行都要把式子重新准备一遍，二十微秒。
turns as (
  select a.child_id, day_from as day from a
  union all select a.child_id, unnest(array[x.lo, x.lo + 1, x.hi, x.hi + 1]) from a join children k on k.tenant_id = t and k.id = any (asked) and k.id = a.child_id cross join d
    cross join lateral (select (k.born_from + make_interval(years => d.under_age))::date as lo, (k.born_until + make_interval(years => d.under_age))::date as hi) as x
  -- 加几个月是贵的一步：先用天数粗略看一看，落不进这段日子的不算（n 个月不短于 28n 天，不长于 31n+1 天）。
  union all select a.child_id, unnest(array[lower(p.valid), upper(p.valid),
           case when length(coalesce(p.from_on, '')) < 10 and p.stated_on between day_from - 31 * d.months - 2 and day_until - 28 * d.months + 1 then months_after(p.stated_on, d.months) end,
           case when lower(p.valid) between day_from - 31 * d.months - 2 and day_until - 28 * d.months + 1 then months_after(lower(p.valid), d.months) end,
           case when length(p.from_on) < 10 and lower(p.valid) between day_from - 31 * d.months - 370 and day_until - 28 * d.months + 1
                then months_after((lower(p.valid) + case length(p.from_on) when 4 then interval '1 year -1 day' when 7 then interval '1 month -1 day' end)::date, d.months) end])
    from a join parent_spells p on p.tenant_id = t and p.child_id = any (asked) and p.child_id = a.child_id cross join d
  -- 孩子自己来了多久、由谁照护，只有流动的口径问。
  union all select a.child_id, unnest(array[cu.from_on, cu.until_on, case when d.by_child then months_after(cu.from_on, d.months) end])
    from a join child_units cu on cu.tenant_id = t and cu.child_id = any (asked) and cu.child_id = a.child_id and cu."as" in ('residence', 'hukou') cross join d
  union all select a.child_id, unnest(array[lower(w.valid), upper(w.valid)]) from d join a on d.by_child join care_spells w on w.tenant_id = t and w.child_id = any (asked) and w.child_id = a.child_id),
asks as materialized (
  select array_agg(x.child_id) as children, array_agg(x.day) as days from (select distinct child_id, day from turns where day >= day_from and day < day_until) as x),
answers as (
  select r.*, lag(r.answer) over w is distinct from r.answer or lag(r.category) over w is distinct from r.category as turned
    from asks cross join lateral definition_answers(t, def, asks.children, asks.days) as r
  window w as (partition by r.child_id order by r.on_day))
select child_id, answer, category, on_day, coalesce(lead(on_day) over (partition by child_id order by on_day), day_until) from answers where turned $$;
