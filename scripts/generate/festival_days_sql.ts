// db/views/festival_days.sql: the days of the festivals, for SQL, which knows no lunar calendar. Made from tyme4ts by the domain.
import { festivalsOf } from '../../domain/src/festivals.ts'

const firstYear = 2015
const lastYear = 2060

export function festivalDaysSql(): string {
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, n) =>
    festivalsOf(firstYear + n)
      .map(({ festival, day }) => `('${festival}', '${day}'::date)`)
      .join(', '),
  )
  return `-- 节日是哪一天：农历由 tyme4ts 算好（npm run generate），SQL 自己算不出。改动请改 scripts/generate/festival_days_sql.ts。
create or replace view festival_days as
  select f.festival, f.on_day from (values
    ${years.join(',\n    ')}) as f(festival, on_day);
comment on view festival_days is '节日是哪一天，${firstYear}—${lastYear} 年';
grant select on festival_days to nuanyang_app;
`
}
