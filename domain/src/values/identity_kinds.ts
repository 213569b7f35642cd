import type { CodeOf, ValueEntry } from './value.ts'

/** 证件类型; anything but the resident number has no check digit and says neither birth nor sex. */
export const identityKinds = [
  {
    code: 'resident',
    zh: '居民身份证',
    en: 'resident identity card',
    read_as: ['身份证', '居民身份证', '户口簿', '1'],
  },
  {
    code: 'hk_macao',
    zh: '港澳居民证件',
    en: 'Hong Kong or Macao',
    read_as: ['港澳居民来往内地通行证', '港澳居民居住证', '香港特区护照/身份证明', '澳门特区护照/身份证明', '回乡证'],
  },
  { code: 'taiwan', zh: '台湾居民证件', en: 'Taiwan', read_as: ['台湾居民来往大陆通行证', '台胞证', '台湾居民居住证'] },
  { code: 'passport', zh: '护照', en: 'passport', read_as: ['外国护照', '境外永久居住证'] },
  { code: 'other', zh: '其他证件', en: 'other', read_as: ['其他', '无', '出生医学证明', '其它'] },
] as const satisfies readonly ValueEntry[]
export type IdentityKind = CodeOf<typeof identityKinds>
