-- 计划的生命：核对、讨论、通过、下发、结束。表是 0006 建的，这里补上过程里要记的东西。
alter table plans
  add column definition text not null default 'mca' check (definition ~ '^[a-z_]{1,40}$'),
  add column reading_id uuid,
  add column confirmed_at timestamptz,
  add column confirmed_by uuid,
  add column changed_at timestamptz,
  add column dropped jsonb not null default '[]',
  add column template text,
  add column issued_from_id uuid,
  add constraint plans_confirmed check ((confirmed_at is null) = (confirmed_by is null));
comment on column plans.definition is '按哪个口径算孩子：definitions.ts 或本县口径的代码。';
comment on column plans.reading_id is '同一次读出来的几份计划，号码相同。';
comment on column plans.confirmed_at is '读出来的条目有人逐条核对过的时刻；空是还没核对。';
comment on column plans.changed_at is '条目最后一次改动；在这以前的“同意”要再看一遍。';
comment on column plans.dropped is '草稿里去掉的条目，原样留着，可以放回。';
comment on column plans.issued_from_id is '上级下发的那一份；它的条目只能加，不能减。';
alter table plans add constraint plans_issued_from foreign key (tenant_id, issued_from_id) references plans (tenant_id, id);
create index plans_issued_from on plans (tenant_id, issued_from_id) where issued_from_id is not null;
create index plans_reading on plans (tenant_id, reading_id) where reading_id is not null;

alter table goals add column issued boolean not null default false;
alter table measures add column issued boolean not null default false, add column version int not null default 1;
alter table duties
  add column issued boolean not null default false,
  add column source text,
  add column ended_reason text;
comment on column duties.source is '出处：哪个文件要求的；空是计划自己写的。';
comment on column duties.ended_reason is '通过以后提前结束的原因；有接替者时写在 replaces_id 那一条上。';
alter table tasks
  add column issued boolean not null default false,
  add column position smallint not null default 0,
  add column duty_id uuid,
  add column done_record_id uuid,
  add column done_note text;
comment on column tasks.duty_id is '说的是同一件事的那条长期的事。';
comment on column tasks.done_record_id is '证明做了的那条服务记录。';
alter table tasks add constraint tasks_duty foreign key (tenant_id, duty_id) references duties (tenant_id, id);
alter table tasks add constraint tasks_done_record foreign key (tenant_id, done_record_id) references records (tenant_id, id);
create index tasks_duty on tasks (tenant_id, duty_id) where duty_id is not null;
create index tasks_done_record on tasks (tenant_id, done_record_id) where done_record_id is not null;

alter table plan_comments add column stance text not null default 'comment' check (stance in ('comment', 'agree'));
comment on column plan_comments.stance is 'comment 意见；agree 同意这一稿。';

create table plan_versions (
  tenant_id text not null,
  id uuid not null,
  plan_id uuid not null,
  number smallint not null check (number >= 1),
  why text not null check (why in ('confirmed', 'discussed', 'saved', 'adopted', 'changed')),
  items jsonb not null,
  made_at timestamptz not null,
  made_by uuid,
  primary key (tenant_id, id)
);
comment on table plan_versions is '计划的各稿：核对完、交讨论、通过、以后每次改，各留一份，可以并排看。';
select tenant_table('plan_versions');
alter table plan_versions add constraint plan_versions_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id);
create unique index plan_versions_one on plan_versions (tenant_id, plan_id, number);
select tenant_policies('plan_versions');

create table plan_issues (
  tenant_id text not null,
  id uuid not null,
  plan_id uuid not null,
  unit_id uuid not null,
  issued_at timestamptz not null,
  issued_by uuid not null,
  taken_plan_id uuid,
  taken_at timestamptz,
  taken_by uuid,
  primary key (tenant_id, id),
  check ((taken_plan_id is null) = (taken_at is null))
);
comment on table plan_issues is '下发：一份通过了的计划发给哪个单位，那里接下没有、接成了哪一份。';
select tenant_table('plan_issues');
alter table plan_issues add constraint plan_issues_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id);
alter table plan_issues add constraint plan_issues_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table plan_issues add constraint plan_issues_taken_plan foreign key (tenant_id, taken_plan_id) references plans (tenant_id, id);
create unique index plan_issues_one on plan_issues (tenant_id, plan_id, unit_id);
create index plan_issues_unit on plan_issues (tenant_id, unit_id);
create index plan_issues_taken_plan on plan_issues (tenant_id, taken_plan_id) where taken_plan_id is not null;
select tenant_policies('plan_issues');
