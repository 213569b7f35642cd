-- 内核：三种表、行级安全、审计、幂等。
-- 每张表在迁移里说明自己是哪一种：tenant_table（按县分布）、reference_table（各处一份）、local_table（只在本机）。

-- 县级租户的表：第一列 tenant_id text，主键 (tenant_id, id)。在 Citus 上按 tenant_id 分布；别处只给权限。
-- 顺序：建表 → tenant_table → 外键 → 索引 → tenant_policies → 触发器。
create function tenant_table(t text, writes text default 'insert, update, delete') returns void
language plpgsql as $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', t, 'tenant_id');
  end if;
  execute format('grant select, %s on %I to nuanyang_app', writes, t);
  execute format('grant select on %I to nuanyang_search', t);
end $$;

-- 策略里没有子查询：app_enter 已经核对过帐号属于这个县，策略只比较一个设置。
create function tenant_policies(t text) returns void
language plpgsql as $$
begin
  execute format('alter table %I enable row level security', t);
  execute format('alter table %I force row level security', t);
  execute format('create policy of_tenant on %I to nuanyang_app using (tenant_id = current_setting(''app.tenant'', true)) with check (tenant_id = current_setting(''app.tenant'', true))', t);
  execute format('create policy of_owner on %I to nuanyang_owner using (true) with check (true)', t);
  execute format('create policy of_search on %I for select to nuanyang_search using (true)', t);
end $$;

create function reference_table(t text, writes text default null) returns void
language plpgsql as $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', t);
  end if;
  execute format('grant select on %I to nuanyang_app, nuanyang_search', t);
  if writes is not null then execute format('grant %s on %I to nuanyang_app', writes, t); end if;
end $$;

create function local_table(t text) returns void
language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %I to nuanyang_app', t);
end $$;

grant usage on schema public to nuanyang_app, nuanyang_search;

-- 一份事实只知道到月或到年：文本 YYYY[-MM[-DD]]，另存它可能的最早和最晚一天。
create function partial_from(v text) returns date language sql immutable strict as
$$ select case length(v) when 4 then make_date(v::int, 1, 1)
               when 7 then make_date(left(v, 4)::int, right(v, 2)::int, 1)
               else make_date(left(v, 4)::int, substr(v, 6, 2)::int, right(v, 2)::int) end $$;
create function partial_until(v text) returns date language sql immutable strict as
$$ select case length(v) when 4 then make_date(v::int, 12, 31)
               when 7 then (make_date(left(v, 4)::int, right(v, 2)::int, 1) + interval '1 month - 1 day')::date
               else make_date(left(v, 4)::int, substr(v, 6, 2)::int, right(v, 2)::int) end $$;

-- 中文没有词界，两个字又不够一个三元组：按一字和两字切开，用 GIN 索引查。
create function grams(v text) returns text[] language sql immutable as
$$ select coalesce(array_agg(distinct g), '{}') from (
     select substr(s, i, n) as g from (select lower(regexp_replace(coalesce(v, ''), '\s', '', 'g')) as s) as t,
       generate_series(1, least(length(s), 200)) as i, generate_series(1, 2) as n
     where i + n - 1 <= length(s)) as parts $$;

create table audit (
  tenant_id text not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid,
  membership_id uuid,
  operation text not null,
  subject_id uuid,
  child_id uuid,
  purpose text check (length(purpose) <= 200),
  request_id text,
  import_id uuid,
  primary key (tenant_id, id)
);
comment on table audit is '审计：谁在什么时候做了什么、为什么；只追加，不存任何数值。没有租户的事件记在 “-” 名下。';
select tenant_table('audit', 'insert');
create index audit_child on audit (tenant_id, child_id, at desc) where child_id is not null;
create index audit_at on audit (tenant_id, at desc);
create index audit_account on audit (tenant_id, account_id, at desc);
create index audit_subject on audit (tenant_id, subject_id, at desc) where subject_id is not null;
select tenant_policies('audit');

create table commands (
  tenant_id text not null,
  account_id uuid not null,
  key uuid not null,
  operation text not null,
  body_sha256 text not null,
  status text not null default 'claimed' check (status in ('claimed', 'done')),
  result_id uuid,
  at timestamptz not null,
  primary key (account_id, key)
);
comment on table commands is '幂等：每次写入带一个 Idempotency-Key，先在这里占位，同一笔只做一次。留 180 天。';
select local_table('commands');
create index commands_at on commands (at);

create table workers (
  id text primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
comment on table workers is '后台进程的心跳：进程死了，它锁住的任务在下次启动时放开。';
select local_table('workers');

create table house (
  key text primary key,
  value text not null
);
comment on table house is '这一套安装自己的几件事：初次设置码（散列）、演示是否已装。';
select local_table('house');
