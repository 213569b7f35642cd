create table merges (
  tenant_id text not null,
  id uuid not null,
  kept_id uuid not null,
  gone_id uuid not null,
  state text not null check (state in ('merged', 'undone', 'different')),
  note text,
  facts jsonb not null default '[]',
  moved jsonb not null default '{}',
  gone_before jsonb not null default '{}',
  at timestamptz not null,
  by_account_id uuid,
  undone_at timestamptz,
  undone_by uuid,
  version int not null default 1,
  primary key (tenant_id, id),
  check (kept_id <> gone_id)
);
comment on table merges is '查重的结论：两份档案并成一份（三十天里可以撤回），或者看过了、不是同一个孩子（different）。moved 记着哪些行跟了过去，facts 记着改了哪些项。';
select tenant_table('merges');
alter table merges add constraint merges_kept foreign key (tenant_id, kept_id) references children (tenant_id, id);
alter table merges add constraint merges_gone foreign key (tenant_id, gone_id) references children (tenant_id, id);
create index merges_kept on merges (tenant_id, kept_id);
create index merges_gone on merges (tenant_id, gone_id);
create index merges_at on merges (tenant_id, at desc);
select tenant_policies('merges');
