-- 评估要写清楚：说明、有没有听孩子的意见、什么时候再评；评错了可以撤回，留下原因。

alter table evaluations add column note text;
alter table evaluations add column child_heard boolean;
alter table evaluations add column review_on date;
alter table evaluations add column withdrawn_at timestamptz;
alter table evaluations add column withdrawn_by uuid;
alter table evaluations add column withdrawn_reason text;
alter table evaluations add column version int not null default 1;
alter table evaluations add constraint evaluations_withdrawn check ((withdrawn_at is null) = (withdrawn_reason is null));
comment on column evaluations.result is '监护：good 较好、fair 一般、poor 差；需求：urgent 急需、some 有需要、none 暂无。';
comment on column evaluations.reasons is '理由或需要的代码，见 contract/src/evaluations.ts。';
comment on column evaluations.child_heard is '有没有听孩子自己的意见（未成年人保护法第十九条）；空是没有记。';
comment on column evaluations.review_on is '哪一天再评一次。';
create index evaluations_review on evaluations (tenant_id, review_on) where withdrawn_at is null;
