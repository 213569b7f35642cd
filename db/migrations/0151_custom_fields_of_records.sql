-- 自设栏目也可以加在一种记录上：值写在 records.fields 的 custom.<code> 里，更正、查找、撤回都跟着走。

comment on column custom_fields.entity is 'children，或 records:talk 这样的记录种类。';
create index records_custom on records (tenant_id, kind) where fields::text like '%"custom.%' and amends_id is null;
