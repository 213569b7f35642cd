// How well a helper and a child fit, as a number and in words. Pure: the same for the solver, for the tests and for what the page says.
//
// The numbers are in steps that cannot be mixed up: one child in focus more (1000) weighs more than any fit of all the others' choices
// between two helpers; one child more (200) more than any difference in fit; then a bond that is there already, the same group or
// village, what the child asks for, and last a helper who helps nobody yet.
import type { MatchReason } from '@nuanyang/contract/pairings.matching.ts'

export interface MatchChild {
  readonly id: string
  readonly focus: boolean
  readonly wants_sex: 'male' | 'female' | null
  /** Units by id. `places` are village and school, `regions` their townships. */
  readonly group: string | null
  readonly group_name: string | null
  readonly class: string | null
  readonly places: readonly string[]
  readonly regions: readonly string[]
  readonly subjects: readonly string[]
  readonly languages: readonly string[]
  readonly hobbies: string | null
  /** Helpers of earlier pairings that ended well. */
  readonly known: readonly string[]
}

export interface MatchHelper {
  readonly id: string
  readonly sex: 'male' | 'female' | null
  /** How many children more. */
  readonly room: number
  /** How many now. */
  readonly load: number
  readonly group: string | null
  readonly places: readonly string[]
  readonly regions: readonly string[]
  /** Classes the helper teaches. */
  readonly classes: readonly string[]
  readonly subjects: readonly string[]
  readonly languages: readonly string[]
  readonly skills: readonly string[]
  readonly free_times: string | null
}

export const weights = {
  paired: 200,
  focus: 800,
  teacher: 60,
  known: 60,
  group: 40,
  place: 20,
  region: 8,
  subject: 15,
  language: 15,
  skill: 8,
  free: 3,
  /** Off for a helper's second and further child of one suggestion: with others free, the load is spread. */
  spread: 4,
} as const

const share = (one: readonly string[], other: readonly string[]) => one.some((x) => other.includes(x))
const skillOf = (child: MatchChild, helper: MatchHelper) =>
  child.hobbies === null ? undefined : helper.skills.find((skill) => child.hobbies!.includes(skill))

/** The weight of this pair; 0 when it must not be suggested: too far with nothing in common, or not the sex the child asked for. */
export function scoreOf(child: MatchChild, helper: MatchHelper): number {
  if (child.wants_sex !== null && helper.sex !== child.wants_sex) return 0
  let fit = 0
  if (child.class !== null && helper.classes.includes(child.class)) fit += weights.teacher
  if (child.known.length > 0 && child.known.includes(helper.id)) fit += weights.known
  if (child.group !== null && child.group === helper.group) fit += weights.group
  else if (share(child.places, helper.places)) fit += weights.place
  else if (share(child.regions, helper.regions)) fit += weights.region
  if (child.subjects.length > 0 && share(child.subjects, helper.subjects)) fit += weights.subject
  if (child.languages.length > 0 && share(child.languages, helper.languages)) fit += weights.language
  if (fit === 0) return 0
  if (skillOf(child, helper)) fit += weights.skill
  if (helper.load === 0) fit += weights.free
  return fit + weights.paired + (child.focus ? weights.focus : 0)
}

/** Why, strongest first. */
export function reasonsOf(child: MatchChild, helper: MatchHelper): MatchReason[] {
  const reasons: MatchReason[] = []
  const add = (code: MatchReason['code'], words: string | null = null) => reasons.push({ code, words })
  if (child.class !== null && helper.classes.includes(child.class)) add('teacher')
  if (child.known.includes(helper.id)) add('known')
  if (child.group !== null && child.group === helper.group) add('same_group', child.group_name)
  const subjects = child.subjects.filter((each) => helper.subjects.includes(each))
  if (subjects.length > 0) add('subject', subjects.join('、'))
  const languages = child.languages.filter((each) => helper.languages.includes(each))
  if (languages.length > 0) add('language', languages.join('、'))
  const skill = skillOf(child, helper)
  if (skill) add('skill', skill)
  if (child.wants_sex !== null && child.wants_sex === helper.sex) add(child.wants_sex === 'female' ? 'woman' : 'man')
  if (helper.free_times) add('free_times', helper.free_times)
  if (child.group === null || child.group !== helper.group) {
    if (share(child.places, helper.places)) add('same_place')
    else if (share(child.regions, helper.regions)) add('same_region')
  }
  if (helper.load === 0) add('nobody_yet')
  return reasons
}

/** Why nobody was found for a child. */
export function whyNot(child: MatchChild, helpers: readonly MatchHelper[]): 'no_room' | 'wished_sex' | 'nobody_near' {
  if (!helpers.some((helper) => helper.room > 0)) return 'no_room'
  const anyone = { ...child, wants_sex: null }
  const near = helpers.filter((helper) => helper.room > 0 && scoreOf(anyone, helper) > 0)
  if (near.length === 0) return 'nobody_near'
  return near.some((helper) => scoreOf(child, helper) > 0) ? 'no_room' : 'wished_sex'
}
