-- 重点关爱的规则：每一条只看事实，写明依据，见 contract/src/focus.ts。答案是 yes 或 ask（还缺哪件事实）；“否”不出现。
-- 说不清就问，不当成是，也不当成不是。
drop function if exists focus_findings(text, uuid[], date);
create function focus_findings(t text, asked uuid[], day date) returns table (child_id uuid, rule text, answer text, lacks text[])
language sql stable as $$
with c as materialized (
  select c.id, c.improper_care, c.special_cases, c.born_from, c.born_until,
         extract(year from age(day, c.born_from))::int as most, extract(year from age(day, c.born_until))::int as least,
         k.id as care_id, k.adult_id as carer_id, k.relation, k.guardianship_type, k.entrusted, k.from_on as care_from, k.why_changed,
         a.health as carer_health, case when a.born_on is not null then extract(year from age(day, partial_until(a.born_on)))::int when k.age is not null then k.age + extract(year from age(day, k.stated_on))::int end as carer_age,
         f.state as father, m.state as mother, f.from_on as father_from, m.from_on as mother_from, e.status as schooling, h.state as health, y.level, d.kinds as aid, v.result as evaluated
    from children c
    left join care_spells k on k.tenant_id = t and k.child_id = c.id and k.valid @> day
    left join adults a on a.tenant_id = t and a.id = k.adult_id
    left join parent_spells f on f.tenant_id = t and f.child_id = c.id and f.parent = 'father' and f.valid @> day
    left join parent_spells m on m.tenant_id = t and m.child_id = c.id and m.parent = 'mother' and m.valid @> day
    left join enrolments e on e.tenant_id = t and e.child_id = c.id and e.valid @> day
    left join health_facts h on h.tenant_id = t and h.child_id = c.id and h.valid @> day
    left join economy_facts y on y.tenant_id = t and y.child_id = c.id and y.valid @> day
    left join aid_facts d on d.tenant_id = t and d.child_id = c.id and d.valid @> day
    left join lateral (select w.result from evaluations w where w.tenant_id = t and w.child_id = c.id and w.kind = 'guardianship' and w.on_day <= day and w.withdrawn_at is null
                        order by w.on_day desc, w.id desc limit 1) as v on true
   where c.tenant_id = t and c.id = any(asked) and c.status = 'registered'),
many as (
  select k.adult_id from care_spells k where k.tenant_id = t and k.adult_id in (select carer_id from c) and k.valid @> day
     and exists (select from children o where o.tenant_id = t and o.id = k.child_id and o.status = 'registered')
   group by k.adult_id having count(distinct k.child_id) >= 4),
r as (
  select c.*, (father = 'away' and mother = 'away') as both_away, (father = 'missing' or mother = 'missing') as a_parent_missing,
         carer_id in (select adult_id from many) as carer_of_many, relation in ('father', 'mother') as carer_is_parent from c)
select r.id, x.rule, case when x.yes then 'yes' else 'ask' end, case when x.yes then '{}'::text[] else x.lacks end
  from r cross join lateral (values
    ('no_carer', guardianship_type = 'nobody', both_away and care_id is null, array['carer.name']),
    ('lives_alone', improper_care && array['alone'] and most < 16, improper_care && array['alone'] and born_from is null, array['born_on']),
    ('under_eight_alone', improper_care && array['alone'] and most < 8, false, '{}'),
    ('care_poor', evaluated = 'poor' or improper_care && array['neglect', 'violence', 'dangerous'], false, '{}'),
    ('harmed', special_cases && array['violated'], false, '{}'),
    ('left_home', special_cases && array['left_home'], false, '{}'),
    ('left_school', schooling = 'dropped_out' and most between 6 and 15, schooling = 'dropped_out' and born_from is null, array['born_on']),
    ('parent_missing', a_parent_missing, false, '{}'),
    ('carer_old', carer_age >= 70, both_away and not coalesce(carer_is_parent, false) and care_id is not null and carer_age is null, array['carer.age']),
    ('carer_unwell', carer_health ~ '病|残|瘫|失能|卧床|不便' and carer_health !~ '^(没有?|无|未见)', both_away and not coalesce(carer_is_parent, false) and care_id is not null and carer_health is null, array['carer.health']),
    ('carer_of_many', carer_of_many, false, '{}'),
    ('not_entrusted', both_away and care_id is not null and not coalesce(carer_is_parent, false) and entrusted = false,
                      both_away and care_id is not null and not coalesce(carer_is_parent, false) and entrusted is null, array['carer.entrusted']),
    ('ill_or_disabled', health in ('ill', 'disabled'), health is null, array['health']),
    ('poor_without_aid', level ~ '贫困|困难|很差|低收入' and aid = '{}', level ~ '贫困|困难|很差|低收入' and aid is null, array['aid_kinds']),
    ('family_change', (father in ('deceased', 'detained') and partial_from(father_from) > day - 183) or (mother in ('deceased', 'detained') and partial_from(mother_from) > day - 183)
                      or (why_changed is not null and partial_from(care_from) > day - 92), false, '{}')
  ) as x(rule, yes, ask, lacks)
 where coalesce(x.yes, false) or coalesce(x.ask, false) $$;
