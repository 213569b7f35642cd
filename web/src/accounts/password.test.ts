import { expect, it } from 'vitest'
import { lettersMissing } from './password.ts'

it.each([
  ['', 12],
  ['abcdef', 6],
  ['abcdefghijkl', 0],
  ['小雨爱画画呀', 0],
  ['小雨爱画画', 2],
  ['小雨2017花', 2],
])('%s lacks %i', (password, missing) => expect(lettersMissing(password)).toBe(missing))
