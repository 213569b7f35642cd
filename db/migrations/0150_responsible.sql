-- 个别方案的负责人：写明了账号的那一位看得到这份方案，同样角色的别人不因此看到。

alter table records add column responsible_account_id uuid,
  add constraint records_responsible foreign key (responsible_account_id) references accounts(id);
comment on column records.responsible_account_id is '个别方案由谁负责：有账号的那一位，整件事的前后各条都一样；没有账号的只写名字，在 fields。';
create index records_responsible on records (tenant_id, responsible_account_id) where responsible_account_id is not null;
