// Files 附件: taken in, shown, removed. See contract/src/files.ts.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import {
  fileLimitBytes,
  filesPerOwner,
  papers,
  type Attached,
  type fileOps,
  type Paper,
} from '@nuanyang/contract/files.ts'
import type { Answer, FileAnswer, Input, UploadedFile } from '@nuanyang/contract/kernel.ts'
import type { FieldGroup } from '@nuanyang/contract/roles.ts'
import { seenOf } from '../children/children.access.ts'
import { photoConsents, holdsOn } from '../consents/consents.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { groupOf, standing, within, type Owner, type Standing } from './files.access.ts'
import { formOf } from './form.ts'
import { keptPicture, smallPicture } from './pictures.ts'

interface Row extends Omit<Attached, 'can_remove' | 'paper'> {
  field_group: FieldGroup
  sha256: string
  media: string
  created_by: string | null
}

/**
 * SQL: a picture that shows children, faces uncovered, of whom one has no consent that holds on the day. Asked at every look, so
 * a consent withdrawn, run out or given anew counts at once, for children who were added to a record later as well.
 */
const closed = `(f.media like 'image/%' and not f.covered and (f.owner_type = 'record' or f.owner_type = 'child' and f.field_group = 'photo') and exists (
    select from (select f.owner_id as child_id where f.owner_type = 'child'
           union all select rc.child_id from record_children rc where f.owner_type = 'record' and rc.tenant_id = $1 and rc.record_id = f.owner_id) as c
     where not exists (select from consents k where k.tenant_id = $1 and k.child_id = c.child_id and k.purpose = 'photo' and ${holdsOn('$2')})))`

// $1 tenant, $2 today
const columns = `f.id, f.owner_type, f.owner_id, f.field_group, f.file_name, f.bytes, f.media, f.sha256, f.created_by, f.signed_by,
  case when f.media like 'image/%' then 'picture' when f.media = 'application/pdf' then 'pdf' when f.media like 'audio/%' then 'sound' else 'office' end as form,
  ${closed} as closed,
  (f.created_at at time zone 'Asia/Shanghai')::date as added_on, a.name as added_by, (f.removed_at at time zone 'Asia/Shanghai')::date as removed_on`
const source = `files f left join accounts a on a.id = f.created_by`

export async function list(ctx: Ctx, owner: Input<typeof fileOps.list>): Promise<Answer<typeof fileOps.list>> {
  const stand = await standing(ctx, owner)
  const rows = await ctx.db.rows<Row>(
    `select ${columns} from ${source} where f.tenant_id = $1 and f.owner_type = $3 and f.owner_id = $4 and f.removed_at is null
        and ($5::text[] is null or f.field_group = any($5)) order by f.created_at, f.id limit 200`,
    [ctx.tenant, ctx.today, owner.owner_type, owner.owner_id, stand.groups && [...stand.groups]],
  )
  return { items: rows.map((row) => shown(ctx, row, stand)), can_add: stand.adds === null || stand.adds.size > 0 }
}

export async function get(ctx: Ctx, { id }: { id: string }): Promise<Attached> {
  const { row, stand } = await one(ctx, id)
  return shown(ctx, row, stand)
}

export async function add(ctx: Ctx, { body, file }: Input<typeof fileOps.add>): Promise<Attached> {
  const { owner_type, owner_id } = body
  const group = groupOf(owner_type, body.paper)
  const stand = await standing(ctx, body)
  if (!within(stand.groups, group) || !within(stand.adds, group)) throw notYours()
  await mustHaveRoom(ctx, body)
  const taken = await takeIn(ctx, file)
  const signed_by = body.signed_by?.trim() || null
  if (signed_by && (owner_type !== 'record' || !taken.media.startsWith('image/'))) throw problem('file_no_signature')
  const faceless = body.covered === 'yes' || signed_by !== null
  const consents =
    taken.media.startsWith('image/') && !faceless && isPicture(body) ? await mustBeAgreed(ctx, stand.children) : []
  const child_id = owner_type === 'child' ? owner_id : null
  await ctx.db.count(
    `insert into files (tenant_id, id, owner_type, owner_id, child_id, field_group, consent_id, covered, sha256, bytes, media, file_name, created_at, created_by, signed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ctx.tenant, body.id, owner_type, owner_id, child_id, group, consents[0] ?? null, faceless,
      taken.sha256, taken.bytes, taken.media, nameOf(file, taken.media), ctx.now, ctx.actor.account_id, signed_by,
    ], // prettier-ignore
  )
  await ctx.audit(body.covered === 'yes' ? 'files.add_covered' : 'files.add', body.id, { child_id })
  return get(ctx, { id: body.id })
}

/** Of a child's papers only photos show the child; a record's pictures always may. */
const isPicture = (body: { owner_type: Owner['owner_type']; paper?: Paper }) =>
  body.owner_type === 'record' || (body.owner_type === 'child' && body.paper === 'photo')

export async function content(ctx: Ctx, { id, size }: Input<typeof fileOps.content>): Promise<FileAnswer> {
  const { row, stand } = await one(ctx, id)
  if (row.removed_on !== null && !mayRemove(ctx, row, stand)) throw problem('not_found')
  if (row.closed) throw problem('file_closed')
  if (stand.children.length > 0) await ctx.opened(stand.children, 'files.content')
  const bytes = ctx.store.read(ctx.tenant, row.sha256)
  const small = size === 'small' && row.form === 'picture'
  return {
    file_name: row.file_name,
    media: small ? 'image/jpeg' : row.media,
    content: small ? await smallPicture(bytes) : Readable.from(bytes),
  }
}

export async function remove(ctx: Ctx, { id }: { id: string }): Promise<Attached> {
  const { row, stand } = await one(ctx, id)
  if (!mayRemove(ctx, row, stand)) throw notYours()
  await ctx.db.count(
    `update files set removed_at = $3, removed_by = $4 where tenant_id = $1 and id = $2 and removed_at is null`,
    [ctx.tenant, id, ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('files.remove', id)
  return get(ctx, { id })
}

export async function restore(ctx: Ctx, { id }: { id: string }): Promise<Attached> {
  const { row, stand } = await one(ctx, id)
  if (!mayRemove(ctx, row, stand)) throw notYours()
  await ctx.db.count(`update files set removed_at = null, removed_by = null where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
  ])
  await ctx.audit('files.restore', id)
  return get(ctx, { id })
}

async function one(ctx: Ctx, id: string): Promise<{ row: Row; stand: Standing }> {
  const row = await ctx.db.maybe<Row>(`select ${columns} from ${source} where f.tenant_id = $1 and f.id = $3`, [
    ctx.tenant,
    ctx.today,
    id,
  ])
  if (!row) throw problem('not_found')
  const stand = await standing(ctx, row)
  if (!within(stand.groups, row.field_group)) throw problem('not_found')
  return { row, stand }
}

function shown(ctx: Ctx, row: Row, stand: Standing): Attached {
  const { field_group, sha256: _sha256, media: _media, created_by: _by, ...rest } = row
  const paper = (Object.keys(papers) as Paper[]).find((code) => papers[code].group === field_group)
  return {
    ...rest,
    paper: row.owner_type === 'child' ? (paper ?? null) : null,
    can_remove: mayRemove(ctx, row, stand),
  }
}

/** Whoever put it there, and whoever may add to the same place. */
const mayRemove = (ctx: Ctx, row: Row, stand: Standing) =>
  row.created_by === ctx.actor.account_id || within(stand.adds, row.field_group)

const notYours = () => problem('file_not_yours', { values: { who: '儿童主任、档案管理员' } })

/** The owner's files are counted under a lock: two who add at once must not both find room. */
async function mustHaveRoom(ctx: Ctx, { owner_type, owner_id }: Owner): Promise<void> {
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${ctx.tenant}:files:${owner_id}`])
  const { count } = await ctx.db.one<{ count: number }>(
    `select count(*)::int as count from files where tenant_id = $1 and owner_type = $2 and owner_id = $3 and removed_at is null`,
    [ctx.tenant, owner_type, owner_id],
  )
  if (count >= filesPerOwner) throw problem('file_many', { values: { count } })
}

/** Looks at the bytes, makes a picture fit to be kept, and stores the content. @throws file_form, file_large, file_broken */
async function takeIn(ctx: Ctx, file: UploadedFile): Promise<{ sha256: string; bytes: number; media: string }> {
  const name = file.name
  const form = await formOf(file.path)
  if (!form) throw problem('file_form', { values: { name } })
  if (file.bytes > fileLimitBytes)
    throw problem('file_large', { values: { name, size: megabytes(file.bytes), limit: megabytes(fileLimitBytes) } })
  if (form.form !== 'picture' && form.form !== 'heic') {
    const stored = await ctx.store.put(ctx.tenant, createReadStream(file.path))
    return { ...stored, media: form.media }
  }
  const picture = await keptPicture(file.path, form.form === 'heic').catch((error: unknown) => {
    ctx.log.info({ err: error }, 'a picture could not be opened')
    throw problem('file_broken', { values: { name } })
  })
  const stored = await ctx.store.put(ctx.tenant, Readable.from([picture]))
  return { ...stored, media: 'image/jpeg' }
}

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`

/** A kept picture is a JPEG, whatever it was called. */
function nameOf(file: UploadedFile, media: string): string {
  const name = file.name.replaceAll(/[/\\\0]/g, '_').trim() || '未命名'
  return media === 'image/jpeg' && !/\.jpe?g$/i.test(name) ? `${name.replace(/\.\w{1,5}$/, '')}.jpg` : name
}

/** @returns the consents, one for each child. @throws photo_consent with the names of those who have none */
async function mustBeAgreed(ctx: Ctx, children: readonly string[]): Promise<string[]> {
  const consents = await photoConsents(ctx, children)
  const without = children.filter((id) => !consents.has(id))
  if (without.length === 0) return [...consents.values()]
  // Who is out of the actor's sight is counted, not named.
  const seen = await seenOf(ctx, without)
  const rows = await ctx.db.rows<{ name: string }>(
    `select given_name as name from children where tenant_id = $1 and id = any($2::uuid[]) order by pinyin limit 3`,
    [ctx.tenant, [...seen.keys()]],
  )
  const named = rows.map((row) => row.name).join('、')
  const all = `${named ? '等 ' : ''}${without.length} 个孩子`
  const names = rows.length < without.length ? `${named}${all}` : named
  throw problem('photo_consent', { values: { names } })
}
