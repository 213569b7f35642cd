import { expect, it } from 'vitest'
import { addressOf, fileName } from './client.ts'
import { readProblem } from './problem.ts'

it('fills the path, sends the rest as query and leaves out what is empty', () => {
  const address = addressOf(
    { path: '/children/:id/records' },
    { id: '0198/é', kind: ['talk', 'visit'], q: '', after: undefined, limit: 50, open: true, body: { x: 1 } },
  )
  expect(address).toBe('/api/children/0198%2F%C3%A9/records?kind=talk&kind=visit&limit=50&open=true')
})

it('does not call a path with a hole in it', () => {
  expect(() => addressOf({ path: '/children/:id' }, { id: '' })).toThrow('/children/:id needs id')
})

it('keeps the Chinese name of a downloaded file', () => {
  expect(fileName(`attachment; filename="roster.xlsx"; filename*=UTF-8''%E8%8A%B1%E5%90%8D%E5%86%8C.xlsx`)).toBe(
    '花名册.xlsx',
  )
  expect(fileName('attachment; filename="a.pdf"')).toBe('a.pdf')
})

it('turns a page of somebody else’s proxy into a sentence that says nothing was lost', () => {
  const problem = readProblem(502, '<html>Bad Gateway</html>', 'r-7')
  expect(problem.code).toBe('broken')
  expect(problem.passing).toBe(true)
  expect(problem.detail).toContain('502')
  expect(problem.request_id).toBe('r-7')
})

it('keeps the server’s own sentence and its fields', () => {
  const problem = readProblem(
    422,
    JSON.stringify({
      status: 422,
      code: 'invalid',
      detail: '有 1 处没有填对',
      detail_en: '1 field',
      errors: [{ path: 'body.name', zh: '请写姓名', en: 'Name' }],
    }),
  )
  expect(problem.passing).toBe(false)
  expect(problem.errors[0]?.zh).toBe('请写姓名')
})
