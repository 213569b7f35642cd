// Reads the catalog of a migrated database into plain rows. What differs between PostgreSQL 15 and 18 is left out here, so both
// give the same generated files.
import type pg from 'pg'

export interface Column {
  name: string
  type: string
  not_null: boolean
  default: string | null
  generated: string | null
  comment: string | null
}

export interface Table {
  name: string
  comment: string | null
  row_security: boolean
  columns: Column[]
  /** Primary key, unique, exclusion, check and foreign keys, in that order, each by name. */
  constraints: { name: string; type: string; definition: string }[]
  indexes: { name: string; definition: string }[]
  policies: { name: string; command: string; roles: string; using: string | null; check: string | null }[]
  grants: { role: string; rights: string }[]
}

export interface Routine {
  name: string
  signature: string
  kind: string
  owner: string
  definition: string
  grants: string
}

export interface Catalog {
  tables: Table[]
  views: { name: string; definition: string; comment: string | null }[]
  routines: Routine[]
}

/** Tables of the application; the queue's own schema and the list of applied migrations are not ours to describe. */
const tablesQuery = `
select c.relname as name, obj_description(c.oid) as comment, c.relrowsecurity and c.relforcerowsecurity as row_security,
  (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'not_null', a.attnotnull,
      'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
      'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
      'comment', col_description(c.oid, a.attnum)) order by a.attnum), '[]')
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select coalesce(json_agg(json_build_object('name', k.conname, 'type', k.contype, 'definition', pg_get_constraintdef(k.oid, true))
      order by position(k.contype::text in 'puxcf'), k.conname), '[]')
     from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'x', 'c', 'f')) as constraints,
  (select coalesce(json_agg(json_build_object('name', i.relname, 'definition', pg_get_indexdef(i.oid)) order by i.relname), '[]')
     from pg_index x join pg_class i on i.oid = x.indexrelid
    where x.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.oid and k.conrelid = c.oid)) as indexes,
  (select coalesce(json_agg(json_build_object('name', p.polname, 'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert'
        when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'roles', (select string_agg(r.rolname, ', ' order by r.rolname) from pg_roles r where r.oid = any (p.polroles)),
      'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname), '[]')
     from pg_policy p where p.polrelid = c.oid) as policies,
  (select coalesce(json_agg(json_build_object('role', g.role, 'rights', g.rights) order by g.role), '[]')
     from (select r.rolname as role, string_agg(lower(e.privilege_type), ', ' order by lower(e.privilege_type)) as rights
             from aclexplode(c.relacl) e join pg_roles r on r.oid = e.grantee where e.grantee <> c.relowner group by r.rolname) g) as grants
  from pg_class c
 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
 order by c.relname`

const viewsQuery = `
select c.relname as name, pg_get_viewdef(c.oid, true) as definition, obj_description(c.oid) as comment
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by c.relname`

const routinesQuery = `
select p.proname as name, pg_get_function_identity_arguments(p.oid) as signature, p.prokind as kind, r.rolname as owner,
  pg_get_functiondef(p.oid) as definition,
  coalesce((select string_agg(coalesce(g.rolname, 'public'), ', ' order by coalesce(g.rolname, 'public'))
              from aclexplode(p.proacl) e left join pg_roles g on g.oid = e.grantee where e.grantee <> p.proowner), '') as grants
  from pg_proc p join pg_roles r on r.oid = p.proowner
 where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
 order by p.proname, pg_get_function_identity_arguments(p.oid)`

export async function readCatalog(client: pg.Client | pg.PoolClient): Promise<Catalog> {
  const tables = await client.query<Table>(tablesQuery)
  const views = await client.query<Catalog['views'][number]>(viewsQuery)
  const routines = await client.query<Routine>(routinesQuery)
  return { tables: tables.rows, views: views.rows, routines: routines.rows }
}
