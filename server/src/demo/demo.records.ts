// What was done in the demonstration's first village these weeks: enough for a timeline, ledgers and a card. Some children have been
// talked to lately, some have waited, as in life.
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import type { NewRecord } from '@nuanyang/contract/records.ts'
import { makeCtx, type Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { addRecords } from '../records/records.ts'

type Said = [kind: Kind, days: number, text: string, fields: NewRecord['fields'], place?: string]

/** Told of one child, by how many days ago. */
const ofOne: readonly (readonly Said[])[] = [
  [
    ['talk', 3, '背书得了小红花，想让妈妈看看。夜里有点怕黑，奶奶睡得早。', { way: 'in_person', mood: 'calm', type: 'everyday', next_step: '周六视频时给妈妈看小红花' }, '学校'],
    ['call', 5, '妈妈看了画，说过年带新颜料。', { reached: 'yes', party: 'mother', way: 'video', minutes: 18, mood: 'cheerful' }, '家里'],
    ['visit', 26, '奶奶在家，灶台边收拾得干净，孩子的书桌靠窗。', { met: 'carer', purpose: 'regular', advice: '过道留一盏灯', at_school: '作业整齐' }, '家里'],
  ],
  [
    ['call', 2, '没有人接，晚上再打。', { reached: 'no', party: 'father', way: 'phone' }, '村里'],
    ['study', 8, '一起画线段图，两步应用题能自己列式了。', { subjects: ['maths'], form: 'tutoring', minutes: 30 }, '学校'],
  ],
  [
    ['talk', 12, '不太说话，愿意画画。约好下次带水彩笔。', { way: 'in_person', mood: 'anxious', next_step: '带水彩笔来' }, '活动室'],
    ['diary', 9, '今天我会自己骑车了，摔了一下，不疼。', { entry: 'entry', written_by: 'child', heading: '学骑车' }],
  ],
  [['visit', 40, '家里没人，邻居说去镇上了。', { met: 'nobody' }, '家里']],
  [['health', 6, '发烧，校医看过，下午爷爷接回家。', { event: 'ill', treated: 'clinic' }, '学校']],
] // prettier-ignore

/** The village's own, with how many of the children took part. */
const ofVillage: readonly (readonly [...Said, number])[] = [
  ['activity', 24, '一起包饺子、猜灯谜，孩子自己报幕。', { type: 'festival', theme: '重阳敬老', heads_all: 34, heads_left_behind: 18, hosted_by: '大班的孩子' }, '活动室', 18],
  ['film', 11, '看完说得最多的是“爸爸背着走了很远”。', { film: '背起爸爸上学', type: 'inspiring', heads_all: 26, heads_left_behind: 15 }, '活动室', 15],
  ['lecture', 18, '民警讲了防溺水和陌生人。', { topics: ['law', 'safety'], lecturer: '褚志强', lecturer_is: 'police', heads_all: 40, heads_left_behind: 20 }, '学校', 20],
  ['meeting', 15, '说了冬天用火用电，约定每周六下午和外面的爸妈视频。', { type: 'carers', theme: '照护人座谈会', invited: 22, attended: 19 }, '村委会', 0],
  ['publicity', 30, '家庭教育促进法', { form: 'leaflet', copies: 80, households: 64 }, '村里', 0],
] // prettier-ignore

export async function seedRecords(
  ctx: Ctx,
  village_id: string,
  who: { account_id: string; account_name: string },
): Promise<void> {
  const unit = await ctx.db.one<{ name: string; path: string }>(
    `select name, path from units where tenant_id = $1 and id = $2`,
    [ctx.tenant, village_id],
  )
  const children = await ctx.db.rows<{ id: string }>(
    `select c.id from child_units u join children c on c.tenant_id = $1 and c.id = u.child_id
      where u.tenant_id = $1 and u.unit_id = $2 and u."as" = 'residence' order by c.pinyin, c.id`,
    [ctx.tenant, village_id],
  )
  const actor = { ...who, membership_id: newId(), role: 'child_director' as const, adult_id: null, unit_id: village_id, unit_name: unit.name, unit_kind: 'village', unit_path: unit.path, separate_admins: false } // prettier-ignore
  const writing = makeCtx({ house: ctx, db: ctx.db, tenant: ctx.tenant, session: null, actor, now: ctx.now, request_id: ctx.request_id }) // prettier-ignore
  const record = ([kind, days, text, fields, place]: readonly [...Said, ...unknown[]], child_ids: string[]): NewRecord => ({
    id: newId(),
    kind,
    happened_on: dayBefore(ctx.today, days),
    text,
    fields,
    child_ids,
    ...(place ? { place } : {}),
  }) // prettier-ignore
  await addRecords(writing, [
    ...children.flatMap(({ id }, n) => (ofOne[n] ?? []).map((said) => record(said, [id]))),
    ...ofVillage.map((said) =>
      record(
        said,
        children.slice(0, said[5]).map(({ id }) => id),
      ),
    ),
  ])
}

const dayBefore = (today: string, days: number): string =>
  new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
