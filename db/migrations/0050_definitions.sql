-- 口径是数据：每个县从四条官方口径开始，可以给某一条写新的版本，也可以加自己的。
create function default_definitions() returns table (code text, name text, rule jsonb, source text, from_on date)
language sql immutable as $$ values
  ('mca', '民政口径', '{"en": "civil affairs", "rule": "mca", "under_age": 16, "months": 6, "across": "county", "visit_days": 30}'::jsonb,
   '国发〔2016〕13号；连续六个月、跨县域按 2024 年流动儿童和留守儿童监测摸排', date '2016-02-04'),
  ('moe', '教育口径', '{"en": "education", "rule": "moe", "under_age": null, "months": null, "across": null, "visit_days": 30}',
   '全国中小学学籍“是否留守儿童”：非留守、单亲留守、双亲留守', '2012-01-01'),
  ('migrant', '流动儿童', '{"en": "migrant children", "rule": "migrant", "under_age": 16, "months": 6, "across": "county", "visit_days": 30}',
   '2024 年流动儿童和留守儿童监测摸排：跨县域六个月以上', '2024-01-01'),
  ('migrant_township', '流动儿童（离开乡镇街道）', '{"en": "migrant children (beyond the township)", "rule": "migrant", "under_age": 16, "months": 6, "across": "township", "visit_days": 30}',
   '统计口径：离开户籍所在乡镇、街道六个月以上', '2024-01-01')
$$;

insert into definitions (tenant_id, id, code, name, rule, source, from_on)
select t.id, md5(t.id || ' ' || d.code)::uuid, d.code, d.name, d.rule, d.source, d.from_on
  from tenants t cross join default_definitions() as d;

alter table definitions add column version int not null default 1;
alter table definitions add column stated_by uuid;
alter table definitions add constraint definitions_order check (until_on is null or until_on > from_on);
-- 同一条口径在一天里只有一个版本有效。
alter table definitions add constraint definitions_one exclude using gist (tenant_id with =, code with =, daterange(from_on, until_on) with &&);
comment on column definitions.rule is 'rule（mca、moe、migrant）、under_age、months、across、visit_days，与 domain/src/definitions.ts 同形。';
