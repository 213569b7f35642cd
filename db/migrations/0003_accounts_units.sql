-- 帐号、单位、小组。

create table tenants (
  id text primary key,
  name text not null,
  division_code text,
  demo boolean not null default false,
  separate_admins boolean not null default false,
  created_at timestamptz not null
);
comment on table tenants is '租户：做这件事的县（市、区）。id 是设立那天的区划代码，撤县设区后不变；现在的代码在 division_code。';
select reference_table('tenants', 'insert, update, delete');

create table accounts (
  id uuid primary key,
  username text not null,
  name text not null,
  password_hash text not null,
  password_set_at timestamptz not null,
  must_change_password boolean not null default false,
  totp_secret text,
  totp_on_at timestamptz,
  totp_counter bigint not null default 0,
  recovery_hashes text[] not null default '{}',
  language text not null default 'zh' check (language in ('zh', 'en')),
  created_at timestamptz not null,
  created_by uuid,
  disabled_at timestamptz,
  disabled_by uuid,
  version int not null default 1
);
comment on table accounts is '帐号：能登录的人。帐号不等于人：人是 adults。totp_secret 用 SECRET_KEY 封住；totp_counter 是最后用过的动态码的时间格，同一个码不能用两次。';
select reference_table('accounts', 'insert, update');
create unique index accounts_username on accounts (lower(username));

create table account_tenants (
  account_id uuid not null,
  tenant_id text not null,
  primary key (account_id, tenant_id)
);
comment on table account_tenants is '帐号在哪些县有身份。';
select reference_table('account_tenants', 'insert, delete');
alter table account_tenants add constraint account_tenants_account foreign key (account_id) references accounts (id);
alter table account_tenants add constraint account_tenants_tenant foreign key (tenant_id) references tenants (id) on delete cascade;

create table units (
  tenant_id text not null,
  id uuid not null,
  kind text not null check (kind in ('county', 'township', 'village', 'community', 'villager_group', 'grid', 'school', 'class', 'partner_office', 'committee', 'station')),
  name text not null check (length(name) between 1 and 100),
  pinyin text not null default '',
  parent_id uuid,
  path text collate "C" not null,
  depth smallint not null,
  division_code text,
  stage text check (stage in ('kindergarten', 'primary', 'junior', 'senior')),
  entry_year smallint,
  class_number text,
  opened_on date,
  closed_on date,
  closed_reason text,
  merged_into_id uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((kind = 'class') = (stage is not null and entry_year is not null and class_number is not null)),
  check ((kind = 'county') = (parent_id is null))
);
comment on table units is '单位：县、乡镇、村（社区）、村民组、网格、学校、班级、共建单位、关工委、驿站。path 是从县到自己的 id，用 / 隔开、以 / 结尾。班级 = 学段 + 入学年 + 班号，年级按日期算。';
select tenant_table('units');
alter table units add constraint units_parent foreign key (tenant_id, parent_id) references units (tenant_id, id);
alter table units add constraint units_merged foreign key (tenant_id, merged_into_id) references units (tenant_id, id);
create index units_path on units (tenant_id, path);
create index units_parent on units (tenant_id, parent_id);
create unique index units_division on units (tenant_id, division_code) where division_code is not null and closed_on is null;
create unique index units_class on units (tenant_id, parent_id, stage, entry_year, class_number) where kind = 'class' and closed_on is null;
select tenant_policies('units');

create table unit_links (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  other_unit_id uuid not null,
  kind text not null check (kind in ('partner_school', 'village_school', 'partner_village')),
  agreement text,
  from_on date not null,
  until_on date,
  primary key (tenant_id, id),
  check (unit_id <> other_unit_id),
  check (until_on is null or until_on >= from_on)
);
comment on table unit_links is '单位之间的协议：共建单位与学校、村与学校；有起止日期。';
select tenant_table('unit_links');
alter table unit_links add constraint unit_links_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table unit_links add constraint unit_links_other foreign key (tenant_id, other_unit_id) references units (tenant_id, id);
create index unit_links_unit on unit_links (tenant_id, unit_id);
create index unit_links_other on unit_links (tenant_id, other_unit_id);
select tenant_policies('unit_links');

create table adults (
  tenant_id text not null,
  id uuid not null,
  name text check (length(name) between 1 and 100),
  pinyin text not null default '',
  initials text not null default '',
  sex text check (sex in ('male', 'female')),
  born_on text check (born_on ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  occupation text,
  employer text,
  health text,
  address text,
  remark text,
  custom jsonb not null default '{}',
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table adults is '每一个成年人：父母、照护人、帮扶人、讲师……同一个人只录一次；name 为空是还不知道叫什么。';
select tenant_table('adults');
create index adults_pinyin on adults (tenant_id, pinyin, id);
create index adults_grams on adults using gin (grams(name));
select tenant_policies('adults');

create table memberships (
  tenant_id text not null,
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  role text not null,
  adult_id uuid,
  from_on date not null,
  until_on date,
  ended_by uuid,
  ended_reason text,
  primary key (tenant_id, id),
  check (until_on is null or until_on >= from_on)
);
comment on table memberships is '身份：某个帐号从哪天到哪天在哪个单位担任什么。权限是当前身份的权限。';
select tenant_table('memberships');
alter table memberships add constraint memberships_account foreign key (account_id) references accounts (id);
alter table memberships add constraint memberships_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table memberships add constraint memberships_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
create index memberships_account on memberships (account_id);
create index memberships_unit on memberships (tenant_id, unit_id);
select tenant_policies('memberships');

create table sessions (
  id uuid primary key,
  token_hash text not null unique,
  account_id uuid not null,
  tenant_id text,
  membership_id uuid,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  idle_minutes int not null,
  shared_computer boolean not null default false,
  totp_ok boolean not null default true,
  device text not null default '',
  address text not null default ''
);
comment on table sessions is '登录：一台设备一行，只存令牌的散列。totp_ok = false 时只能去填动态码。';
select local_table('sessions');
create index sessions_account on sessions (account_id);
create index sessions_expires on sessions (expires_at);

create table lockouts (
  key text primary key,
  failures int not null,
  until_at timestamptz,
  last_at timestamptz not null
);
comment on table lockouts is '连续登录失败：按用户名和按来源地址各记一行，越错等得越久。';
select local_table('lockouts');

create table teams (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('leading_group', 'task_force', 'team')),
  name text not null check (length(name) between 1 and 100),
  duties text,
  from_on date not null,
  until_on date,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table teams is '领导小组、专班、服务队：职责和起止日期；印出来是小组名单。';
select tenant_table('teams');
alter table teams add constraint teams_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index teams_unit on teams (tenant_id, unit_id);
select tenant_policies('teams');

create table team_members (
  tenant_id text not null,
  id uuid not null,
  team_id uuid not null,
  adult_id uuid not null,
  post text not null check (post in ('leader', 'deputy', 'member', 'office', 'liaison')),
  duties text,
  position smallint not null default 0,
  from_on date not null,
  until_on date,
  primary key (tenant_id, id)
);
comment on table team_members is '小组成员：职务、分工、起止日期。';
select tenant_table('team_members');
alter table team_members add constraint team_members_team foreign key (tenant_id, team_id) references teams (tenant_id, id);
alter table team_members add constraint team_members_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
create index team_members_team on team_members (tenant_id, team_id);
create index team_members_adult on team_members (tenant_id, adult_id);
select tenant_policies('team_members');

-- 一次往返进入事务：令牌 → 会话 → 身份 → app.tenant。查不到就返回 null，什么也不设。
-- SECURITY DEFINER：身份表有行级安全，而此刻还不知道是哪个县。
create function app_enter(token_hash_in text, at_in timestamptz, today_in date) returns json
language plpgsql security definer set search_path = public as $$
declare
  answer json;
  tenant text;
begin
  select json_build_object(
           'session_id', s.id, 'account_id', a.id, 'account_name', a.name, 'username', a.username, 'language', a.language,
           'must_change_password', a.must_change_password, 'totp_ok', s.totp_ok, 'totp_on', a.totp_on_at is not null,
           'seen_at', s.seen_at, 'shared_computer', s.shared_computer, 'idle_minutes', s.idle_minutes,
           'tenant_id', m.tenant_id, 'membership_id', m.id, 'role', m.role, 'adult_id', m.adult_id,
           'unit_id', u.id, 'unit_name', u.name, 'unit_kind', u.kind, 'unit_path', u.path,
           'separate_admins', coalesce(t.separate_admins, false)),
         m.tenant_id
    into answer, tenant
    from sessions s
    join accounts a on a.id = s.account_id and a.disabled_at is null
    left join memberships m on m.tenant_id = s.tenant_id and m.id = s.membership_id and m.account_id = s.account_id
      and m.from_on <= today_in and (m.until_on is null or m.until_on > today_in)
    left join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
    left join tenants t on t.id = m.tenant_id
   where s.token_hash = token_hash_in
     and s.expires_at > at_in
     and s.seen_at > at_in - make_interval(mins => s.idle_minutes);
  if answer is null then return null; end if;
  perform set_config('app.tenant', coalesce(tenant, '-'), true), set_config('app.actor', answer ->> 'account_id', true);
  return answer;
end $$;
revoke all on function app_enter(text, timestamptz, date) from public;
grant execute on function app_enter(text, timestamptz, date) to nuanyang_app;

-- 没有会话的事务（后台任务、初次设置、登录前）：由内核说明是哪个县。
create function app_begin(tenant_in text, actor_in uuid) returns void
language sql as $$ select set_config('app.tenant', tenant_in, true), set_config('app.actor', coalesce(actor_in::text, ''), true) $$;
grant execute on function app_begin(text, uuid) to nuanyang_app;

-- 一个帐号在各县的全部身份（切换身份用）：跨县，所以由 owner 读。
create function account_memberships(account_in uuid, today_in date) returns table (
  tenant_id text, tenant_name text, demo boolean, id uuid, role text, unit_id uuid, unit_name text, unit_kind text, unit_path text)
language sql stable security definer set search_path = public as $$
  select m.tenant_id, t.name, t.demo, m.id, m.role, u.id, u.name, u.kind, u.path
    from memberships m
    join tenants t on t.id = m.tenant_id
    join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
   where m.account_id = account_in and m.from_on <= today_in and (m.until_on is null or m.until_on > today_in)
   order by t.demo, u.depth, u.name, m.role $$;
revoke all on function account_memberships(uuid, date) from public;
grant execute on function account_memberships(uuid, date) to nuanyang_app;

-- 后台任务：和数据在同一个事务里排队。graphile-worker 给自己的表开了行级安全，所以由 owner 代办。
create function app_later(task text, payload json, key text) returns void
language plpgsql security definer set search_path = public as $$
begin
  perform graphile_worker.add_job(task, payload, job_key => key, max_attempts => 5);
end $$;
revoke all on function app_later(text, json, text) from public;
grant execute on function app_later(text, json, text) to nuanyang_app;
