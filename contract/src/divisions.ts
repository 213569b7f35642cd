/**
 * Divisions (行政区划): the places of the country as the statistics office lists them, province down to village or community.
 * Everybody finds their own place by typing part of it; nobody walks down five menus.
 *
 * The list is a reference: read only, the same in every installation, dated. What it lacks (开发区, a village founded since,
 * 兵团, a city without counties) is *written in*: a name under a listed place. A written-in place gets a code of its own made
 * from its parent's code and its name, so two installations that write in the same place agree on the code.
 */
import { Type, type Static } from 'typebox'

export const divisionLevels = [
  { level: 1, code: 'province', zh: '省（自治区、直辖市）', en: 'province' },
  { level: 2, code: 'city', zh: '市（州、盟）', en: 'city' },
  { level: 3, code: 'county', zh: '县（市、区、旗）', en: 'county' },
  { level: 4, code: 'township', zh: '乡镇（街道）', en: 'township' },
  { level: 5, code: 'village', zh: '村（社区）', en: 'village or community' },
] as const

/** A listed code without padding (360123104207), or a written-in one: a listed code, '-', letters (3601-gaoxinqu). */
export const DivisionCode = Type.String({
  pattern: '^\\d{2}(\\d{2}(\\d{2}(\\d{3}(\\d{3})?)?)?)?(-[a-z0-9]{1,60})?$',
  title: '区划代码',
})

export const DivisionLevel = Type.Integer({ minimum: 1, maximum: 5, title: '级别' })

export const DivisionHit = Type.Object({
  code: DivisionCode,
  /** as people say it: 小暑村, 荷塘社区, 芦溪镇 */
  name: Type.String(),
  level: DivisionLevel,
  /** the names above it, outermost first, joined: 云江省云州市青禾县芦溪镇 */
  path_name: Type.String(),
  parent_code: Type.Union([DivisionCode, Type.Null()]),
})
export type DivisionHit = Static<typeof DivisionHit>

export const DivisionSearch = Type.Object({
  /** 汉字, pinyin, initials, a code, or several of them: 小暑 · xiaoshu · xsc · 360123 · 青禾 小暑 · 芦溪镇小暑村 */
  q: Type.String({ maxLength: 80, title: '村名、拼音、首字母或区划代码' }),
  /** only these levels; in a URL the key is repeated: levels=4&levels=5 */
  levels: Type.Optional(Type.Array(DivisionLevel, { maxItems: 5, uniqueItems: true })),
  /** only places inside this listed place */
  within: Type.Optional(Type.String({ pattern: '^(\\d{2}|\\d{4}|\\d{6}|\\d{9})$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
})
export type DivisionSearch = Static<typeof DivisionSearch>

export const DivisionAnswer = Type.Object({
  hits: Type.Array(DivisionHit),
  /** there are more than were asked for: typing on narrows them */
  more: Type.Boolean(),
  /** null when the list is ready; else how much of it is loaded, 0–100 (first start only) */
  preparing_percent: Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()]),
})
export type DivisionAnswer = Static<typeof DivisionAnswer>

/** A place that the list lacks: 开发区, 新设的村, 不设区的市的片区. */
export const WrittenInDivision = Type.Object({
  name: Type.String({ minLength: 2, maxLength: 40, title: '名称' }),
  level: DivisionLevel,
  /** the listed place it belongs to */
  under_code: Type.String({ pattern: '^(\\d{2}|\\d{4}|\\d{6}|\\d{9})$', title: '属于哪里' }),
})
export type WrittenInDivision = Static<typeof WrittenInDivision>
