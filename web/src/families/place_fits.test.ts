import { expect, it } from 'vitest'
import { placeFits } from './place_fits.ts'

it.each([
  ['浙江省温州市瑞安', '瑞安市', true],
  ['贵州道真', '道真仡佬族苗族自治县', true],
  ['安徽泗县', '泗县', true],
  ['重庆市', '市场社区', false],
])('%s and %s: %s', (words, name, fits) => expect(placeFits(words, name)).toBe(fits))
