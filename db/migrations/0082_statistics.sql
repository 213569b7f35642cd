-- 大批写入时的统计信息。表在一次写入里长大了几倍，旧的统计会让外键检查和查找走错索引（实测：一个新县的两万个孩子要写一刻钟）。
-- 自动清理要等提交以后才看得见，所以长大一倍以上的表当场重新统计一遍；正有别人统计的就跳过，不等。
create function app_analyze_grown() returns void language plpgsql security definer set search_path = public as $$
declare
  grown regclass;
begin
  for grown in
    select c.oid::regclass from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relowner = (select oid from pg_roles where rolname = current_user)
       and pg_relation_size(c.oid) / current_setting('block_size')::int > 8 + 2 * c.relpages
  loop
    execute format('analyze (skip_locked) %s', grown);
  end loop;
end $$;
comment on function app_analyze_grown() is '把比上次统计时大了一倍以上的表重新统计一遍；大批写入时由程序调用。';
revoke all on function app_analyze_grown() from public;
grant execute on function app_analyze_grown() to nuanyang_app;
