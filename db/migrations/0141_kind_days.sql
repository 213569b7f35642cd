-- 一个县、一个乡镇的一个月：按种类和日子取算数的记录，不按孩子一个一个找，也不读整张表。
create index record_children_kind_days on record_children (tenant_id, kind, happened_on) include (child_id, record_id) where counts;
-- 没接通的、还没保存完的很少：找一个孩子最近一次“试过”，不从几十条算数的里翻。
create index record_children_tried on record_children (tenant_id, child_id, kind, happened_on desc) where not counts;
