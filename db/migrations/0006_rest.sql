-- 结对、计划、记录、摸底、导入、附件、材料、同意书、设置以外的其余各表。
-- 谁做的、什么时候做的随事实一起存（_by、_at、_on）；结束的行留着，不删。

create table imports (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  file_sha256 text not null,
  file_name text not null,
  format text,
  bytes bigint not null,
  state text not null default 'uploaded' check (state in ('uploaded', 'reading', 'ready', 'applying', 'applied', 'withdrawn', 'failed')),
  as_of text check (as_of ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  report jsonb,
  answers jsonb not null default '{}',
  mapping jsonb not null default '{}',
  decisions jsonb not null default '{}',
  totals jsonb,
  progress int not null default 0,
  failure text,
  created_at timestamptz not null,
  created_by uuid not null,
  applied_at timestamptz,
  applied_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check (state <> 'failed' or failure is not null),
  check (state <> 'applied' or applied_at is not null),
  check ((state = 'withdrawn') = (withdrawn_at is not null))
);
comment on table imports is '导入：一份花名册从放进来到写入、撤回的全过程。文件本身按内容存在附件库里。';
comment on column imports.as_of is '花名册说的是哪一天的情况：年级、年龄按这一天算。';
comment on column imports.answers is '读表时问过人的问题和回答。';
comment on column imports.decisions is '整批的取舍：冲突时以谁为准等。';
comment on column imports.progress is '已处理的行数。';
comment on column imports.failure is '停下来的原因，一句中文。';
select tenant_table('imports');
alter table imports add constraint imports_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index imports_unit on imports (tenant_id, unit_id);
create index imports_created on imports (tenant_id, created_at desc);
create index imports_file on imports (tenant_id, file_sha256);
select tenant_policies('imports');

create table import_rows (
  tenant_id text not null,
  id uuid not null,
  import_id uuid not null,
  sheet text not null,
  row int not null,
  position int not null,
  raw jsonb not null,
  parsed jsonb,
  issues jsonb not null default '[]',
  action text check (action in ('create', 'update', 'unchanged', 'duplicate', 'reject')),
  decision jsonb,
  child_id uuid,
  differences jsonb,
  applied_at timestamptz,
  primary key (tenant_id, id)
);
comment on table import_rows is '导入的每一行：原样、读成什么、有什么问题、人怎么定的、写进了谁的档案。';
comment on column import_rows.raw is '表格里原来的样子：要看全部字段组，或是导入的本人，才看得到。';
comment on column import_rows.row is '表格里的行号，从 1 起；并排的两张表在同一行各有一个孩子。';
comment on column import_rows.position is '整份文件里第几个孩子，从 0 起。';
select tenant_table('import_rows');
alter table import_rows add constraint import_rows_import foreign key (tenant_id, import_id) references imports (tenant_id, id);
alter table import_rows add constraint import_rows_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index import_rows_child on import_rows (tenant_id, child_id);
create unique index import_rows_place on import_rows (tenant_id, import_id, position);
select tenant_policies('import_rows');

create table import_mappings (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  signature text not null,
  mapping jsonb not null,
  used_at timestamptz not null,
  used_by uuid,
  primary key (tenant_id, id)
);
comment on table import_mappings is '表头到字段的对应：同样的表头下次不再问。';
select tenant_table('import_mappings');
alter table import_mappings add constraint import_mappings_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create unique index import_mappings_signature on import_mappings (tenant_id, unit_id, signature);
select tenant_policies('import_mappings');

create table helpers (
  tenant_id text not null,
  id uuid not null,
  adult_id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('proxy_parent', 'caring_mother', 'help_teacher', 'cadre', 'party_member', 'volunteer', 'other')),
  kind_words text,
  max_children smallint not null default 2 check (max_children between 1 and 50),
  skills text[] not null default '{}',
  free_times text,
  vetted_on date,
  vetted_by uuid,
  vetting_note text,
  vetting_until_on date,
  from_on date not null,
  until_on date,
  ended_reason text,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check (until_on is null or until_on >= from_on),
  check (vetted_on is null or vetted_by is not null)
);
comment on table helpers is '帮扶人：一个成年人从哪天起以什么身份、最多帮几个孩子。';
comment on column helpers.vetted_on is '从业禁止等核查通过的日子；空是还没有核查，不能结对。';
comment on column helpers.vetting_until_on is '核查到哪天要再做一次。';
comment on column helpers.kind_words is '身份的原话，例如“爱心妈妈（退休教师）”。';
select tenant_table('helpers');
alter table helpers add constraint helpers_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
alter table helpers add constraint helpers_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index helpers_adult on helpers (tenant_id, adult_id);
create index helpers_unit on helpers (tenant_id, unit_id);
create unique index helpers_one on helpers (tenant_id, adult_id, unit_id, kind) where until_on is null;
select tenant_policies('helpers');

create table terms (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid,
  school_year smallint not null,
  number smallint not null check (number in (1, 2)),
  name text not null,
  from_on date not null,
  until_on date not null,
  version int not null default 1,
  primary key (tenant_id, id),
  check (until_on > from_on)
);
comment on table terms is '学期：全县一套，学校可以有自己的一套。';
comment on column terms.unit_id is '空是全县；有值是这所学校自己的。';
comment on column terms.school_year is '学年开始的那一年：2026 是 2026—2027 学年。';
comment on column terms.number is '1 秋季，2 春季';
select tenant_table('terms');
alter table terms add constraint terms_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index terms_unit on terms (tenant_id, unit_id);
create unique index terms_one on terms (tenant_id, school_year, number, coalesce(unit_id, '00000000-0000-0000-0000-000000000000'));
create index terms_days on terms (tenant_id, from_on);
select tenant_policies('terms');

create table holidays (
  tenant_id text not null,
  id uuid not null,
  on_day date not null,
  kind text not null check (kind in ('holiday', 'working')),
  name text not null,
  source text,
  primary key (tenant_id, id)
);
comment on table holidays is '放假和调休：国务院办公厅每年的通知，县里可以改。寒暑假是学期之间的空档，不在这里。';
comment on column holidays.kind is 'holiday 放假；working 调休上班的周末';
select tenant_table('holidays');
create unique index holidays_one on holidays (tenant_id, on_day);
select tenant_policies('holidays');

create table boards (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  term_id uuid,
  groups jsonb not null default '[]',
  state text not null default 'draft' check (state in ('draft', 'applied', 'put_away')),
  applied_at timestamptz,
  applied_by uuid,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((state = 'draft') = (applied_at is null) or state = 'put_away')
);
comment on table boards is '分类分组：结对之前把孩子和帮扶人分组的工作板。';
select tenant_table('boards');
alter table boards add constraint boards_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table boards add constraint boards_term foreign key (tenant_id, term_id) references terms (tenant_id, id);
create index boards_unit on boards (tenant_id, unit_id);
create index boards_term on boards (tenant_id, term_id);
select tenant_policies('boards');

create table pairings (
  tenant_id text not null,
  id uuid not null,
  helper_id uuid,
  buddy_child_id uuid,
  child_id uuid not null,
  unit_id uuid not null,
  board_id uuid,
  term text,
  form text,
  goals text[] not null default '{}',
  agreement text,
  from_on date not null,
  planned_until_on date,
  until_on date,
  ended_reason text,
  ended_note text,
  ended_by uuid,
  ended_at timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((helper_id is null) <> (buddy_child_id is null)),
  check (buddy_child_id is null or buddy_child_id <> child_id),
  check (until_on is null or until_on >= from_on),
  check ((until_on is null) = (ended_reason is null))
);
comment on table pairings is '结对：一个帮扶人（或一个学习伙伴）与一个孩子，一段时间，有目标。结束要有原因。';
comment on column pairings.term is '约定的一段：一学年、一学期或长期，原话。';
comment on column pairings.until_on is '结束的日子；没有结束是空。约好的到期日在 planned_until_on。';
comment on column pairings.form is '怎样帮：一对一、多对一、代理家长……';
select tenant_table('pairings');
alter table pairings add constraint pairings_helper foreign key (tenant_id, helper_id) references helpers (tenant_id, id);
alter table pairings add constraint pairings_buddy_child foreign key (tenant_id, buddy_child_id) references children (tenant_id, id);
alter table pairings add constraint pairings_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table pairings add constraint pairings_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table pairings add constraint pairings_board foreign key (tenant_id, board_id) references boards (tenant_id, id);
create index pairings_helper on pairings (tenant_id, helper_id);
create index pairings_buddy_child on pairings (tenant_id, buddy_child_id);
create index pairings_child on pairings (tenant_id, child_id);
create index pairings_unit on pairings (tenant_id, unit_id);
create index pairings_board on pairings (tenant_id, board_id);
create unique index pairings_one on pairings (tenant_id, child_id, coalesce(helper_id, buddy_child_id)) where until_on is null;
create index pairings_current on pairings (tenant_id, helper_id, child_id) where until_on is null;
select tenant_policies('pairings');

create table plans (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  archetype text,
  state text not null default 'draft' check (state in ('draft', 'in_discussion', 'adopted', 'closed', 'withdrawn')),
  definition_id uuid,
  from_on date not null,
  until_on date not null,
  text text,
  reading jsonb,
  file_id uuid,
  replaces_id uuid,
  discussion_on date,
  adopted_on date,
  adopted_by uuid,
  adoption jsonb,
  closed_on date,
  closed_by uuid,
  closing jsonb,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check (until_on >= from_on),
  check (state not in ('adopted', 'closed') or adopted_on is not null),
  check ((state = 'closed') = (closed_on is not null)),
  check ((state = 'withdrawn') = (withdrawn_at is not null))
);
comment on table plans is '工作计划：讨论、通过、结束。通过以后不改，要改就结束旧的一条、开一条新的。';
comment on column plans.text is '原文，一字不改；goals、duties 里的 quote 是它的片段。';
comment on column plans.reading is '读计划得到的草稿和提醒。';
comment on column plans.until_on is '最后一天，含当天。';
comment on column plans.closing is '结束那天的各项数字，从此不变。';
comment on column plans.adoption is '通过时确认过的人数和口径。';
select tenant_table('plans');
alter table plans add constraint plans_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table plans add constraint plans_definition foreign key (tenant_id, definition_id) references definitions (tenant_id, id);
alter table plans add constraint plans_replaces foreign key (tenant_id, replaces_id) references plans (tenant_id, id);
create index plans_unit on plans (tenant_id, unit_id);
create index plans_definition on plans (tenant_id, definition_id);
create index plans_replaces on plans (tenant_id, replaces_id);
create index plans_state on plans (tenant_id, state, until_on);
select tenant_policies('plans');

create table goals (
  tenant_id text not null,
  id uuid not null,
  plan_id uuid not null,
  position smallint not null default 0,
  text text not null,
  indicator text,
  target numeric(5, 4) check (target between 0 and 1),
  quote text,
  span_from int,
  span_until int,
  confirmed boolean not null default false,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table goals is '计划的目标：指标和要达到的比例。';
comment on column goals.target is '比例：1 是 100%。空是没有写数字。';
comment on column goals.indicator is '指标的代码；空是算不出来、要人来写的目标。';
select tenant_table('goals');
alter table goals add constraint goals_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id);
create index goals_plan on goals (tenant_id, plan_id);
select tenant_policies('goals');

create table measures (
  tenant_id text not null,
  id uuid not null,
  plan_id uuid not null,
  position smallint not null default 0,
  path text not null,
  title text not null,
  text text not null,
  span_from int,
  span_until int,
  primary key (tenant_id, id)
);
comment on table measures is '计划的措施：原文的条款，按原来的层次。';
comment on column measures.path is '层次：三.2 是第三部分第 2 条。';
select tenant_table('measures');
alter table measures add constraint measures_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id);
create index measures_plan on measures (tenant_id, plan_id);
select tenant_policies('measures');

create table duties (
  tenant_id text not null,
  id uuid not null,
  plan_id uuid not null,
  measure_id uuid,
  position smallint not null default 0,
  title text not null,
  kind text not null,
  subject text not null check (subject in ('each_child', 'each_priority_child', 'each_pair', 'unit')),
  rhythm text not null check (rhythm in ('period', 'festival', 'month', 'event', 'continuous', 'unspecified')),
  every text check (every in ('day', 'week', 'month', 'quarter', 'term', 'year')),
  count smallint check (count between 1 and 100),
  interval_n smallint check (interval_n between 1 and 24),
  festival text,
  month smallint check (month between 1 and 12),
  event text check (event in ('new_child', 'parents_left', 'parents_returned', 'carer_changed')),
  within_days smallint check (within_days between 1 and 366),
  working_days boolean,
  anchor_on date not null,
  from_on date not null,
  until_on date not null,
  responsible text,
  account_id uuid,
  cohort jsonb,
  pauses_in_holidays boolean not null default false,
  replaces_id uuid,
  quote text,
  span_from int,
  span_until int,
  confirmed boolean not null default false,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((rhythm = 'period') = (every is not null and count is not null)),
  check ((rhythm = 'festival') = (festival is not null)),
  check ((rhythm = 'month') = (month is not null)),
  check ((rhythm = 'event') = (event is not null and within_days is not null and working_days is not null)),
  check (interval_n is null or every in ('week', 'month')),
  check (until_on >= from_on)
);
comment on table duties is '计划里反复要做的事：对谁、多久一次、几次、谁来做。通过以后不改。';
comment on column duties.interval_n is '每几周、每几个月；空是 1。从 anchor_on 数起。';
comment on column duties.until_on is '最后一天，含当天。';
comment on column duties.anchor_on is '计划第一天所在的周一或 1 日；后来的接替者沿用。';
comment on column duties.account_id is '点名的人；空按 responsible 找。';
comment on column duties.cohort is '条件的“与”，只用公布的几种，每种都有起止日期。';
comment on column duties.working_days is 'within_days 按工作日数还是按日历日数。';
select tenant_table('duties');
alter table duties add constraint duties_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id);
alter table duties add constraint duties_measure foreign key (tenant_id, measure_id) references measures (tenant_id, id);
alter table duties add constraint duties_replaces foreign key (tenant_id, replaces_id) references duties (tenant_id, id);
alter table duties add constraint duties_account foreign key (account_id) references accounts (id);
create index duties_plan on duties (tenant_id, plan_id);
create index duties_measure on duties (tenant_id, measure_id);
create index duties_replaces on duties (tenant_id, replaces_id);
create index duties_account on duties (tenant_id, account_id);
create index duties_kind on duties (tenant_id, kind);
select tenant_policies('duties');

create table records (
  tenant_id text not null,
  id uuid not null,
  kind text not null,
  happened_on date not null,
  happened_from time,
  happened_to time,
  place text,
  subject_unit_id uuid not null,
  thread_id uuid,
  fields jsonb not null default '{}',
  fields_version smallint not null default 1,
  text text,
  visibility text not null default 'case_notes' check (visibility in ('open', 'case_notes', 'psychological')),
  draft boolean not null default false,
  counts boolean not null default true,
  amends_id uuid,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  done_by_adult_id uuid,
  done_by_words text,
  recorded_by uuid,
  recorded_at timestamptz not null,
  household_id uuid,
  pairing_id uuid,
  task_id uuid,
  survey_round_id uuid,
  import_id uuid,
  custom jsonb not null default '{}',
  updated_at timestamptz not null,
  updated_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check (happened_to is null or happened_from is not null),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  check (withdrawn_at is null or withdrawn_reason is not null)
);
comment on table records is '服务记录：每一件做过的事，一张表、一条时间线。种类自己的栏目在 fields 里。';
comment on column records.counts is '按这一种的规则算不算数：没打通的电话不算。';
comment on column records.thread_id is '同一件事的前后：方案和各阶段、诉求和答复、申请和结果。';
comment on column records.visibility is 'open 能看孩子就能看；case_notes 个案记录；psychological 心理材料。';
comment on column records.happened_on is '做这件事的日子，不是录入的日子。';
comment on column records.draft is '还没写完：自己看得到，不算数。';
select tenant_table('records');
alter table records add constraint records_subject_unit foreign key (tenant_id, subject_unit_id) references units (tenant_id, id);
alter table records add constraint records_amends foreign key (tenant_id, amends_id) references records (tenant_id, id);
alter table records add constraint records_done_by_adult foreign key (tenant_id, done_by_adult_id) references adults (tenant_id, id);
alter table records add constraint records_household foreign key (tenant_id, household_id) references households (tenant_id, id);
alter table records add constraint records_pairing foreign key (tenant_id, pairing_id) references pairings (tenant_id, id);
create index records_amends on records (tenant_id, amends_id);
create index records_done_by_adult on records (tenant_id, done_by_adult_id);
create index records_household on records (tenant_id, household_id);
create index records_pairing on records (tenant_id, pairing_id);
create index records_unit_days on records (tenant_id, subject_unit_id, kind, happened_on);
create index records_thread on records (tenant_id, thread_id, happened_on) where thread_id is not null;
create index records_recorder on records (tenant_id, recorded_by, happened_on desc);
create index records_import on records (tenant_id, import_id) where import_id is not null;
select tenant_policies('records');

create table record_children (
  tenant_id text not null,
  id uuid not null,
  record_id uuid not null,
  child_id uuid not null,
  kind text not null,
  happened_on date not null,
  counts boolean not null,
  pairing_id uuid,
  fields jsonb not null default '{}',
  remark text,
  primary key (tenant_id, id)
);
comment on table record_children is '记录里的孩子：种类和日期照抄一份，按孩子查时间线不用连表。';
comment on column record_children.counts is '记录算数、没有撤回、不是草稿，才是真。';
select tenant_table('record_children');
alter table record_children add constraint record_children_record foreign key (tenant_id, record_id) references records (tenant_id, id);
alter table record_children add constraint record_children_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table record_children add constraint record_children_pairing foreign key (tenant_id, pairing_id) references pairings (tenant_id, id);
create index record_children_pairing on record_children (tenant_id, pairing_id);
create unique index record_children_one on record_children (tenant_id, record_id, child_id);
create index record_children_days on record_children (tenant_id, child_id, kind, happened_on);
select tenant_policies('record_children');

create table record_items (
  tenant_id text not null,
  id uuid not null,
  record_id uuid not null,
  child_id uuid,
  position smallint not null default 0,
  what text not null check (what in ('money', 'goods', 'service')),
  name text not null,
  quantity numeric(12, 2) check (quantity >= 0),
  measure_word text,
  amount_fen bigint check (amount_fen >= 0),
  donor_adult_id uuid,
  donor_name text,
  received_by_adult_id uuid,
  received_on date,
  primary key (tenant_id, id),
  check (what <> 'money' or amount_fen is not null)
);
comment on table record_items is '记录里的钱和物：金额以分计，物有数量和单位。';
comment on column record_items.amount_fen is '人民币，分';
comment on column record_items.measure_word is '个、箱、套、本';
select tenant_table('record_items');
alter table record_items add constraint record_items_record foreign key (tenant_id, record_id) references records (tenant_id, id);
alter table record_items add constraint record_items_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table record_items add constraint record_items_donor_adult foreign key (tenant_id, donor_adult_id) references adults (tenant_id, id);
alter table record_items add constraint record_items_received_by_adult foreign key (tenant_id, received_by_adult_id) references adults (tenant_id, id);
create index record_items_record on record_items (tenant_id, record_id);
create index record_items_child on record_items (tenant_id, child_id);
create index record_items_donor_adult on record_items (tenant_id, donor_adult_id);
create index record_items_received_by_adult on record_items (tenant_id, received_by_adult_id);
select tenant_policies('record_items');

create table tasks (
  tenant_id text not null,
  id uuid not null,
  plan_id uuid,
  measure_id uuid,
  record_id uuid,
  unit_id uuid not null,
  title text not null,
  kind text not null,
  due_from date not null,
  due_until date not null,
  festival text,
  responsible text,
  account_id uuid,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  done_on date,
  done_by uuid,
  dropped_reason text,
  dropped_by uuid,
  quote text,
  span_from int,
  span_until int,
  confirmed boolean not null default false,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check (due_until >= due_from),
  check ((state = 'done') = (done_on is not null)),
  check ((state = 'dropped') = (dropped_reason is not null))
);
comment on table tasks is '一次性的任务：计划里某月要做的，或会上定下的。';
comment on column tasks.record_id is '定下它的那次会议。';
comment on column tasks.due_until is '最后一天，含当天。';
select tenant_table('tasks');
alter table tasks add constraint tasks_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id);
alter table tasks add constraint tasks_measure foreign key (tenant_id, measure_id) references measures (tenant_id, id);
alter table tasks add constraint tasks_record foreign key (tenant_id, record_id) references records (tenant_id, id);
alter table tasks add constraint tasks_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table tasks add constraint tasks_account foreign key (account_id) references accounts (id);
create index tasks_plan on tasks (tenant_id, plan_id);
create index tasks_measure on tasks (tenant_id, measure_id);
create index tasks_record on tasks (tenant_id, record_id);
create index tasks_unit on tasks (tenant_id, unit_id);
create index tasks_account on tasks (tenant_id, account_id);
create index tasks_due on tasks (tenant_id, state, due_until);
select tenant_policies('tasks');

create table survey_rounds (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  title text not null check (length(title) between 1 and 100),
  kind text not null default 'household' check (kind in ('household', 'child', 'update')),
  questions jsonb not null default '[]',
  from_on date not null,
  until_on date not null,
  state text not null default 'draft' check (state in ('draft', 'open', 'closed')),
  opened_at timestamptz,
  opened_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  task_id uuid,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check (until_on >= from_on)
);
comment on table survey_rounds is '摸底：一轮走遍一个单位的每一户。';
select tenant_table('survey_rounds');
alter table survey_rounds add constraint survey_rounds_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table survey_rounds add constraint survey_rounds_task foreign key (tenant_id, task_id) references tasks (tenant_id, id);
create index survey_rounds_unit on survey_rounds (tenant_id, unit_id);
create index survey_rounds_task on survey_rounds (tenant_id, task_id);
select tenant_policies('survey_rounds');

create table survey_visits (
  tenant_id text not null,
  id uuid not null,
  round_id uuid not null,
  unit_id uuid not null,
  household_id uuid,
  child_id uuid,
  account_id uuid,
  position int not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'no_change', 'changed', 'not_home', 'refused', 'moved')),
  visited_on date,
  answers jsonb not null default '{}',
  record_id uuid,
  note text,
  by_account_id uuid,
  at timestamptz,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((household_id is null) <> (child_id is null)),
  check ((state = 'waiting') = (visited_on is null))
);
comment on table survey_visits is '摸底里的每一户（或每个孩子）：谁去、去了没有、有没有变化。做过的走访另有一条服务记录。';
select tenant_table('survey_visits');
alter table survey_visits add constraint survey_visits_round foreign key (tenant_id, round_id) references survey_rounds (tenant_id, id);
alter table survey_visits add constraint survey_visits_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table survey_visits add constraint survey_visits_household foreign key (tenant_id, household_id) references households (tenant_id, id);
alter table survey_visits add constraint survey_visits_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table survey_visits add constraint survey_visits_record foreign key (tenant_id, record_id) references records (tenant_id, id);
alter table survey_visits add constraint survey_visits_account foreign key (account_id) references accounts (id);
create index survey_visits_unit on survey_visits (tenant_id, unit_id);
create index survey_visits_household on survey_visits (tenant_id, household_id);
create index survey_visits_child on survey_visits (tenant_id, child_id);
create index survey_visits_record on survey_visits (tenant_id, record_id);
create index survey_visits_account on survey_visits (tenant_id, account_id);
create index survey_visits_waiting on survey_visits (tenant_id, round_id, state);
select tenant_policies('survey_visits');

create table waivers (
  tenant_id text not null,
  id uuid not null,
  duty_id uuid not null,
  subject_type text not null check (subject_type in ('child', 'pairing', 'unit')),
  subject_id uuid not null,
  period_from date not null,
  ordinal smallint not null default 1 check (ordinal >= 1),
  reason text not null,
  by_account_id uuid not null,
  at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  primary key (tenant_id, id)
);
comment on table waivers is '免做：某一期的某一项不用做了，有原因、有人。钥匙与待办相同。';
select tenant_table('waivers');
alter table waivers add constraint waivers_duty foreign key (tenant_id, duty_id) references duties (tenant_id, id);
create index waivers_duty on waivers (tenant_id, duty_id);
create unique index waivers_one on waivers (tenant_id, duty_id, subject_type, subject_id, period_from, ordinal) where lifted_at is null;
create index waivers_subject on waivers (tenant_id, subject_id);
select tenant_policies('waivers');

create table due_months (
  tenant_id text not null,
  id uuid not null,
  duty_id uuid not null,
  unit_id uuid not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  subjects int not null,
  owed int not null,
  on_time int not null,
  late int not null,
  waived int not null,
  overdue int not null,
  computed_at timestamptz not null,
  primary key (tenant_id, id),
  check (owed = on_time + late + waived + overdue)
);
comment on table due_months is '已经过去的月份的待办汇总：由后台任务保存，与 due_items 相等（有测试）。';
select tenant_table('due_months');
alter table due_months add constraint due_months_duty foreign key (tenant_id, duty_id) references duties (tenant_id, id);
alter table due_months add constraint due_months_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index due_months_unit on due_months (tenant_id, unit_id);
create unique index due_months_one on due_months (tenant_id, duty_id, month, unit_id);
create index due_months_months on due_months (tenant_id, month);
select tenant_policies('due_months');

create table plan_comments (
  tenant_id text not null,
  id uuid not null,
  plan_id uuid not null,
  target_type text not null check (target_type in ('plan', 'goal', 'measure', 'duty', 'task')),
  target_id uuid,
  text text not null check (length(text) between 1 and 2000),
  by_account_id uuid not null,
  at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  answer text,
  primary key (tenant_id, id),
  check ((target_type = 'plan') = (target_id is null)),
  check ((answered_at is null) = (answered_by is null))
);
comment on table plan_comments is '计划讨论稿上的意见：针对全文或某一条，改没改有交代。';
select tenant_table('plan_comments');
alter table plan_comments add constraint plan_comments_plan foreign key (tenant_id, plan_id) references plans (tenant_id, id);
create index plan_comments_plan on plan_comments (tenant_id, plan_id);
select tenant_policies('plan_comments');

create table consents (
  tenant_id text not null,
  id uuid not null,
  child_id uuid,
  adult_id uuid,
  purpose text not null,
  legal_basis text not null check (legal_basis in ('consent', 'statutory_duty', 'vital_interest')),
  given_by_adult_id uuid,
  given_by_words text,
  how text not null check (how in ('paper', 'phone', 'in_person', 'online')),
  from_on date not null,
  until_on date,
  withdrawn_on date,
  withdrawn_by uuid,
  withdrawn_reason text,
  recorded_at timestamptz not null,
  recorded_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((child_id is null) <> (adult_id is null)),
  check (until_on is null or until_on >= from_on),
  check (legal_basis <> 'consent' or given_by_adult_id is not null or given_by_words is not null)
);
comment on table consents is '同意书：谁同意了什么、凭什么、到哪天，能撤回。';
comment on column consents.how is '怎么同意的：纸面签字、电话、当面、网上';
comment on column consents.legal_basis is '依据：监护人同意、法定职责、保护生命健康所必需';
select tenant_table('consents');
alter table consents add constraint consents_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table consents add constraint consents_adult foreign key (tenant_id, adult_id) references adults (tenant_id, id);
alter table consents add constraint consents_given_by_adult foreign key (tenant_id, given_by_adult_id) references adults (tenant_id, id);
create index consents_child on consents (tenant_id, child_id);
create index consents_adult on consents (tenant_id, adult_id);
create index consents_given_by_adult on consents (tenant_id, given_by_adult_id);
select tenant_policies('consents');

create table files (
  tenant_id text not null,
  id uuid not null,
  owner_type text not null check (owner_type in ('child', 'adult', 'record', 'plan', 'pairing', 'consent', 'unit', 'team', 'import', 'document', 'unit_link')),
  owner_id uuid not null,
  child_id uuid,
  field_group text not null,
  consent_id uuid,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  media text not null,
  file_name text not null check (length(file_name) between 1 and 200),
  created_at timestamptz not null,
  created_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  removed_reason text,
  primary key (tenant_id, id),
  check ((removed_at is null) = (removed_by is null))
);
comment on table files is '附件：内容按散列存在本县的文件夹里，同样的内容只存一份。';
comment on column files.media is '按内容认出的类型，不看扩展名。';
comment on column files.field_group is '看这份附件要能看的字段组。';
select tenant_table('files');
alter table files add constraint files_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table files add constraint files_consent foreign key (tenant_id, consent_id) references consents (tenant_id, id);
create index files_child on files (tenant_id, child_id);
create index files_consent on files (tenant_id, consent_id);
create index files_owner on files (tenant_id, owner_type, owner_id);
create index files_content on files (tenant_id, sha256);
select tenant_policies('files');

create table documents (
  tenant_id text not null,
  id uuid not null,
  kind text not null,
  title text not null,
  unit_id uuid not null,
  child_id uuid,
  subject_type text,
  subject_id uuid,
  number text,
  data jsonb not null,
  field_groups text[] not null default '{}',
  file_id uuid,
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  primary key (tenant_id, id)
);
comment on table documents is '印发过的材料：存印发那一刻的数据，以后再印还是那一份。';
comment on column documents.field_groups is '里面有哪些字段组：都能看的人才能打开。';
select tenant_table('documents');
alter table documents add constraint documents_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
alter table documents add constraint documents_child foreign key (tenant_id, child_id) references children (tenant_id, id);
alter table documents add constraint documents_file foreign key (tenant_id, file_id) references files (tenant_id, id);
create index documents_unit on documents (tenant_id, unit_id);
create index documents_child on documents (tenant_id, child_id);
create index documents_file on documents (tenant_id, file_id);
create index documents_subject on documents (tenant_id, subject_type, subject_id) where subject_id is not null;
create index documents_issued on documents (tenant_id, kind, issued_on desc);
select tenant_policies('documents');

create table custom_fields (
  tenant_id text not null,
  id uuid not null,
  entity text not null,
  code text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null check (length(name) between 1 and 40),
  name_en text,
  type text not null check (type in ('text', 'long_text', 'number', 'day', 'yes_no', 'choice', 'choices')),
  options jsonb not null default '[]',
  field_group text not null,
  position smallint not null default 0,
  required boolean not null default false,
  from_on date not null,
  until_on date,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table custom_fields is '自设的栏目：县里给儿童、成年人或某种记录加的栏，各归一个字段组；值在各表的 custom 里。';
comment on column custom_fields.entity is 'children、adults，或 records:talk 这样的记录种类。';
select tenant_table('custom_fields');
create unique index custom_fields_one on custom_fields (tenant_id, entity, code);
select tenant_policies('custom_fields');

create table presets (
  tenant_id text not null,
  id uuid not null,
  unit_id uuid not null,
  feature text not null,
  name text not null check (length(name) between 1 and 60),
  value jsonb not null,
  position smallint not null default 0,
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table presets is '预设：一个单位常用的话和默认值（谈话提纲、活动名称……）。';
select tenant_table('presets');
alter table presets add constraint presets_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index presets_feature on presets (tenant_id, unit_id, feature);
select tenant_policies('presets');

create table saved_filters (
  tenant_id text not null,
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  feature text not null,
  name text not null check (length(name) between 1 and 60),
  filter jsonb not null,
  shared boolean not null default false,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table saved_filters is '存起来的筛选：自己的，或给本单位的人共用。';
select tenant_table('saved_filters');
alter table saved_filters add constraint saved_filters_account foreign key (account_id) references accounts (id);
alter table saved_filters add constraint saved_filters_unit foreign key (tenant_id, unit_id) references units (tenant_id, id);
create index saved_filters_account on saved_filters (tenant_id, account_id);
create index saved_filters_feature on saved_filters (tenant_id, unit_id, feature);
select tenant_policies('saved_filters');

create table notices (
  tenant_id text not null,
  id uuid not null,
  membership_id uuid not null,
  kind text not null,
  subject_type text,
  subject_id uuid,
  numbers jsonb not null default '{}',
  at timestamptz not null,
  read_at timestamptz,
  done_at timestamptz,
  primary key (tenant_id, id)
);
comment on table notices is '提醒：给某个身份的一句话，指向一件事。只存代码和 id，句子看的时候再拼。';
comment on column notices.numbers is '句子里的数（几个、几天），不存姓名。';
select tenant_table('notices');
alter table notices add constraint notices_membership foreign key (tenant_id, membership_id) references memberships (tenant_id, id);
create index notices_membership on notices (tenant_id, membership_id);
create index notices_unread on notices (tenant_id, membership_id, at desc) where read_at is null;
select tenant_policies('notices');

-- 两张表互相指着的，后补外键。
alter table plans add constraint plans_file foreign key (tenant_id, file_id) references files (tenant_id, id);
create index plans_file on plans (tenant_id, file_id);
alter table records add constraint records_task foreign key (tenant_id, task_id) references tasks (tenant_id, id);
create index records_task on records (tenant_id, task_id);
alter table records add constraint records_survey_round foreign key (tenant_id, survey_round_id) references survey_rounds (tenant_id, id);
create index records_survey_round on records (tenant_id, survey_round_id);

-- 按外键找人、找单位的页面要用到的索引。
create index memberships_adult on memberships (tenant_id, adult_id);
create index units_merged on units (tenant_id, merged_into_id);
create index children_merged on children (tenant_id, merged_into_id);
create index account_tenants_tenant on account_tenants (tenant_id);
-- 过去的日子也要按单位算人数：child_units_unit 只有现在的。
create index child_units_days on child_units (tenant_id, unit_id, from_on);
