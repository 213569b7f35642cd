-- 学期、假期、工作日：待办按它们算期限。

-- 一组日子有多少天；没有尽头的不该来问。
drop function if exists days_in(datemultirange);
create function days_in(days datemultirange) returns int
language sql immutable as $$ select coalesce(sum(upper(d) - lower(d)), 0)::int from unnest(days) as d $$;

-- 两天之间（左闭右开），空是没有边；反了就是空的。
drop function if exists days_between(date, date);
create function days_between(from_day date, until_day date) returns datemultirange
language sql immutable as $$
  select case when from_day >= until_day then '{}'::datemultirange else datemultirange(daterange(from_day, until_day)) end $$;

-- 一个单位用哪一套学期：同一学年同一学期，离它最近的单位自己的一套在前，没有就用全县的。
drop function if exists unit_terms(text, uuid[]);
create function unit_terms(tenant_in text, units_in uuid[])
returns table (unit_id uuid, school_year smallint, number smallint, from_on date, until_on date)
language sql stable as $$
  select distinct on (u.id, t.school_year, t.number) u.id, t.school_year, t.number, t.from_on, t.until_on
    from units u
    join terms t on t.tenant_id = tenant_in
    left join units o on o.tenant_id = tenant_in and o.id = t.unit_id
   where u.tenant_id = tenant_in and u.id = any (units_in) and (t.unit_id is null or starts_with(u.path, o.path))
   order by u.id, t.school_year, t.number, o.depth desc nulls last $$;

-- 寒暑假是两个学期之间的空档。最后一个学期以后还不知道，不算假期。
drop function if exists unit_breaks(text, uuid[]);
create function unit_breaks(tenant_in text, units_in uuid[]) returns table (unit_id uuid, days datemultirange)
language sql stable as $$
  select t.unit_id, range_agg(days_between(t.until_on + 1, t.next_from))
    from (select t.unit_id, t.until_on, lead(t.from_on) over (partition by t.unit_id order by t.from_on) as next_from
            from unit_terms(tenant_in, units_in) as t) as t
   where t.next_from is not null
   group by t.unit_id $$;

-- 这一天以后的第 n 个工作日：周一到周五，除去放假，加上调休上班的周末。县里改过的年份整年按县里的，没改过的按国务院的通知。
drop function if exists working_day_after(text, date, int);
create function working_day_after(tenant_in text, day date, n int) returns date
language sql stable as $$
  select d.day
    from (select day + i as day from generate_series(1, n * 3 + 40) as i) as d
    left join holidays h on h.tenant_id = tenant_in and h.on_day = d.day
    left join legal_days l on l.on_day = d.day and not exists (
      select from holidays y where y.tenant_id = tenant_in and y.on_day between make_date(extract(year from d.day)::int, 1, 1) and make_date(extract(year from d.day)::int, 12, 31))
   where case coalesce(h.kind, l.kind) when 'holiday' then false when 'working' then true else extract(isodow from d.day) < 6 end
   order by d.day offset n - 1 limit 1 $$;
