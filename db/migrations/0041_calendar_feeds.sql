-- 日历订阅：每个身份一个谁也猜不到的地址，手机日历按它来取；里面没有孩子的姓名，随时可以作废。

create table calendar_feeds (
  tenant_id text not null,
  id uuid not null,
  membership_id uuid not null,
  token_hash text not null,
  token_sealed text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
comment on table calendar_feeds is '日历订阅的地址：散列用来核对，封住的原文用来再给本人看。revoked_at 以后这个地址什么也取不到。';
select tenant_table('calendar_feeds');
alter table calendar_feeds add constraint calendar_feeds_membership foreign key (tenant_id, membership_id) references memberships (tenant_id, id);
create unique index calendar_feeds_one on calendar_feeds (tenant_id, membership_id) where revoked_at is null;
create index calendar_feeds_membership on calendar_feeds (tenant_id, membership_id);
create index calendar_feeds_token on calendar_feeds (tenant_id, token_hash);
select tenant_policies('calendar_feeds');
