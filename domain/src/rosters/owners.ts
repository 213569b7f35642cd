// Whose 电话, 务工地, 关系 or 年龄 a head without a person means: that of the person named before it, as far as the block reaches.

import { foldText } from '../chinese_text.ts'
import { parseIdentityNumber } from '../identity_numbers.ts'
import { CHILD_FIELDS, PEOPLE, type Column, type Samples } from './column.ts'
import { understandHead, type Attribute, type Owner } from './heads.ts'

interface Named {
  readonly owner: Owner
  readonly member: number | null
}

/** Attributes that belong to whoever was named just before. */
const INHERITED: ReadonlySet<Attribute> = new Set<Attribute>([
  'phone',
  'work_place',
  'occupation',
  'post',
  'away_since',
  'state',
  'is_away',
  'marriage',
])
/** Attributes of the child that may also be those of a person named before, when the child already has one or the values say so. */
const SHARED: ReadonlySet<Attribute> = new Set<Attribute>([
  'age',
  'id_no',
  'born_on',
  'sex',
  'health',
  'residence',
  'ethnicity',
  'household_place',
  'illness',
  'disability',
])

interface Walk {
  /** The person whose block it is. */
  person: Named | null
  /** The person named last, also when a column of the child came between. */
  last: Named | null
  /** 父亲 just before 母亲: what follows may be either's. */
  parentBefore: 'father' | 'mother' | null
  /** 爸爸打工地 | 妈妈打工地: the same of both just before, so what stands alone after them is of both. */
  ofBoth: Attribute | null
  /** Both parents were named before: what stands after them is somebody's, nobody knows whose. */
  eitherParent: boolean
  readonly claimed: Set<Attribute>
}

export function inherit(columns: readonly Column[], samples: Samples): void {
  const walk: Walk = {
    person: null,
    last: null,
    parentBefore: null,
    ofBoth: null,
    eitherParent: false,
    claimed: new Set(),
  }
  let group = ''
  for (const column of columns) {
    const attribute = column.attributes[0]
    if (column.group !== group) walk.person = walk.last = null
    group = column.group
    if (attribute === undefined) continue
    if (column.owner !== null) nameOwner(column, attribute, walk)
    else {
      if (attribute === 'away_since' && walk.ofBoth === 'work_place') column.owner = 'parents'
      else takeOwner(column, attribute, columns, samples, walk)
      walk.parentBefore = null
    }
    walk.ofBoth = sameOfBoth(column, columns)
  }
}

function sameOfBoth(column: Column, columns: readonly Column[]): Attribute | null {
  const before = columns[columns.indexOf(column) - 1]
  const parents = new Set([before?.owner, column.owner])
  const same = parents.has('father') && parents.has('mother') && before?.attributes[0] === column.attributes[0]
  return same ? (column.attributes[0] ?? null) : null
}

function nameOwner(column: Column, attribute: Attribute, walk: Walk): void {
  // 父母情况 over 父亲姓名 | 去向 | 电话 | 母亲姓名 | …: the group names both, the column just before says which.
  const named = walk.last?.owner
  if (
    column.owner === 'parents' &&
    (named === 'father' || named === 'mother') &&
    attribute !== 'name' &&
    understandHead(column.header.split('/').at(-1) ?? '').owner === null
  ) {
    column.owner = named
    walk.parentBefore = null
    return
  }
  const owner = column.owner as Owner
  if (owner === 'child') {
    walk.claimed.add(attribute)
    walk.person = null
    return
  }
  const parent = owner === 'father' || owner === 'mother' ? owner : null
  const both = parent !== null && walk.parentBefore !== null && walk.parentBefore !== parent
  walk.parentBefore = parent !== null && attribute === 'name' && column.attributes.length === 1 ? parent : null
  // 父亲 | 母亲 | 电话: the telephone may be either's.
  walk.person = both && walk.parentBefore !== null ? null : { owner, member: column.member }
  walk.last = walk.person
  walk.eitherParent = walk.person === null
}

function takeOwner(
  column: Column,
  attribute: Attribute,
  columns: readonly Column[],
  samples: Samples,
  walk: Walk,
): void {
  if (attribute === 'relation') {
    walk.person = walk.last = relationOwner(column, columns, walk.person)
    return
  }
  if (attribute === 'name' && walk.claimed.has('name')) {
    walk.person = walk.last = secondName(column, columns)
    return
  }
  const person = walk.person ?? laterPerson(column, attribute, columns, samples, walk.last)
  if (
    person &&
    (INHERITED.has(attribute) ||
      (SHARED.has(attribute) &&
        PEOPLE.has(person.owner) &&
        belongsToPerson(attribute, columns, column, samples, walk.claimed)))
  ) {
    ;[column.owner, column.member] = [person.owner, person.member]
    walk.person = person
  } else if (walk.eitherParent && areAdults(attribute, samples(column.column))) column.attributes = ['other']
  else if ((CHILD_FIELDS.has(attribute) && attribute !== 'remark') || attribute === 'age' || attribute === 'away') {
    walk.claimed.add(attribute)
    walk.person = null
  }
}

/** A person who speaks again after a column of the child came between: an adult's age or number, or where the only parents work. */
function laterPerson(
  column: Column,
  attribute: Attribute,
  columns: readonly Column[],
  samples: Samples,
  last: Named | null,
): Named | null {
  if (last && PEOPLE.has(last.owner) && areAdults(attribute, samples(column.column))) return last
  const onlyParents =
    columns.some((other) => other.owner === 'parents') &&
    !columns.some((other) => other.owner === 'father' || other.owner === 'mother')
  return attribute === 'work_place' && onlyParents ? { owner: 'parents', member: null } : null
}

function relationOwner(column: Column, columns: readonly Column[], person: Named | null): Named | null {
  // Without a person before it, 与儿童关系 is the carer's, who may stand after it.
  const parent = person?.owner === 'father' || person?.owner === 'mother'
  const owner = parent ? null : (person?.owner ?? (columns.some((other) => other.owner === 'carer') ? 'carer' : null))
  if (owner) {
    column.owner = owner
    column.member = person?.member ?? null
    return { owner, member: column.member }
  }
  const next = columns[columns.indexOf(column) + 1]
  const nameFollows = next?.owner === null && next.attributes[0] === 'name'
  if (nameFollows) next.owner = 'member'
  column.owner = nameFollows || columns.some((other) => other.owner === 'member') ? 'member' : 'carer'
  return { owner: column.owner, member: null }
}

/** A second 姓名 without owner: somebody of the family when a relation stands beside it, otherwise nobody known. */
function secondName(column: Column, columns: readonly Column[]): Named | null {
  const at = columns.indexOf(column)
  const related = columns
    .slice(at + 1, at + 3)
    .some((other) => other.attributes[0] === 'relation' && other.owner === null)
  if (!related) {
    column.attributes = ['other']
    return null
  }
  column.owner = 'member'
  return { owner: 'member', member: null }
}

function belongsToPerson(
  attribute: Attribute,
  columns: readonly Column[],
  column: Column,
  samples: Samples,
  claimed: ReadonlySet<Attribute>,
): boolean {
  const ages = samples(column.column).flatMap((value) => ageHint(attribute, value))
  if (ages.length > 0) return ages.filter((age) => age >= 20).length > ages.length * 0.6
  // 家庭住址 after 家长姓名 is still where the child lives.
  if (/家庭|学生|儿童|现/.test(column.header) && !claimed.has(attribute)) return false
  if (claimed.has(attribute) || (attribute === 'age' && claimed.has('born_on'))) return true
  const next = columns[columns.indexOf(column) + 1]
  // 监护人 | 关系 | 身体状况 | 年龄 where the ages are those of adults: the block goes on.
  if (attribute === 'health' && next?.owner === null && areAdults(next.attributes[0] ?? 'other', samples(next.column)))
    return true
  // The child's own may still come: 监护人 | 住址 | … | 家庭住址.
  return (
    attribute === 'residence' &&
    columns
      .slice(columns.indexOf(column) + 1)
      .some((other) => other.owner === null && other.attributes[0] === attribute)
  )
}

function areAdults(attribute: Attribute, values: readonly string[]): boolean {
  const ages = values.flatMap((value) => ageHint(attribute, value))
  return ages.length > 0 && ages.filter((age) => age >= 20).length > ages.length * 0.6
}

// A birth year before this is an adult's in any roster that is still read: only the difference of a generation matters.
const GENERATION = 2005

function ageHint(attribute: Attribute, value: string): number[] {
  if (attribute === 'age') return /^\d{1,3}/.test(value) ? [parseInt(value, 10)] : []
  if (attribute !== 'id_no' && attribute !== 'born_on') return []
  const born = parseIdentityNumber(foldText(value).toUpperCase())?.born_on ?? /^(?:19|20)\d{2}/.exec(value)?.[0]
  return born ? [Number(born.slice(0, 4)) < GENERATION ? 40 : 10] : []
}
