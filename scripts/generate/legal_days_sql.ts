// db/views/legal_days.sql: the announced days off, for SQL. Made from tyme4ts by the domain; a county's own rows stand above them.
import { legalHolidaysOf } from '../../domain/src/legal_holidays.ts'

const firstYear = 2020
const lastYear = 2035

export function legalDaysSql(): string {
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, n) => legalHolidaysOf(firstYear + n))
    .filter((days) => days !== null)
    .map((days) => days.map(({ on_day, kind, name }) => `('${on_day}'::date, '${kind}', '${name}')`).join(', '))
  return `-- 国务院公布的放假和调休（npm run generate，事实来自 tyme4ts）。还没有公布的年份不在里面：由县里在 holidays 里补。
create or replace view legal_days as
  select l.on_day, l.kind, l.name from (values
    ${years.join(',\n    ')}) as l(on_day, kind, name);
comment on view legal_days is '国务院公布的放假和调休';
grant select on legal_days to nuanyang_app;
`
}
