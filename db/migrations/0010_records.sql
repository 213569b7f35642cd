-- 服务记录：时间线的次序、没有孩子的记录、按字找。
alter table records add column child_count smallint not null default 0;
comment on column records.child_count is '记录里有几个孩子；0 是单位自己的事。';
comment on column records.counts is '算不算数：按这一种的规则算、不是草稿、没有撤回、不是更正前的旧样，才是真。';
comment on column records.amends_id is '更正前的原样另存一行：amends_id 指着更正后的那一条，counts 是假，不进任何清单；孩子和物品的原样在 custom。';
comment on column records.thread_id is '同一件事的前后：第一条的 id，第一条自己也写着。';
comment on column records.task_id is '为哪一项一次性任务做的。';

create index record_children_line on record_children (tenant_id, child_id, happened_on desc, record_id desc);
create index records_line on records (tenant_id, happened_on desc, id desc) where amends_id is null;
create index records_unit_line on records (tenant_id, subject_unit_id, happened_on desc, id desc) where child_count = 0 and amends_id is null;
