-- 全国区划：省、市、县、乡、村五级，第一次启动时从随程序带的文件装入，之后只读。

create table divisions (
  code text primary key,
  name text not null,
  level smallint not null check (level between 1 and 5),
  parent_code text,
  path_name text not null,
  pinyin text not null,
  initials text not null,
  rank int not null,
  grams int[] not null
);
comment on table divisions is '全国区划（统计用区划代码）。代码不补零：36 · 3601 · 360123 · 360123104 · 360123104207，所以“在某地之内”就是“以它的代码开头”。';
comment on column divisions.name is '平常的叫法：小暑村村民委员会 → 小暑村，荷塘社区居委会 → 荷塘社区。';
comment on column divisions.level is '1 省 2 市 3 县 4 乡镇街道 5 村（社区）';
comment on column divisions.path_name is '上级名称连写，不含“市辖区”这类只在纸上的一级。';
comment on column divisions.pinyin is '名称的拼音，不带声调和空格，ü 写作 v：小暑村 → xiaoshucun';
comment on column divisions.initials is '每个字的拼音首字母：小暑村 → xsc';
comment on column divisions.rank is '找到几个时的先后：级别高的、名字短的在前。级别 × 10000000 + 序号；0 = 只在纸上的一级，不给人选。表按它的顺序装入。';
comment on column divisions.grams is '名称里的一字和两字，各一个整数，供中间几个字的查找；另有 −1…−5 表示级别，300000000 + 代码表示在哪省、哪市、哪县。';
select reference_table('divisions');
-- 排序一律按字节（C），这样前缀就是一段范围，与数据库的语言环境无关。
-- 前四级只有四万五千个，另有小索引：只打了一两个字母时，前二十个几乎总在里面。
create index divisions_name on divisions ((name collate "C")) include (rank, code);
create index divisions_pinyin on divisions ((pinyin collate "C")) include (rank, code);
create index divisions_initials on divisions ((initials collate "C")) include (rank, code);
create index divisions_upper_code on divisions (code) include (rank) where level <= 4;
create index divisions_upper_name on divisions ((name collate "C")) include (rank, code) where level <= 4;
create index divisions_upper_pinyin on divisions ((pinyin collate "C")) include (rank, code) where level <= 4;
create index divisions_upper_initials on divisions ((initials collate "C")) include (rank, code) where level <= 4;
create index divisions_grams on divisions using gin (grams) with (fastupdate = off);

create table division_editions (
  id smallint primary key check (id = 1),
  edition text not null,
  source text not null,
  version text not null,
  as_of date not null,
  row_count int not null,
  loaded_at timestamptz not null
);
comment on table division_editions is '已装入的是哪一版全国区划；没有这一行就是还没装好。';
select reference_table('division_editions');

-- 某一级里名字中间含这几个字的区划。位图按表里的先后取行，而表是按 rank 装入的，所以先取到的就是该排在前面的：
-- “村”有六十万个，也只取前几十个。顺序扫描可能从表的中间开始，这里不许用。wanted 里带上级别（−1…−5），索引先取交集。
-- places：在哪些地方之内，也各是一个整数（到县为止），乡镇再由 within 细分；'{}' 是不限。
create function division_fragments(wanted int[], part text, places int[], within text[], most int)
returns table (code text, rank int) language plpgsql stable
set enable_seqscan = off set enable_indexscan = off as $$
begin
  if places = '{}' then
    return query select d.code, d.rank from divisions d
      where d.grams @> wanted and d.rank > 0 and position(part in d.name) > 1 limit most;
  else
    return query select d.code, d.rank from divisions d
      where d.grams @> wanted and d.grams && places and d.rank > 0 and position(part in d.name) > 1
        and (left(d.code, 2) = any (within) or left(d.code, 4) = any (within)
          or left(d.code, 6) = any (within) or left(d.code, 9) = any (within))
      limit most;
  end if;
end $$;
grant execute on function division_fragments to nuanyang_app, nuanyang_search;
