-- 退出：孩子退出的那一刻，结对也结束；恢复档案时，能接着帮的原样接上。

alter table pairings add column before_exit jsonb;
comment on column pairings.before_exit is '因孩子退出而结束的，结束以前的样子；恢复档案时照它接上。别的原因结束的是空。';

-- 以前退出时结对没有跟着结束，补上。
update pairings p set before_exit = jsonb_build_object('until_on', p.until_on, 'ended_reason', p.ended_reason, 'ended_note', p.ended_note, 'ended_by', p.ended_by, 'ended_at', p.ended_at),
       until_on = greatest(p.from_on, c.exited_on), ended_reason = 'child_left', ended_note = null, ended_by = c.exited_by, ended_at = c.updated_at, version = p.version + 1
  from children c
 where c.tenant_id = p.tenant_id and c.id in (p.child_id, p.buddy_child_id) and c.status = 'exited' and c.exited_on is not null and p.until_on is null;
