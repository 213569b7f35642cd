-- 信息更新：问过这一家、没有变化，也是一件事实。
alter table children add column confirmed_on date;
alter table children add column confirmed_by uuid;
comment on column children.confirmed_on is '最近一次问过、核对过的日子；“无变化”一次就记。';
create index children_confirmed on children (tenant_id, confirmed_on);
