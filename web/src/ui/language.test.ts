import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { fill, fillWith, listed } from './language.ts'

const words = { zh: '这周还有 {who}等你联系，其中 {n} 个今天到期。', en: '{who} this week, {n} due today.' }

it('fills a sentence, and leaves a gap visible that nobody filled', () => {
  expect(fill(words, { who: '4 个孩子', n: 2 }, 'zh')).toBe('这周还有 4 个孩子等你联系，其中 2 个今天到期。')
  expect(fill(words, { n: 2 }, 'en')).toBe('{who} this week, 2 due today.')
})

it('puts a link into a sentence without losing the words around it', () => {
  const link = createElement('a', { href: '/children' }, '4 个孩子')
  expect(renderToStaticMarkup(createElement('p', null, fillWith(words, { who: link, n: 0 }, 'zh')))).toBe(
    '<p>这周还有 <a href="/children">4 个孩子</a>等你联系，其中 0 个今天到期。</p>',
  )
})

it('lists what is there with the comma of the language', () => {
  expect(listed(['9 岁', null, '', '三年级'], 'zh')).toBe('9 岁，三年级')
  expect(listed(['9', 'grade 3'], 'en')).toBe('9, grade 3')
})
