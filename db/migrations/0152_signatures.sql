-- 签字：在屏幕上签的，或纸上签了拍下来的，是记录的一份附件，写明谁签的。

alter table files add column signed_by text,
  add constraint files_signed_by_check check (signed_by is null or owner_type = 'record' and length(signed_by) between 1 and 60);
comment on column files.signed_by is '这份附件是一个签字：谁签的。看得到记录的人看得到，印在记录卡上。';
