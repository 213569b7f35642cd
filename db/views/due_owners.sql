-- 谁来做：点了名的人；否则帮扶教师、志愿者、帮扶干部看当天的结对；否则离孩子最近的单位里担任那个角色的人；否则没有人。
-- 几个人一样近，都看得到，只算一次。“责任人 → 角色”与 contract/src/plans.owners.ts 的表相同（有测试）。

drop function if exists duty_role(text, text);
create function duty_role(responsible text, unit_kind text) returns text
language sql immutable as $$
  select case
    when responsible in ('leading_group', 'class_teacher', 'subject_teacher', 'help_teacher', 'archivist', 'partner_cadre', 'grid_worker', 'child_director', 'counsellor', 'school_leader', 'next_gen_committee') then responsible
    when responsible = 'volunteer' then 'helper'
    when responsible in ('village_committee', 'station_keeper') then 'child_director'
    when responsible = 'canteen' then 'school_leader'
    when responsible = 'police_or_counsel' then null
    else case when unit_kind in ('school', 'class') then 'class_teacher' when unit_kind = 'partner_office' then 'partner_cadre' when unit_kind = 'committee' then 'next_gen_committee'
              when unit_kind = 'grid' then 'grid_worker' when unit_kind = 'township' then 'child_supervisor' when unit_kind = 'county' then 'county_staff' else 'child_director' end end $$;

-- 责任人说的是哪几种帮扶人；空是不看结对。
drop function if exists duty_helpers(text);
create function duty_helpers(responsible text) returns text[]
language sql immutable as $$
  select case responsible when 'help_teacher' then '{help_teacher}'::text[] when 'partner_cadre' then '{cadre,party_member}'
                          when 'volunteer' then '{volunteer,caring_mother,proxy_parent,party_member,other}' end $$;

-- 三个数组一一对应：哪件事、谁、哪一天（没到期的问今天，过了的问那一期的最后一天）。
drop function if exists due_owners(text, text, uuid[], uuid[], date[]);
create function due_owners(tenant_in text, type_in text, duties_in uuid[], subjects_in uuid[], days_in date[])
returns table (duty_id uuid, subject_id uuid, on_day date, how text, account_ids uuid[], adult_ids uuid[])
language sql stable as $$
  with asked as materialized (
    select distinct a.duty_id, a.subject_id, a.on_day, d.account_id, duty_helpers(d.responsible) as kinds, duty_role(d.responsible, u.kind) as role, p.unit_id, pr.child_id
      from unnest(duties_in, subjects_in, days_in) as a(duty_id, subject_id, on_day)
      join duties d on d.tenant_id = tenant_in and d.id = a.duty_id
      join plans p on p.tenant_id = tenant_in and p.id = d.plan_id
      join units u on u.tenant_id = tenant_in and u.id = p.unit_id
      left join lateral (select case type_in when 'child' then a.subject_id when 'pairing' then
                           (select x.child_id from pairings x where x.tenant_id = tenant_in and x.id = a.subject_id) end as child_id) as pr on true
  ),
  -- 不许嵌套循环时也按索引取这几个孩子的。
  children_of as materialized (select array_agg(distinct a.child_id) as ids from asked a where a.child_id is not null),
  helped as materialized (
    select a.duty_id, a.subject_id, a.on_day, h.adult_id, rank() over (partition by a.duty_id, a.subject_id, a.on_day order by (h.kind = any (a.kinds)) desc) as r
      from asked a
      join pairings p on p.tenant_id = tenant_in and p.child_id = any ((select o.ids from children_of o)::uuid[]) and p.child_id = a.child_id and (type_in = 'child' or p.id = a.subject_id)
       and p.from_on <= a.on_day and (p.until_on is null or p.until_on > a.on_day)
      join helpers h on h.tenant_id = tenant_in and h.id = p.helper_id
     where a.account_id is null and a.kinds is not null
  ),
  helper as materialized (
    select h.duty_id, h.subject_id, h.on_day, array_agg(distinct h.adult_id) as adult_ids,
           coalesce(array_agg(distinct m.account_id) filter (where m.account_id is not null), '{}') as account_ids
      from helped h
      left join memberships m on m.tenant_id = tenant_in and m.adult_id = h.adult_id and m.from_on <= h.on_day and (m.until_on is null or m.until_on > h.on_day)
     where h.r = 1 group by h.duty_id, h.subject_id, h.on_day
  ),
  -- 剩下的按单位找：同一个孩子、同一天、同一个角色只找一次。
  place as materialized (
    select distinct coalesce(a.child_id, a.unit_id) as who, a.child_id, a.unit_id, a.on_day, a.role
      from asked a left join helper h on h.duty_id = a.duty_id and h.subject_id = a.subject_id and h.on_day = a.on_day
     where a.account_id is null and h.duty_id is null and a.role is not null
  ),
  stands as materialized (
    select distinct p.who, p.on_day, p.role, cu.unit_id
      from place p join child_units cu on cu.tenant_id = tenant_in and cu.child_id = any ((select o.ids from children_of o)::uuid[]) and cu.child_id = p.child_id and cu."as" <> 'hukou'
       and cu.from_on <= p.on_day and (cu.until_on is null or cu.until_on > p.on_day)
    union
    select p.who, p.on_day, p.role, p.unit_id from place p where p.child_id is null
  ),
  above as materialized (
    select x.unit_id, up.id::uuid as up_id, cardinality(way.ids) - up.at as steps
      from (select distinct s.unit_id from stands s) as x
      join units u on u.tenant_id = tenant_in and u.id = x.unit_id
      cross join lateral (select string_to_array(rtrim(u.path, '/'), '/') as ids) as way
      cross join lateral unnest(way.ids) with ordinality as up(id, at)
  ),
  staff as materialized (
    select s.who, s.on_day, s.role, m.account_id, rank() over (partition by s.who, s.on_day, s.role order by s.steps) as r
      from (select x.who, x.on_day, x.role, a.up_id, a.steps from stands x join above a on a.unit_id = x.unit_id) as s
      join memberships m on m.tenant_id = tenant_in and m.unit_id = s.up_id and m.role = s.role and m.from_on <= s.on_day and (m.until_on is null or m.until_on > s.on_day)
  ),
  member as materialized (
    select s.who, s.on_day, s.role, array_agg(distinct s.account_id) as account_ids from staff s where s.r = 1 group by s.who, s.on_day, s.role)
  select a.duty_id, a.subject_id, a.on_day,
         case when a.account_id is not null then 'named' when h.duty_id is not null then 'helper' when m.who is not null then 'role' else 'nobody' end,
         case when a.account_id is not null then array[a.account_id] else coalesce(h.account_ids, m.account_ids, '{}') end,
         coalesce(h.adult_ids, '{}')
    from asked a
    left join helper h on h.duty_id = a.duty_id and h.subject_id = a.subject_id and h.on_day = a.on_day
    left join member m on h.duty_id is null and a.account_id is null and m.who = coalesce(a.child_id, a.unit_id) and m.on_day = a.on_day and m.role = a.role $$;
