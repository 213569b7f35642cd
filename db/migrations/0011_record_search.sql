-- 按写过的字找记录：一两个字的片段进倒排索引（前八百个字）；由 nuanyang_search 拥有的函数只返回 id，再与可见范围相交。
create function record_grams(t text, place text) returns text[] language sql immutable as
$$ select coalesce(array_agg(distinct g), '{}') from unnest(public.grams(t) || public.grams(substr(t, 200)) || public.grams(substr(t, 399)) || public.grams(substr(t, 598)) || public.grams(place)) as g $$;
create index records_words on records using gin (record_grams(text, place)) where amends_id is null;

create function search_records(words text) returns table (record_id uuid)
language sql stable security definer set search_path = public as $$
  select r.id from records r
   where r.tenant_id = current_setting('app.tenant', true) and r.amends_id is null
     and cardinality(grams(words)) > 0 and record_grams(r.text, r.place) @> grams(words)
$$;
grant create on schema public to nuanyang_search;
alter function search_records(text) owner to nuanyang_search;
revoke create on schema public from nuanyang_search;
revoke all on function search_records(text) from public;
grant execute on function search_records(text) to nuanyang_app;
grant execute on function record_grams(text, text) to nuanyang_app, nuanyang_search;

-- 县、乡镇看时间线：先看最近几天，够一页就停。
create index record_children_days_all on record_children (tenant_id, happened_on);
