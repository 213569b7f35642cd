// Care in the demonstration's first village: helpers and their children, consents, evaluations and one round of visits that is closed. Through
// the product's own verbs, some weeks ago, so that it looks as it would after two months of use.
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { HelperKind, PairingGoal, pairingOps } from '@nuanyang/contract/pairings.ts'
import * as consents from '../consents/consents.ts'
import * as evaluations from '../children/evaluations.ts'
import { ctxAs, type Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { findActor } from '../kernel/tx.ts'
import * as pairings from '../pairings/pairings.ts'
import * as surveys from '../surveys/surveys.ts'
import { daysAgo } from './work.ts'

interface Helper {
  name: string
  kind: HelperKind
  /** Which children, by their place in the list of the village. */
  helps: readonly number[]
  goals: readonly PairingGoal[]
  contact: string
}

const helpers: readonly Helper[] = [
  { name: '范春梅', kind: 'caring_mother', helps: [0, 1], goals: ['life', 'mind'], contact: '周六上午在活动室' },
  { name: '石守田', kind: 'party_member', helps: [2], goals: ['life', 'safety'], contact: '每周三放学后到家里' },
  { name: '温如兰', kind: 'help_teacher', helps: [3, 4], goals: ['study'], contact: '周一、周四课后' },
  { name: '路远志', kind: 'retired_comrade', helps: [5], goals: ['study', 'mind'], contact: '周日下午在村图书室' },
  { name: '贺小满', kind: 'volunteer', helps: [6], goals: ['mind'], contact: '隔周周六' },
  { name: '邓长河', kind: 'cadre', helps: [8, 9], goals: ['life', 'safety'], contact: '每月逢五到家里' },
]

/** @param membership of the child director of the village */
export async function seedCare(ctx: Ctx, membership: string): Promise<void> {
  const then = async (days: number) => {
    const ago = daysAgo(ctx, days)
    return ctxAs(ago, { tenant: ctx.tenant, session: ctx.session, actor: (await findActor(ctx.db, ctx.tenant, membership, ago.today))! }) // prettier-ignore
  }
  const [early, lately] = [await then(60), await then(20)]
  const children = (
    await ctx.db.rows<{ id: string }>(
      `select c.id from child_units u join children c on c.tenant_id = $1 and c.id = u.child_id
        where u.tenant_id = $1 and u.unit_id = $2 and u."as" = 'residence' order by c.pinyin, c.id`,
      [ctx.tenant, early.actor.unit_id],
    )
  ).map((child) => child.id)
  await pair(early, children)
  await agree(early, children)
  await evaluate(lately, children)
  await visit(await then(40), await then(33), children)
}

async function pair(ctx: Ctx, children: readonly string[]): Promise<void> {
  for (const { name, kind, helps, goals, contact } of helpers) {
    let helper_id: string | null = null
    for (const place of helps) {
      const body: Input<typeof pairingOps.create>['body'] = { id: newId(), child_id: children[place]!, helper: helper_id ? { helper_id } : { name, kind, vetted: true }, from_on: ctx.today, term: '一学年', goals: [...goals], contact_how: contact } // prettier-ignore
      helper_id = (await pairings.create(ctx, { body })).helper_id
    }
  }
}

async function agree(ctx: Ctx, children: readonly string[]): Promise<void> {
  for (const child_id of children.slice(0, 12))
    await consents.add(ctx, {
      body: { id: newId(), child_id, purpose: 'photo', legal_basis: 'consent', given_by: '监护人', how: 'paper', from_on: ctx.today },
    }) // prettier-ignore
}

async function evaluate(ctx: Ctx, children: readonly string[]): Promise<void> {
  const later = new Date(Date.parse(ctx.today) + 180 * 86_400_000).toISOString().slice(0, 10)
  for (const [n, child_id] of children.slice(0, 8).entries())
    await evaluations.add(ctx, {
      body: { id: newId(), child_id, kind: 'guardianship', on_day: ctx.today, result: n % 4 === 3 ? 'fair' : 'good', reasons: n % 4 === 3 ? ['carer_weak'] : [], note: n % 4 === 3 ? '奶奶年纪大，夜里常要孩子照应。' : '照护人细心，孩子吃住安稳。', child_heard: true, review_on: later },
    }) // prettier-ignore
}

/** One round over the village: most were at home, some had news, a few doors stayed shut. */
async function visit(begins: Ctx, ends: Ctx, children: readonly string[]): Promise<void> {
  const id = newId()
  await surveys.open(begins, { body: { id, title: '秋季走访摸底', from_on: begins.today, until_on: ends.today } })
  const rows = await begins.db.rows<{ id: string; child_id: string }>(
    `select id, child_id from survey_visits where tenant_id = $1 and round_id = $2 order by position`,
    [begins.tenant, id],
  )
  const of = (from: number, until: number) => rows.slice(from, until).map((row) => row.id)
  const third = Math.min(20, Math.floor(children.length / 2))
  const say = (visit_ids: string[], more: object) =>
    surveys.say(ends, { id, body: { id: newId(), visit_ids, visited_on: ends.today, state: 'no_change', ...more } })
  await say(of(0, third), {})
  await say(of(third, third + 8), { state: 'changed', reasons: ['low_income'], request_about: 'contact', note: '想多和外面的爸妈视频。', confirmed_by: '奶奶' }) // prettier-ignore
  await say(of(third + 8, third + 14), {})
  await say(of(third + 14, third + 18), { state: 'not_home' })
  const round = await surveys.get(ends, { id })
  await surveys.close(ends, { id, body: { version: round.version } })
}
