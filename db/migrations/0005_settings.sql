-- 设置：一个县自己能改的事，一项一行。整套安装的事（手机使用）在 house。

create table settings (
  tenant_id text not null,
  id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9_.]{1,60}$'),
  value jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
comment on table settings is '设置：登录规则、必填项、静默时段……没有这一行就是默认值。密钥一类用 SECRET_KEY 封住再存。';
select tenant_table('settings');
create unique index settings_key on settings (tenant_id, key);
select tenant_policies('settings');
