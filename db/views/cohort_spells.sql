-- 条件的“与”：公布的几种，每一种都说得出从哪天到哪天。sure 一定符合的日子，possible 不能说不符合的日子（未采集不算“否”）。
-- cohort：{"definition": 口径代码, "age": {"from": 6, "until": 14}, "sex": "female", "grades": ["6"], "unit_id": …, "boarding": true, "focus": true, "paired": false}，没写的不问。

drop function if exists grade_number(text);
create function grade_number(grade text) returns int
language sql immutable strict as $$
  select case when grade ~ '^k[123]$' then right(grade, 1)::int - 3 when grade ~ '^\d{1,2}$' then grade::int end $$;

-- 重点关爱：从确认那天到结束那天。
drop function if exists focus_spells(text, uuid[]);
create function focus_spells(tenant_in text, children_in uuid[]) returns table (child_id uuid, days datemultirange)
language sql stable as $$
  select f.child_id, range_agg(days_between((f.decided_at at time zone 'Asia/Shanghai')::date, f.until_on))
    from focus f
   where f.tenant_id = tenant_in and f.child_id = any (children_in) and f.state in ('confirmed', 'ended') and f.decided_at is not null
   group by f.child_id $$;

-- 有帮扶人的日子。学习伙伴不是帮扶人。
drop function if exists paired_spells(text, uuid[]);
create function paired_spells(tenant_in text, children_in uuid[]) returns table (child_id uuid, days datemultirange)
language sql stable as $$
  select p.child_id, range_agg(days_between(p.from_on, p.until_on))
    from pairings p
   where p.tenant_id = tenant_in and p.child_id = any (children_in) and p.helper_id is not null
   group by p.child_id $$;

-- 在这几个年级的日子：9 月 1 日升级。没有就学经历的日子说不清；不在学的日子不是。
drop function if exists grade_spells(text, text[], uuid[]);
create function grade_spells(tenant_in text, grades_in text[], children_in uuid[])
returns table (child_id uuid, sure datemultirange, known datemultirange)
language sql stable as $$
  with spell as materialized (
    select e.child_id, datemultirange(e.valid) as days, e.status in ('in_school', 'suspended') as at_school,
           coalesce(case u.stage when 'kindergarten' then -2 when 'primary' then 1 when 'junior' then 7 when 'senior' then 10 end, grade_number(e.grade)) as grade,
           case u.stage when 'primary' then 1 when 'junior' then 7 when 'senior' then 10 else -2 end as lowest,
           case u.stage when 'kindergarten' then 0 when 'primary' then 6 when 'junior' then 9 else 12 end as highest,
           coalesce(u.entry_year, extract(year from e.stated_on - interval '8 months')::int) as year
     from enrolments e
      left join units u on u.tenant_id = tenant_in and u.id = e.class_unit_id and u.stage is not null
     where e.tenant_id = tenant_in and e.child_id = any (children_in)
  )
  select s.child_id,
         coalesce(range_agg(s.days * w.days) filter (where s.at_school and w.days is not null), '{}'),
         coalesce(range_agg(s.days) filter (where not s.at_school or s.grade is not null), '{}')
    from spell s
    left join lateral (select range_agg(days_between(make_date(s.year + g.n - s.grade, 9, 1), make_date(s.year + g.n - s.grade + 1, 9, 1))) as days
                         from (select grade_number(x) as n from unnest(grades_in) as x) as g where g.n between s.lowest and s.highest) as w on true
   group by s.child_id $$;

-- 口径按 on_in 那天有效的版本；只答 from_in 到 until_in（不含）之间的日子。
drop function if exists cohort_spells(text, jsonb, date, uuid[], date, date);
create function cohort_spells(tenant_in text, cohort_in jsonb, on_in date, children_in uuid[], from_in date, until_in date)
returns table (child_id uuid, sure datemultirange, possible datemultirange)
language sql stable as $$
  with wanted as materialized (
    select cohort_in ->> 'definition' as definition, cohort_in ? 'definition' as by_definition,
           (cohort_in -> 'age' ->> 'from')::int as age_from, (cohort_in -> 'age' ->> 'until')::int as age_until, cohort_in ? 'age' as by_age,
           cohort_in ->> 'sex' as sex, (select array_agg(g) from jsonb_array_elements_text(cohort_in -> 'grades') as g) as grades,
           (cohort_in ->> 'unit_id')::uuid as unit_id, (cohort_in ->> 'boarding')::boolean as boarding,
           (cohort_in ->> 'focus')::boolean as focus, (cohort_in ->> 'paired')::boolean as paired
  ),
  everything as (select '{(,)}'::datemultirange as days),
  definition as materialized (
    select s.child_id, range_agg(days_between(s.from_on, s.until_on)) filter (where s.answer = 'yes') as sure, range_agg(days_between(s.from_on, s.until_on)) filter (where s.answer <> 'no') as possible
      from wanted w, definition_spells(tenant_in, definition_in_force(tenant_in, w.definition, on_in), children_in, from_in, until_in) as s
     where w.by_definition group by s.child_id),
  grade as materialized (select g.* from wanted w, grade_spells(tenant_in, w.grades, children_in) as g where w.grades is not null),
  standing as materialized (
    select cu.child_id, range_agg(days_between(cu.from_on, cu.until_on)) as days
      from wanted w
      join units top on top.tenant_id = tenant_in and top.id = w.unit_id
      join units u on u.tenant_id = tenant_in and u.path >= top.path and u.path < top.path || '~'
      join child_units cu on cu.tenant_id = tenant_in and cu.unit_id = u.id and cu."as" <> 'hukou' and cu.child_id = any (children_in)
     group by cu.child_id),
  boarding as materialized (
    select e.child_id, range_agg(e.valid) filter (where e.boarding = w.boarding) as yes, range_agg(e.valid) filter (where e.boarding is not null) as known
      from wanted w join enrolments e on e.tenant_id = tenant_in and e.child_id = any (children_in)
     where w.boarding is not null group by e.child_id),
  focus as materialized (select f.* from wanted w, focus_spells(tenant_in, children_in) as f where w.focus is not null),
  paired as materialized (select p.* from wanted w, paired_spells(tenant_in, children_in) as p where w.paired is not null)
  select c.id,
         a.days
           * case when w.by_definition then coalesce(d.sure, '{}') else a.days end
           * case when w.by_age then case when c.born_on is null then '{}' else days_between(months_after(c.born_until, 12 * w.age_from), months_after(c.born_from, 12 * w.age_until)) end else a.days end
           * case when w.sex is null or c.sex = w.sex then a.days else '{}' end
           * case when w.grades is null then a.days else coalesce(g.sure, '{}') end
           * case when w.unit_id is null then a.days else coalesce(s.days, '{}') end
           * case when w.boarding is null then a.days else coalesce(b.yes, '{}') end
           * known.days,
         a.days
           * case when w.by_definition then coalesce(d.possible, '{}') else a.days end
           * case when w.by_age and c.born_on is not null then days_between(months_after(c.born_from, 12 * w.age_from), months_after(c.born_until, 12 * w.age_until)) else a.days end
           * case when w.sex is null or c.sex is null or c.sex = w.sex then a.days else '{}' end
           * case when w.grades is null then a.days else a.days - coalesce(g.known, '{}') + coalesce(g.sure, '{}') end
           * case when w.unit_id is null then a.days else coalesce(s.days, '{}') end
           * case when w.boarding is null then a.days else a.days - coalesce(b.known, '{}') + coalesce(b.yes, '{}') end
           * known.days
    from children c cross join wanted w cross join everything a
    left join definition d on d.child_id = c.id
    left join grade g on g.child_id = c.id
    left join standing s on s.child_id = c.id
    left join boarding b on b.child_id = c.id
    left join focus f on f.child_id = c.id
    left join paired p on p.child_id = c.id
    cross join lateral (select case w.focus when true then coalesce(f.days, '{}') when false then a.days - coalesce(f.days, '{}') else a.days end
                             * case w.paired when true then coalesce(p.days, '{}') when false then a.days - coalesce(p.days, '{}') else a.days end as days) as known
   where c.tenant_id = tenant_in and c.id = any (children_in) $$;
