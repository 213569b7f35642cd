-- 一条关系是哪一次导入带来的：撤回导入时，这条关系也收回。
alter table child_units add column import_id uuid;
comment on column child_units.import_id is '由哪一次导入建立；不是导入建立的为空。撤回导入时据此收回。';
create index child_units_import on child_units (tenant_id, import_id) where import_id is not null;
