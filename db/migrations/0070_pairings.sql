-- 结对：帮扶人名册（申请、核查、同意、能帮什么）、孩子想要什么样的帮扶、结对的续期、代管、换人和评议。

alter table helpers drop constraint helpers_kind_check;
alter table helpers add constraint helpers_kind_check check (kind in ('proxy_parent', 'caring_mother', 'temporary_father', 'help_teacher', 'cadre',
  'party_member', 'retired_comrade', 'volunteer', 'other_parent', 'community_counsellor', 'resident', 'other'));
alter table helpers
  add column applied_on date,
  add column offer text check (length(offer) between 1 and 300),
  add column subjects text[] not null default '{}',
  add column languages text[] not null default '{}',
  add column villager_group_id uuid,
  add column consented_on date,
  add column consent_how text check (consent_how in ('paper', 'phone', 'in_person', 'online')),
  add column vetting jsonb,
  add column declined_on date,
  add column declined_by uuid,
  add column declined_reason text,
  add column ended_by uuid,
  add constraint helpers_consent_check check ((consented_on is null) = (consent_how is null)),
  add constraint helpers_declined_check check (declined_on is null or declined_reason is not null and vetted_on is null);
comment on column helpers.offer is '本人愿意帮什么，原话。';
comment on column helpers.subjects is '能辅导的功课。';
comment on column helpers.languages is '会说的话：方言、手语、外语。';
comment on column helpers.villager_group_id is '住在哪个村民组，推荐时先找同组的孩子。';
comment on column helpers.consented_on is '本人同意结对、同意登记这些内容的日子。';
comment on column helpers.vetting is '未成年人保护法第二十二条四项核查的结果：offences 违法犯罪、habits 恶习、neglect 未尽照护责任、other 其他；clear 没有，found 有。';
comment on column helpers.declined_on is '核查没有通过的日子；没有通过就不能结对。';
alter table helpers add constraint helpers_villager_group foreign key (tenant_id, villager_group_id) references units (tenant_id, id);
create index helpers_villager_group on helpers (tenant_id, villager_group_id);

update pairings set form = 'one_to_one' where form is not null and form not in ('one_to_one', 'one_leads_one', 'one_to_many');
alter table pairings
  add constraint pairings_form_check check (form in ('one_to_one', 'one_leads_one', 'one_to_many')),
  add column measures text check (length(measures) between 1 and 600),
  add column contact_how text check (length(contact_how) between 1 and 100),
  add column next_contact_on date,
  add column replaces_id uuid,
  add column stands_in_for_id uuid,
  add column over_limit_reason text check (length(over_limit_reason) between 1 and 200);
comment on column pairings.measures is '打算怎么帮，写进责任书。';
comment on column pairings.contact_how is '和孩子家里约好的联系方式，例如“周六上午在村小”。不写号码。';
comment on column pairings.next_contact_on is '下一次约在哪天。';
comment on column pairings.replaces_id is '换人：接的是哪一对。';
comment on column pairings.stands_in_for_id is '临时代管：替的是哪一对，约好的日子一到就结束。';
comment on column pairings.over_limit_reason is '超过上限仍然结对的理由。';
alter table pairings add constraint pairings_replaces foreign key (tenant_id, replaces_id) references pairings (tenant_id, id);
alter table pairings add constraint pairings_stands_in_for foreign key (tenant_id, stands_in_for_id) references pairings (tenant_id, id);
create index pairings_replaces on pairings (tenant_id, replaces_id);
create index pairings_stands_in_for on pairings (tenant_id, stands_in_for_id);

create table pairing_steps (
  tenant_id text not null,
  id uuid not null,
  pairing_id uuid not null,
  child_id uuid not null,
  step text not null check (step in ('signed', 'renewed', 'reviewed')),
  on_day date not null,
  until_on date,
  voice text check (voice in ('child', 'guardian', 'helper')),
  grade text check (grade in ('good', 'fair', 'poor')),
  words text check (length(words) between 1 and 500),
  at timestamptz not null,
  by uuid,
  primary key (tenant_id, id),
  check ((step = 'renewed') = (until_on is not null)),
  check ((step = 'reviewed') = (voice is not null and grade is not null))
);
comment on table pairing_steps is '结对路上的一步：签责任书、续期、孩子和监护人和帮扶人各自的评议。';
comment on column pairing_steps.until_on is '续到哪天。';
comment on column pairing_steps.voice is '评议是谁说的：孩子、监护人、帮扶人。';
select tenant_table('pairing_steps');
alter table pairing_steps add constraint pairing_steps_pairing foreign key (tenant_id, pairing_id) references pairings (tenant_id, id);
alter table pairing_steps add constraint pairing_steps_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create index pairing_steps_pairing on pairing_steps (tenant_id, pairing_id, on_day);
create index pairing_steps_child on pairing_steps (tenant_id, child_id);
select tenant_policies('pairing_steps');

create table pairing_wishes (
  tenant_id text not null,
  id uuid not null,
  child_id uuid not null,
  goals text[] not null default '{}',
  subjects text[] not null default '{}',
  languages text[] not null default '{}',
  helper_sex text check (helper_sex in ('male', 'female')),
  words text check (length(words) between 1 and 200),
  stated_on date not null,
  stated_by uuid,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table pairing_wishes is '孩子需要什么样的帮扶：功课、方言、想要男的还是女的、一句话。帮扶人看得到，不写家里的事。';
select tenant_table('pairing_wishes');
alter table pairing_wishes add constraint pairing_wishes_child foreign key (tenant_id, child_id) references children (tenant_id, id);
create unique index pairing_wishes_child on pairing_wishes (tenant_id, child_id);
select tenant_policies('pairing_wishes');
