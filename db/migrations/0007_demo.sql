-- 演示是一个单独的租户：移走它，就是把这个租户的所有行一起删掉。只对 demo 的租户有效；应用角色本来删不了审计。
create function drop_demo(tenant_in text) returns int
language plpgsql security definer set search_path = public as $$
declare
  t text;
  gone int := 0;
  n int;
begin
  if not exists (select from tenants where id = tenant_in and demo) then return 0; end if;
  -- 各表用外键互相指着：后建的表先删，删不动的下一遍再删，直到没有剩下的。
  for i in 1..20 loop
    n := 0;
    for t in select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnum = 1
              where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'sessions' order by c.oid desc loop
      begin
        execute format('delete from %I where tenant_id = $1', t) using tenant_in;
        get diagnostics gone = row_count;
        n := n + gone;
      exception when foreign_key_violation then
        n := n + 1;
      end;
    end loop;
    exit when n = 0;
  end loop;
  update sessions set tenant_id = null, membership_id = null where tenant_id = tenant_in;
  delete from account_tenants where tenant_id = tenant_in;
  delete from tenants where id = tenant_in;
  return 1;
end $$;
revoke all on function drop_demo(text) from public;
grant execute on function drop_demo(text) to nuanyang_app;
