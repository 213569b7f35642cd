-- 儿童、家庭与带日期的事实。带日期的事实只结束，不覆盖；valid 是它成立的日子（左闭右开），由文本日期算出。

create table households (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid,
  villager_group text,
  household_no text,
  address text,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table households is '户：村民组、户号、住址。今天和摸底按户分组。';
select tenant_table('households');
alter table households add constraint households_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index households_unit on households (tenant_id, unit_id);
select tenant_policies('households');

create table children (
  tenant_id text not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  given_name text not null,
  pinyin text not null default '',
  initials text not null default '',
  sex text check (sex in ('male', 'female')),
  born_on text check (born_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  born_from date,
  born_until date,
  ethnicity text,
  household_place text,
  household_division_code text,
  hukou_registered boolean,
  hukou_type text,
  address text,
  villager_group text,
  household_id uuid,
  hobbies text,
  remark text,
  status text not null default 'registered' check (status in ('registered', 'exited')),
  registered_on date not null,
  exited_on date,
  exit_reason text,
  exit_note text,
  exited_by uuid,
  merged_into_id uuid,
  card_code text not null,
  purge_on date,
  anonymised_at timestamptz,
  keeper_account_id uuid,
  missing text[] not null default '{}',
  contradictions text[] not null default '{}',
  custom jsonb not null default '{}',
  extra jsonb not null default '{}',
  created_at timestamptz not null,
  created_by uuid,
  import_id uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((status = 'exited') = (exited_on is not null and exit_reason is not null)),
  check ((born_on is null) = (born_from is null) and (born_on is null) = (born_until is null))
);
comment on table children is '儿童：一人一档。口径不存，只存事实。missing 是档案还差的项，contradictions 是互相矛盾的项，随每次写入重算。';
comment on column children.given_name is '名（不含姓）：看不到全名的人只看到名。';
comment on column children.card_code is '联系卡二维码里的随机码：不登录什么也看不到。';
select tenant_table('children');
alter table children add constraint children_household foreign key (tenant_id, household_id) references households (tenant_id, id);
alter table children add constraint children_merged foreign key (tenant_id, merged_into_id) references children (tenant_id, id);
create index children_order on children (tenant_id, pinyin, id);
create index children_name on children (tenant_id, name);
create index children_status on children (tenant_id, status);
create unique index children_card on children (tenant_id, card_code);
create index children_household on children (tenant_id, household_id);
create index children_born on children (tenant_id, born_from);
create index children_import on children (tenant_id, import_id);
create index children_grams on children using gin (grams(name));
create index children_letters on children using gin ((replace(pinyin, ' ', '')) gin_trgm_ops);
create index children_initials on children (tenant_id, initials text_pattern_ops);
create index children_missing on children using gin (missing);
select tenant_policies('children');

create table household_members (
  tenant_id text not null,
  id uuid not null,
  household_id uuid not null,
  adult_id uuid,
  child_id uuid,
  relation_to_head text,
  from_on date,
  until_on date,
  primary key (tenant_id, id),
  check ((adult_id is null) <> (child_id is null))
);
comment on table household_members is '户里的人，有起止日期。';
select tenant_table('household_members');
alter table household_members add constraint household_members_household foreign key (tenant_id, household_id) references households (tenant_id, id);
alter table household_members add constraint household_members_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
alter table household_members add constraint household_members_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index household_members_household on household_members (tenant_id, household_id);
create index household_members_child on household_members (tenant_id, child_id);
create index household_members_adult on household_members (tenant_id, adult_id);
select tenant_policies('household_members');

create table identity_numbers (
  tenant_id text not null,
  id uuid not null,
  child_id uuid,
  adult_id uuid,
  kind text not null default 'resident' check (kind in ('resident', 'hk_macao', 'taiwan', 'passport', 'other')),
  value text not null,
  lookup text not null,
  tail text not null,
  checked_on date,
  stated_on date not null,
  primary key (tenant_id, id),
  check ((adult_id is null) <> (child_id is null))
);
comment on table identity_numbers is '证件号码单独一张表：一处遮挡，一处加密。lookup 是带密钥的散列，用来按完整号码查找。';
select tenant_table('identity_numbers');
alter table identity_numbers add constraint identity_numbers_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table identity_numbers add constraint identity_numbers_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
create unique index identity_numbers_child on identity_numbers (tenant_id, child_id) where child_id is not null;
create unique index identity_numbers_adult on identity_numbers (tenant_id, adult_id) where adult_id is not null;
create index identity_numbers_lookup on identity_numbers (tenant_id, lookup);
select tenant_policies('identity_numbers');

create table phones (
  tenant_id text not null,
  id uuid not null,
  child_id uuid,
  adult_id uuid,
  use text not null default 'contact' check (use in ('contact', 'family_call')),
  position smallint not null default 0,
  value text not null check (value ~ '^\d{3,16}$'),
  lookup text not null,
  checked_on date,
  stated_on date not null,
  primary key (tenant_id, id),
  check ((adult_id is null) <> (child_id is null))
);
comment on table phones is '电话单独一张表；family_call 是备案的亲情号码（一至两个）。';
select tenant_table('phones');
alter table phones add constraint phones_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table phones add constraint phones_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
create index phones_child on phones (tenant_id, child_id);
create index phones_adult on phones (tenant_id, adult_id);
create index phones_lookup on phones (tenant_id, lookup);
select tenant_policies('phones');

create table child_units (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  "as" text not null check ("as" in ('residence', 'hukou', 'villager_group', 'grid', 'class', 'partner', 'station')),
  from_on date not null,
  until_on date,
  stated boolean not null default false,
  stated_by uuid,
  primary key (tenant_id, id),
  check (until_on is null or until_on >= from_on)
);
comment on table child_units is '孩子同时属于几个单位：住在哪个村、户口在哪、哪个组、哪个网格、哪个班、哪个共建单位、哪个驿站。stated：起始日期是人说的，还是建档那天。';
select tenant_table('child_units');
alter table child_units add constraint child_units_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table child_units add constraint child_units_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index child_units_child on child_units (tenant_id, child_id);
create index child_units_unit on child_units (tenant_id, unit_id, "as", child_id) where until_on is null;
create unique index child_units_one on child_units (tenant_id, child_id, "as") where until_on is null and "as" in ('residence', 'hukou', 'class', 'villager_group', 'grid');
select tenant_policies('child_units');

create table enrolments (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  status text not null default 'in_school' check (status in ('in_school', 'suspended', 'dropped_out', 'transferred', 'graduated', 'not_enrolled')),
  class_unit_id uuid,
  school_name text,
  grade text,
  class_number text,
  boarding boolean,
  from_on text check (from_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  until_on text check (until_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  valid daterange generated always as (daterange(partial_from(from_on), case when until_on is not null then greatest(partial_from(until_on), partial_from(from_on) + 1) end)) stored,
  stated_on date not null,
  stated_by uuid,
  source_type text not null,
  source_id uuid,
  primary key (tenant_id, id),
  constraint enrolments_one exclude using gist (tenant_id with =, child_id with =, valid with &&)
);
comment on table enrolments is '就学经历：在校、休学、辍学、转出、毕业、未入学。grade 是 stated_on 那天的年级（1…12，k1…k3），以后按 9 月 1 日推算。';
select tenant_table('enrolments');
alter table enrolments add constraint enrolments_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table enrolments add constraint enrolments_class foreign key (tenant_id, class_unit_id) references units (tenant_id, id);
create index enrolments_child on enrolments (tenant_id, child_id);
create index enrolments_class on enrolments (tenant_id, class_unit_id);
select tenant_policies('enrolments');

create table parent_spells (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  parent text not null check (parent in ('father', 'mother')),
  adult_id uuid,
  state text check (state in ('home', 'away', 'deceased', 'missing', 'detained', 'unknown')),
  able boolean,
  place_code text,
  place_text text,
  work_unit text,
  from_on text check (from_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  until_on text check (until_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  valid daterange generated always as (daterange(partial_from(from_on), case when until_on is not null then greatest(partial_from(until_on), partial_from(from_on) + 1) end)) stored,
  planned_return_on text check (planned_return_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  stated_on date not null,
  stated_by uuid,
  source_type text not null,
  source_id uuid,
  primary key (tenant_id, id),
  constraint parent_spells_one exclude using gist (tenant_id with =, child_id with =, parent with =, valid with &&)
);
comment on table parent_spells is '父母外出台账：在家、外出、去世、失联、服刑羁押、未采集；在哪里、从何时到何时、打算何时回。able = 有没有监护能力（空为未采集）。';
select tenant_table('parent_spells');
alter table parent_spells add constraint parent_spells_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table parent_spells add constraint parent_spells_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
create index parent_spells_child on parent_spells (tenant_id, child_id);
create index parent_spells_adult on parent_spells (tenant_id, adult_id);
select tenant_policies('parent_spells');

create table care_spells (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  adult_id uuid,
  relation text,
  relation_words text,
  age smallint,
  guardianship_type text,
  able boolean,
  entrusted boolean,
  why_changed text,
  from_on text check (from_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  until_on text check (until_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  valid daterange generated always as (daterange(partial_from(from_on), case when until_on is not null then greatest(partial_from(until_on), partial_from(from_on) + 1) end)) stored,
  stated_on date not null,
  stated_by uuid,
  source_type text not null,
  source_id uuid,
  primary key (tenant_id, id),
  constraint care_spells_one exclude using gist (tenant_id with =, child_id with =, valid with &&)
);
comment on table care_spells is '照护人经历：谁带这个孩子、什么关系（原话保留）、有没有委托、为什么换。age 是 stated_on 那天说的年龄。';
select tenant_table('care_spells');
alter table care_spells add constraint care_spells_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table care_spells add constraint care_spells_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
create index care_spells_child on care_spells (tenant_id, child_id);
create index care_spells_adult on care_spells (tenant_id, adult_id);
select tenant_policies('care_spells');

create table relatives (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  adult_id uuid not null,
  relation text not null,
  deceased boolean,
  primary key (tenant_id, id)
);
comment on table relatives is '登记表上的其他亲属（祖父母、外祖父母）：不一定照护。';
select tenant_table('relatives');
alter table relatives add constraint relatives_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table relatives add constraint relatives_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
create unique index relatives_one on relatives (tenant_id, child_id, relation);
create index relatives_adult on relatives (tenant_id, adult_id);
select tenant_policies('relatives');

create table health_facts (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  state text check (state in ('healthy', 'disabled', 'ill')),
  illness text,
  disability text,
  disability_level text,
  from_on text check (from_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  until_on text check (until_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  valid daterange generated always as (daterange(partial_from(from_on), case when until_on is not null then greatest(partial_from(until_on), partial_from(from_on) + 1) end)) stored,
  stated_on date not null,
  stated_by uuid,
  source_type text not null,
  source_id uuid,
  primary key (tenant_id, id),
  constraint health_facts_one exclude using gist (tenant_id with =, child_id with =, valid with &&)
);
comment on table health_facts is '身体情况：健康、残疾（类别、等级）、患病（病种）；空为未采集。';
select tenant_table('health_facts');
alter table health_facts add constraint health_facts_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index health_facts_child on health_facts (tenant_id, child_id);
select tenant_policies('health_facts');

create table economy_facts (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  income_sources text[],
  level text,
  note text,
  from_on text check (from_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  until_on text check (until_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  valid daterange generated always as (daterange(partial_from(from_on), case when until_on is not null then greatest(partial_from(until_on), partial_from(from_on) + 1) end)) stored,
  stated_on date not null,
  stated_by uuid,
  source_type text not null,
  source_id uuid,
  primary key (tenant_id, id),
  constraint economy_facts_one exclude using gist (tenant_id with =, child_id with =, valid with &&)
);
comment on table economy_facts is '家庭经济来源与情况。';
select tenant_table('economy_facts');
alter table economy_facts add constraint economy_facts_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index economy_facts_child on economy_facts (tenant_id, child_id);
select tenant_policies('economy_facts');

create table aid_facts (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  kinds text[],
  note text,
  from_on text check (from_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  until_on text check (until_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  valid daterange generated always as (daterange(partial_from(from_on), case when until_on is not null then greatest(partial_from(until_on), partial_from(from_on) + 1) end)) stored,
  stated_on date not null,
  stated_by uuid,
  source_type text not null,
  source_id uuid,
  primary key (tenant_id, id),
  constraint aid_facts_one exclude using gist (tenant_id with =, child_id with =, valid with &&)
);
comment on table aid_facts is '救助帮扶：低保、临时、医疗、住房、其他；空数组是“没有”，空值是未采集。';
select tenant_table('aid_facts');
alter table aid_facts add constraint aid_facts_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index aid_facts_child on aid_facts (tenant_id, child_id);
select tenant_policies('aid_facts');

create table changes (
  tenant_id text not null,
  id uuid not null,
  entity text not null,
  entity_id uuid not null,
  child_id uuid not null,
  field text not null,
  field_group text not null,
  old jsonb,
  new jsonb,
  source_type text not null,
  source_id uuid,
  state text not null default 'applied' check (state in ('applied', 'proposed', 'accepted', 'declined', 'withdrawn')),
  by_account_id uuid,
  by_unit_id uuid,
  at timestamptz not null,
  keeper_unit_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  primary key (tenant_id, id)
);
comment on table changes is '每一个字段的来历：旧值、新值、谁、何时、从哪来。proposed 等对方确认；导入的撤回也从这里走。';
select tenant_table('changes');
alter table changes add constraint changes_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index changes_child on changes (tenant_id, child_id, at desc);
create index changes_waiting on changes (tenant_id, keeper_unit_id) where state = 'proposed';
create index changes_source on changes (tenant_id, source_id);
select tenant_policies('changes');

create table focus (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  rule text not null,
  reason text not null,
  state text not null default 'suggested' check (state in ('suggested', 'confirmed', 'declined', 'ended')),
  suggested_on date not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  review_on date,
  until_on date,
  primary key (tenant_id, id)
);
comment on table focus is '重点关爱：按公开规则提出、由人确认、到期复核；不存标签。';
select tenant_table('focus');
alter table focus add constraint focus_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index focus_child on focus (tenant_id, child_id);
select tenant_policies('focus');

create table evaluations (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  kind text not null check (kind in ('guardianship', 'needs')),
  on_day date not null,
  result text not null,
  reasons jsonb not null default '[]',
  by_adult_id uuid,
  by_account_id uuid,
  at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table evaluations is '监护评估、需求评估：日期、结果、理由、评估人。';
select tenant_table('evaluations');
alter table evaluations add constraint evaluations_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index evaluations_child on evaluations (tenant_id, child_id);
select tenant_policies('evaluations');

create table definitions (
  tenant_id text not null,
  id uuid not null,
  code text not null,
  name text not null,
  rule jsonb not null,
  source text not null,
  from_on date not null,
  until_on date,
  primary key (tenant_id, id)
);
comment on table definitions is '口径：民政、教育、流动和本县自己的；带有效期和出处。';
select tenant_table('definitions');
create index definitions_code on definitions (tenant_id, code);
select tenant_policies('definitions');

create table indicators (
  tenant_id text not null,
  id uuid not null,
  code text not null,
  name text not null,
  rule jsonb not null,
  footnote text,
  source text not null,
  from_on date not null,
  until_on date,
  primary key (tenant_id, id)
);
comment on table indicators is '指标：分子、分母、脚注，印在表上；带有效期。';
select tenant_table('indicators');
create index indicators_code on indicators (tenant_id, code);
select tenant_policies('indicators');

create table dossier_requirements (
  tenant_id text not null,
  id uuid not null,
  field text not null,
  source text not null,
  from_on date not null,
  until_on date,
  primary key (tenant_id, id)
);
comment on table dossier_requirements is '建档必填项，带有效期；没有行时用默认的一套。';
select tenant_table('dossier_requirements');
select tenant_policies('dossier_requirements');

-- 年级按 9 月 1 日推算：stated_on 那天说的年级，到 today 是几年级；毕业以后是 null。k1…k3 是小班到大班。
create function grade_now(grade text, stated_on date, today date) returns text language sql immutable strict as
$$ select case when n is null or n > 12 then null when n <= 0 then 'k' || (n + 3) else n::text end
     from (select case when grade ~ '^k[123]$' then right(grade, 1)::int - 3 when grade ~ '^\d{1,2}$' then grade::int end
                + (extract(year from today - interval '8 months') - extract(year from stated_on - interval '8 months'))::int as n) as t $$;
-- 满几岁：生日只知道到月或年时，取一定已满的岁数。
create function age_on(born_until date, day date) returns int language sql immutable strict as
$$ select extract(year from age(day, born_until))::int $$;

create function age_band(born_until date, day date) returns text language sql immutable strict as
$$ select case when age_on(born_until, day) < 6 then '0-5' when age_on(born_until, day) < 14 then '6-13' when age_on(born_until, day) < 16 then '14-15' else '16+' end $$;

-- 遮挡一律在 SQL 里做，按每一行的字段组决定。
create function mask_phone(v text) returns text language sql immutable strict as
$$ select case when length(v) >= 8 then left(v, 3) || '••••' || right(v, 4) else '••••' end $$;
create function mask_identity(v text) returns text language sql immutable strict as
$$ select case when length(v) >= 15 then left(v, 3) || '•••' || right(v, 4) else '•••' end $$;
create function mask_text(v text) returns text language sql immutable strict as $$ select '••••' $$;
create function seen(open_mask int, masked_mask int, flag int, v text, masked text) returns text language sql immutable as
$$ select case when open_mask & flag <> 0 then v when masked_mask & flag <> 0 then masked end $$;

-- 查找：行级安全会让数组、三元组索引用不上，所以由 nuanyang_search 拥有的函数只返回 id，再与可见范围相交。
create function search_children(words text, phone_lookup text, identity_lookup text, family boolean) returns table (child_id uuid)
language sql stable security definer set search_path = public as $$
  with t as (select current_setting('app.tenant', true) as id, grams(words) as g,
                    lower(regexp_replace(words, '[^A-Za-z]', '', 'g')) as letters,
                    lower(regexp_replace(words, '\s', '', 'g')) as w),
  people as (
    select a.id from adults a, t where family and a.tenant_id = t.id and cardinality(t.g) > 0 and grams(a.name) @> t.g and position(t.w in lower(a.name)) > 0
  )
  select c.id from children c, t where c.tenant_id = t.id and cardinality(t.g) > 0 and grams(c.name) @> t.g and position(t.w in lower(replace(c.name, ' ', ''))) > 0
  union select c.id from children c, t where c.tenant_id = t.id and t.letters = t.w and t.letters <> '' and length(t.letters) >= 2 and replace(c.pinyin, ' ', '') like '%' || t.letters || '%'
  union select c.id from children c, t where c.tenant_id = t.id and t.letters = t.w and t.letters <> '' and c.initials like t.letters || '%'
  union select s.child_id from parent_spells s, t where s.tenant_id = t.id and s.adult_id in (select id from people)
  union select s.child_id from care_spells s, t where s.tenant_id = t.id and s.adult_id in (select id from people)
  union select i.child_id from identity_numbers i, t where i.tenant_id = t.id and i.lookup = identity_lookup and i.child_id is not null
  union select p.child_id from phones p, t where p.tenant_id = t.id and p.lookup = phone_lookup and p.child_id is not null
  union select s.child_id from phones p join parent_spells s on s.tenant_id = p.tenant_id and s.adult_id = p.adult_id, t where p.tenant_id = t.id and p.lookup = phone_lookup
  union select s.child_id from phones p join care_spells s on s.tenant_id = p.tenant_id and s.adult_id = p.adult_id, t where p.tenant_id = t.id and p.lookup = phone_lookup
$$;
-- 所有者是 nuanyang_search：只有 SELECT，只返回 id。
grant create on schema public to nuanyang_search;
alter function search_children(text, text, text, boolean) owner to nuanyang_search;
revoke create on schema public from nuanyang_search;
revoke all on function search_children(text, text, text, boolean) from public;
grant execute on function search_children(text, text, text, boolean) to nuanyang_app;
