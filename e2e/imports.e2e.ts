// A roster from the file to the files and back: checked as its own sheet, asked about once, written, taken back; left and come back to.
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import exceljs from 'exceljs'
import { newId } from '../server/src/kernel/ids.ts'
import { expect, test, type Server } from './server.ts'

test.describe.configure({ mode: 'serial' })

const director = { name: '周敏', username: 'zhoumin.imports', password: '河边的老水车还在转' }

async function api(page: Page, method: string, path: string, body?: object): Promise<unknown> {
  return page.evaluate(
    async (said) => {
      const answer = await fetch(`/api${said.path}`, {
        method: said.method,
        headers: { 'x-nuanyang': '1', 'content-type': 'application/json', 'idempotency-key': said.key },
        ...(said.body ? { body: JSON.stringify(said.body) } : {}),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    { method, path, body, key: newId() },
  )
}

interface Signed {
  memberships: { id: string; role: string }[]
}

/** As the child director of a village that has nobody yet. */
async function comeIn(page: Page, server: Server): Promise<void> {
  await page.goto('/sign-in')
  const { needed } = (await (await page.request.get('/api/setup')).json()) as { needed: boolean }
  const session = (await (needed
    ? api(page, 'POST', accountOps.set_up.path, {
        code: server.setup_code,
        kind: 'village',
        place_code: '360123104207',
        ...director,
        separate_admins: false,
      })
    : api(page, 'POST', accountOps.sign_in.path, {
        username: director.username,
        password: director.password,
      }))) as Signed
  const seat = session.memberships.find((one) => one.role === 'child_director')!
  await api(page, 'POST', accountOps.switch_membership.path, { membership_id: seat.id })
}

const number = (first17: string) => first17 + checkDigit(first17)
const heads = [
  '村民组',
  '娃娃姓名',
  '性别',
  '身份证',
  '出生',
  '年级',
  '带娃的人',
  '啥关系',
  '联系电话',
  '爸爸在哪打工',
  '关爱级别',
]
const nobody = [
  [
    '一组',
    '方知夏',
    '女',
    number('36012320160514092'),
    '2016.05.14',
    '四年级',
    '方德厚',
    '爷爷',
    '13800001234',
    '温州',
    '中',
  ],
  ['一组', '严小禾', '男', '', '2019.1', '一年级', '严秀云', '奶奶', '13800001235', '东莞', '中'],
  ['三组', '金晓晨', '男', number('36012320181002091'), '2018.1', '二年级', '金有福', '爷爷', '13800001236', '', '低'],
  [
    '三组',
    '林若溪',
    '女',
    number('36012320140630092'),
    '2014.06.30',
    '六年级',
    '林春梅',
    '姑姑',
    '13800001237',
    '厦门',
    '高',
  ],
]

async function roster(lines: readonly (readonly string[])[], title = '留守儿童台账（2026年11月）'): Promise<Buffer> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow([title])
  sheet.mergeCells(1, 1, 1, heads.length)
  for (const line of [heads, ...lines, ['小计', `${lines.length} 人`]]) sheet.addRow([...line])
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function put(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto('/imports')
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
}

const first = '台账 2026.xlsx'
/** A workbook carries the moment it was written: the same bytes are these. */
let bytes: Buffer

test.beforeAll(async () => {
  bytes = await roster(nobody)
})

test('the first day leads to the first roster: checked as its own sheet, asked once, written', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  await page.goto('/today')
  await expect(page.getByText('先把孩子们请进来')).toBeVisible()
  await page.getByRole('link', { name: '放进去年的花名册' }).click()
  await put(page, first, bytes)
  await expect(page.getByRole('heading', { name: '核对花名册' })).toBeVisible()

  // The sheet as its writer knows it, with what will happen; the middle of a number is not shown.
  const sheet = page.getByRole('grid')
  await expect(sheet.getByRole('row', { name: /方知夏/ })).toContainText('新增')
  await expect(sheet.getByRole('columnheader', { name: 'B 娃娃姓名' })).toBeVisible()
  await expect(sheet).not.toContainText('36012320160514')
  await expect(sheet.getByRole('row', { name: /小计/ })).toContainText('不导入')
  await expect(page.getByRole('button', { name: '新增 4' })).toBeVisible()
  // Odd heads are chips; plain ones fold.
  await expect(page.getByRole('button', { name: /“关爱级别”这一列/ })).toBeVisible()

  // Importing before the answer says what is missing instead of being greyed out.
  await page.getByRole('button', { name: '导入 4 个孩子' }).click()
  await expect(page.getByText('先把 1 个问题答了')).toBeVisible()
  const pane = page.getByRole('complementary', { name: '问题' })
  await expect(pane.getByRole('heading', { name: '“2019.1”是 1 月，还是 10 月？' })).toBeVisible()
  await expect(pane.getByRole('row', { name: /金晓晨/ })).toContainText('身份证写 10 月')
  await pane.getByText('都是 1 月').click()
  await pane.getByRole('button', { name: '就这样' }).click()
  await expect(page.getByRole('heading', { name: '可以导入了' })).toBeVisible()

  await page.getByRole('button', { name: '导入 4 个孩子' }).click()
  await expect(page.getByRole('heading', { name: '导入好了' })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('link', { name: '看这 4 个孩子' }).click()
  await expect(page).toHaveURL(/children\?import_id=/)
  for (const [, name] of nobody) await expect(page.getByText(name!).first()).toBeVisible()
})

test('the same bytes again lead to the earlier import', async ({ page, server }) => {
  await comeIn(page, server)
  await put(page, '换了名字.xlsx', bytes)
  await expect(page.getByText('这份表以前放过')).toBeVisible()
  await expect(page.getByRole('heading', { name: '导入好了' })).toBeVisible()
})

test('next term brings differences only; whoever is not named stays; a line can be left out; it is taken back with a reason', async ({
  page,
  server,
}) => {
  await comeIn(page, server)
  const next = nobody.slice(0, 3).map((line) => [...line])
  next[0]![9] = '佛山'
  next[1]![4] = '2019.01'
  next.push(['五组', '唐可心', '女', '', '2017.02.03', '三年级', '邓金花', '外婆', '13800001238', '中山', '低'])
  await put(page, '台账 下学期.xlsx', await roster(next, '留守儿童台账（2026年12月）'))
  await expect(page.getByRole('heading', { name: '核对花名册' })).toBeVisible()
  await page.getByRole('button', { name: '先放着' }).click()
  const changed = page.getByRole('grid').getByRole('row', { name: /方知夏/ })
  await expect(changed).toContainText('更新')
  await expect(changed).toContainText('佛山')
  await expect(changed).toContainText('原 温州')
  await changed.click()
  const pane = page.getByRole('complementary', { name: '问题' })
  await expect(pane.getByText('爸爸的务工地点')).toBeVisible()
  await pane.getByRole('button', { name: /看总的|回到问题/ }).click()
  await expect(pane.getByText('这份表没写到的 1 个孩子')).toBeVisible()

  // Who may be somebody already known is decided by a person: until then the line is left out.
  await expect(page.getByText('1 个疑似重复没定')).toBeVisible()
  await page
    .getByRole('grid')
    .getByRole('row', { name: /严小禾/ })
    .click()
  await pane.getByText('就是严小禾').click()
  await expect(page.getByRole('button', { name: '导入 3 个孩子' })).toBeVisible()
  await pane.getByText('不导入这一行').click()
  await expect(page.getByRole('button', { name: '导入 2 个孩子' })).toBeVisible()

  await page
    .getByRole('grid')
    .getByRole('row', { name: /唐可心/ })
    .click()
  await pane.getByText('不导入这一行').click()
  await expect(page.getByRole('button', { name: '导入 1 个孩子' })).toBeVisible()
  await pane.getByText('新建一份档案').click()
  await expect(page.getByRole('button', { name: '导入 2 个孩子' })).toBeVisible()
  await page.getByRole('button', { name: '导入 2 个孩子' }).click()
  await expect(page.getByRole('heading', { name: '导入好了' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('link', { name: '林若溪' })).toBeVisible()

  await page.getByRole('button', { name: '撤回这次导入' }).click()
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await expect(page.getByText('请写一句原因')).toBeVisible()
  await page.getByLabel('为什么撤回').fill('放错了学期')
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await expect(page.getByRole('heading', { name: '这次导入已经撤回' })).toBeVisible()
  const { count } = (await api(page, 'GET', '/children/count')) as { count: number }
  expect(count).toBe(4)
})

test('an import that somebody built on is not taken back: the conflicts are shown', async ({ page, server }) => {
  await comeIn(page, server)
  const list = (await api(page, 'GET', '/children?q=方知夏')) as { items: { id: string }[] }
  const id = list.items[0]!.id
  const file = (await api(page, 'GET', `/children/${id}`)) as { version: number }
  await api(page, 'POST', childOps.change.path.replace(':id', id), {
    version: file.version,
    facts: { hobbies: '画画' },
  })
  await page.goto('/imports')
  await page.getByRole('link', { name: first }).click()
  await page.getByRole('button', { name: '撤回这次导入' }).click()
  await page.getByLabel('为什么撤回').fill('试一试')
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await expect(page.getByRole('heading', { name: /没有撤回：有 1 处/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /方知夏/ })).toContainText('爱好特长')
  await expect(page.getByRole('button', { name: '撤回这次导入' })).toBeVisible()
})

/** Long enough that reading it outlasts a click. */
async function longRoster(rows: number): Promise<Buffer> {
  const family = '赵钱孙李周吴郑王冯陈'
  const given = '晓明雨晨小禾若溪知夏可心思远子墨'
  return roster(
    Array.from({ length: rows }, (_, n) => [
      `${(n % 9) + 1} 组`,
      `${family[Math.floor(n / 256) % 10]}${given[Math.floor(n / 16) % 16]}${given[n % 16]}`,
      n % 2 ? '女' : '男',
      '',
      '',
      '三年级',
      `${family[(n + 3) % 10]}桂${given[n % 16]}`,
      '奶奶',
      `139${String(10_000_000 + n)}`,
      '东莞',
      '中',
    ]),
    '大台账（2026年11月）',
  )
}

test('a long file can be left while it is read and written; 今天 waits with it; any line is at hand', async ({
  page,
  server,
}) => {
  test.setTimeout(120_000)
  await comeIn(page, server)
  await put(page, '大台账.xlsx', await longRoster(1200))
  await page.waitForURL(/imports\/[0-9a-f-]{36}/)
  await page.goto('/today')
  const line = page.getByRole('link', { name: /大台账/ })
  await expect(line).toContainText(/正在读|等着读|等你核对/)
  await expect(line).toContainText('等你核对', { timeout: 60_000 })
  await line.click()
  const sheet = page.getByRole('grid')
  await expect(sheet).toHaveAttribute('aria-rowcount', /^120[0-9]$/)
  await sheet.focus()
  await page.keyboard.press('End')
  await expect(sheet.getByRole('row', { name: /小计/ })).toBeVisible()
  // Far fewer lines are built than the sheet has.
  expect(await sheet.getByRole('row').count()).toBeLessThan(80)

  await page.getByRole('button', { name: /^导入 \d+ 个孩子$/ }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  const address = page.url()
  await page.goto('/children')
  await page.goto(address)
  await expect(page.getByRole('heading', { name: '导入好了' })).toBeVisible({ timeout: 90_000 })
})

test('a cut connection and a wrong file end in a sentence, and the file is sent again with one press', async ({
  page,
  server,
}, about) => {
  await comeIn(page, server)
  await page.route('**/api/imports', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await put(page, '断线.xlsx', await roster(nobody.slice(1)))
  await expect(page.getByText('传到一半断了')).toBeVisible()
  await page.unroute('**/api/imports')
  await page.getByRole('button', { name: '再传一次' }).click()
  await expect(page.getByRole('heading', { name: '核对花名册' })).toBeVisible()

  // A file of 200 MB is said at once; nothing of it is sent.
  const huge = about.outputPath('全县照片.xlsx')
  mkdirSync(dirname(huge), { recursive: true })
  writeFileSync(huge, '')
  truncateSync(huge, 200 * 1024 * 1024)
  await page.goto('/imports')
  await page.locator('input[type=file]').setInputFiles(huge)
  await expect(page.getByText(/“全县照片\.xlsx”有 200 MB，超过了上限 64 MB。请拆成几份。/)).toBeVisible()

  await put(page, '扫描件.pdf', Buffer.from('%PDF-1.7 a scan'))
  await expect(page.getByRole('heading', { name: '这份表没有读成' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('图片或扫描件')
  await page.getByRole('button', { name: '不要这份了' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '不要这份了' }).click()
  await expect(page.getByRole('heading', { name: '放进花名册' })).toBeVisible()
  await expect(page.getByText('扫描件.pdf')).toBeHidden()
})

test('on the phone: one question per screen, then two lines for each row @phone', async ({ page, server }) => {
  await comeIn(page, server)
  const lines = [
    ['二组', `贺小满${newId().slice(-3)}`, '女', '', '2018.1', '二年级', '贺长顺', '爷爷', '13800001239', '泉州', '中'],
  ]
  await put(page, '手机上放的.xlsx', await roster(lines, `手机台账（2026年11月）${newId()}`))
  const narrow = (page.viewportSize()?.width ?? 0) < 768
  await expect(page.getByRole('heading', { name: '“2018.1”是 1 月，还是 10 月？' })).toBeVisible()
  if (narrow) await expect(page.getByRole('grid')).toBeHidden()
  await page.getByRole('button', { name: '先放着' }).click()
  await expect(page.getByRole('heading', { name: '可以导入了' })).toBeVisible()
  await expect(page.getByText('放着的问题')).toBeVisible()
  if (narrow) {
    await page.getByRole('button', { name: new RegExp(lines[0]![1]!) }).click()
    await expect(page.getByRole('dialog')).toContainText('出生月份看不准')
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  }
  await page.getByRole('button', { name: '导入 1 个孩子' }).click()
  await expect(page.getByRole('heading', { name: '导入好了' })).toBeVisible({ timeout: 20_000 })
})
