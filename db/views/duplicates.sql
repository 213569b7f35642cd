-- 疑似重复：证件号相同，或姓名、拼音相同而别的也对得上。每一条理由都有分，六十分以上才说“像”。
-- strict：在很多孩子里两两找时，出生那天也要相同；只问一个孩子时，只要拼音相同就比。
create or replace function duplicate_pairs(t text, asked uuid[], strict boolean)
returns table (child_id uuid, other_id uuid, score int, reasons text[])
language sql stable as $$
with me as (
  select c.id, c.name, c.pinyin, c.sex, c.born_on, c.born_from, c.born_until, n.lookup
    from children c left join identity_numbers n on n.tenant_id = t and n.child_id = c.id
   where c.tenant_id = t and c.id = any(asked) and c.merged_into_id is null),
pairs as (
  select me.id, n.child_id as other from me join identity_numbers n on n.tenant_id = t and n.lookup = me.lookup and n.child_id <> me.id
  union
  select me.id, o.id from me join children o on o.tenant_id = t and o.pinyin = me.pinyin and o.id <> me.id and me.pinyin <> ''
   where not strict or o.born_from = me.born_from or o.born_from is null or me.born_from is null),
facts as (
  select me.id, o.id as other, me.lookup is not null and me.lookup = n.lookup as same_number, me.lookup <> n.lookup as other_number,
         me.name = o.name as same_name, me.pinyin = o.pinyin as same_sound, me.sex = o.sex as same_sex, me.sex <> o.sex as other_sex,
         me.born_on = o.born_on and length(me.born_on) = 10 as same_day,
         me.born_from <= o.born_until and o.born_from <= me.born_until as may_be_same_day,
         me.born_from > o.born_until or o.born_from > me.born_until as other_day,
         exists (select from care_spells a join care_spells b on b.tenant_id = t and b.child_id = o.id join adults x on x.tenant_id = t and x.id = a.adult_id join adults y on y.tenant_id = t and y.id = b.adult_id
                  where a.tenant_id = t and a.child_id = me.id and (a.adult_id = b.adult_id or x.name = y.name)) as same_carer,
         exists (select from parent_spells a join parent_spells b on b.tenant_id = t and b.child_id = o.id and b.parent = a.parent join adults x on x.tenant_id = t and x.id = a.adult_id
                   join adults y on y.tenant_id = t and y.id = b.adult_id
                  where a.tenant_id = t and a.child_id = me.id and (a.adult_id = b.adult_id or x.name = y.name)) as same_parent,
         exists (select from enrolments a join enrolments b on b.tenant_id = t and b.child_id = o.id where a.tenant_id = t and a.child_id = me.id and a.school_name = b.school_name) as same_school
    from pairs p join me on me.id = p.id join children o on o.tenant_id = t and o.id = p.other and o.merged_into_id is null
    left join identity_numbers n on n.tenant_id = t and n.child_id = o.id
   where not exists (select from merges m where m.tenant_id = t and m.state = 'different' and (m.kept_id, m.gone_id) in ((me.id, o.id), (o.id, me.id)))),
scored as (
  select id, other,
         case when same_number then 100 else 0 end + case when same_name then 40 when same_sound then 30 else 0 end + case when same_day then 30 when may_be_same_day then 15 else 0 end
         + case when same_sex then 5 else 0 end + case when same_carer then 20 else 0 end + case when same_parent then 20 else 0 end + case when same_school then 10 else 0 end
         - case when other_sex then 30 else 0 end - case when other_day then 30 else 0 end - case when other_number then 60 else 0 end as score,
         array_remove(array[case when same_number then 'same_number' end, case when same_name then 'same_name' when same_sound then 'same_sound' end, case when same_day then 'same_day' when may_be_same_day then 'may_be_same_day' end,
           case when same_carer then 'same_carer' end, case when same_parent then 'same_parent' end, case when same_school then 'same_school' end, case when same_sex then 'same_sex' end,
           case when other_number then 'other_number' end, case when other_day then 'other_day' end, case when other_sex then 'other_sex' end], null) as reasons
    from facts)
select id, other, score, reasons from scored where score >= 60 $$;
