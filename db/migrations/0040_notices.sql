-- 提醒：谁发的、哪些不能发两次；往外发的邮件和群机器人消息；每个人收提醒的邮箱。

alter table notices add column sent_by uuid;
alter table notices add column once text check (length(once) between 1 and 80);
comment on column notices.sent_by is '谁提醒的；空是系统按时发的。';
comment on column notices.once is '同一件事只提醒一次：比如第几周的一周小结。空是可以再提醒。';
create unique index notices_once on notices (tenant_id, membership_id, kind, once) where once is not null;

create table notice_addresses (
  tenant_id text not null,
  id uuid not null,
  account_id uuid not null,
  email text not null check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 200),
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
comment on table notice_addresses is '提醒发到哪个邮箱：每个人自己填，自己停。';
select tenant_table('notice_addresses');
alter table notice_addresses add constraint notice_addresses_account foreign key (account_id) references accounts (id);
create unique index notice_addresses_one on notice_addresses (tenant_id, account_id);
select tenant_policies('notice_addresses');

create table notice_sendings (
  tenant_id text not null,
  id uuid not null,
  channel text not null check (channel in ('email', 'robot')),
  notice_id uuid,
  robot_id uuid,
  address text,
  test boolean not null default false,
  content jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'unclear', 'failed')),
  attempts smallint not null default 0,
  next_at timestamptz not null,
  claimed_at timestamptz,
  sent_at timestamptz,
  failure text,
  failure_detail text,
  created_at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, id),
  check ((channel = 'email') = (address is not null)),
  check ((channel = 'robot') = (robot_id is not null)),
  check ((state = 'sent') = (sent_at is not null)),
  check (state not in ('unclear', 'failed') or failure is not null)
);
comment on table notice_sendings is '往外发的提醒：一封邮件或一条群机器人消息。里面只有数和单位，没有孩子的姓名。';
comment on column notice_sendings.state is 'waiting 等着发 · sending 正在发 · sent 发出去了 · unclear 断在半路，可能已经收到，不自动再发 · failed 试过几次都不行';
comment on column notice_sendings.content is '句子要用的数和单位名，发的时候再拼成句子。';
comment on column notice_sendings.failure is '没发成的原因，一个代码；句子在契约里。';
select tenant_table('notice_sendings');
alter table notice_sendings add constraint notice_sendings_notice foreign key (tenant_id, notice_id) references notices (tenant_id, id);
create index notice_sendings_notice on notice_sendings (tenant_id, notice_id);
create index notice_sendings_waiting on notice_sendings (tenant_id, next_at) where state in ('waiting', 'sending');
create index notice_sendings_recent on notice_sendings (tenant_id, created_at desc);
select tenant_policies('notice_sendings');
