// Materials over the API, as the page asks for them: made by the job, then fetched. And the children they are made of.
import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { childOps, type Facts } from '@nuanyang/contract/children.ts'
import { documentOps, type IssuedDocument, type NewDocument } from '@nuanyang/contract/documents.ts'
import type { ChildLink } from '@nuanyang/contract/roles.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { ask, send } from './hands.ts'
import { expect } from './server.ts'

/** A file in which nothing is missing. */
export const wholeFacts: Facts = {
  sex: 'female',
  born_on: '2017-08-21',
  school_name: '镇中心小学',
  grade: '3',
  class_number: '2',
  boarding: false,
  health: 'healthy',
  address: '大水村三组 7 号',
  household_place: '江西省万载县大水村',
  household_place_code: '360123104207',
  father: { name: '陈建国', phones: ['19800000731'], state: 'away', work_place: '广东东莞', work_place_code: '441900', away_since: '2025-01-01' },
  mother: { name: '李秋萍', phones: ['19800000732'], state: 'away', work_place: '浙江宁波', work_place_code: '330200', away_since: '2025-01-01' },
  carer: { name: '王桂英', relation: 'paternal_grandmother', phones: ['19900000216'], guardianship_type: 'good' },
} // prettier-ignore

export async function makeChildren(
  page: Page,
  children: readonly { name: string; facts?: Facts }[],
  links: readonly { unit_id: string; as: ChildLink }[],
): Promise<string[]> {
  const ids: string[] = []
  for (const { name, facts } of children) {
    const id = newId()
    await send(page, childOps.create.path, {
      id,
      facts: { ...wholeFacts, ...facts, name },
      links,
      although_similar: true,
    })
    ids.push(id)
  }
  return ids
}

/** Makes a document and fetches it. @returns where it lies on the disk */
export async function material(page: Page, asked: Omit<NewDocument, 'id' | 'purpose'>): Promise<string> {
  const id = newId()
  await send(page, documentOps.issue.path, { purpose: '按要求上报', ...asked, id })
  await expect
    .poll(async () => (await ask<IssuedDocument>(page, `/documents/${id}`)).state, { timeout: 60_000 })
    .toBe('ready')
  const answer = await page.request.post(`/api/documents/${id}/download`, {
    headers: { 'x-nuanyang': '1' },
    data: { format: asked.format },
  })
  expect(answer.ok()).toBe(true)
  const path = join(mkdtempSync(join(tmpdir(), 'nuanyang-material-')), `it.${asked.format}`)
  writeFileSync(path, await answer.body())
  return path
}
