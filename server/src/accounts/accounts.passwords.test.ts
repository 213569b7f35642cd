import { expect, test } from 'vitest'
import { isPassword, hashPassword, oneTimePassword, passwordLength, weakness } from './accounts.passwords.ts'

const who = { username: 'lishan', name: '李山' }
const why = (password: string) => weakness(password, who)?.zh ?? null

test('what people can remember and nobody guesses is accepted', () => {
  for (const good of [
    '槐树下等奶奶',
    '谷雨前要把秧插完',
    'mountain river tea',
    'correcthorsebattery',
    'x7#Lq9!vRt2z',
    '春天第3个周末赶集',
  ])
    expect([good, why(good)]).toEqual([good, null])
})

test('length is counted in letters, a Chinese character as two', () => {
  expect(passwordLength('槐树abc')).toBe(7)
  expect(why('槐树下等奶')).toContain('还差 2 个')
  expect(why('abcdefg1x')).toContain('还差 3 个')
  expect(why('山'.repeat(200))).toContain('最多')
})

test('names, well-known passwords and patterns are refused, with letters written as digits too', () => {
  for (const own of ['lishan-at-home', 'ＬＩＳＨＡＮ at home', '李山一家五口人', 'my name li shan is lishan'])
    expect([own, why(own)]).toEqual([own, expect.stringContaining('名字')])
  for (const common of [
    'password1234',
    'P@ssw0rd2024',
    'qwertyuiop123',
    '123456789012',
    '111111111111',
    'abcabcabcabc',
    'woaini5201314',
    'nuanyang2026',
    'liushouertong123',
    '1qaz2wsx3edc',
    'admin@123456',
    '199001011990',
    'zhang.123456',
  ])
    // prettier-ignore
    expect([common, why(common)]).toEqual([common, expect.stringContaining('换一句')])
})

test('a kept password is recognised however it was typed, and never without an account', async () => {
  const kept = await hashPassword('Ｈuáishù tree 12')
  expect(await isPassword(kept, 'Huáishù tree 12')).toBe(true)
  expect(await isPassword(kept, 'Huaishu tree 12')).toBe(false)
  expect(await isPassword(null, 'anything at all')).toBe(false)
  expect(await isPassword('-', '-')).toBe(false)
})

test('one-time passwords differ, and hold nothing that is misread from paper', () => {
  const made = Array.from({ length: 200 }, oneTimePassword)
  expect(new Set(made).size).toBe(200)
  for (const one of made) expect(one).toMatch(/^[a-hjkmnp-z2-9]{4}-[a-hjkmnp-z2-9]{4}-[a-hjkmnp-z2-9]{4}$/)
})
