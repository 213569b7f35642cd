import { expect, test } from 'vitest'
import { partsOf, wordsOf } from './several.ts'

test('words are parted the way people part them, once each', () => {
  expect(partsOf('语文、数学， 英语,数学')).toEqual(['语文', '数学', '英语'])
  expect(partsOf('  ')).toEqual([])
  expect(wordsOf(['打球', '画画'])).toBe('打球、画画')
})
