// 农村留守儿童基本情况登记表: one page of A4 a child, its 43 fields filled from the file as of issue. Choices are printed all, the chosen one
// with √; what is unknown stays blank for the pen, and — stands for a relative who has died. Signatures and the seal are places, never drawn.
import type { FormPaper, RegistrationForm } from '@nuanyang/contract/documents.printed.ts'
import { aidKinds } from '@nuanyang/domain/values/aid_kinds.ts'
import { ethnicities } from '@nuanyang/domain/values/ethnicity.ts'
import { guardianshipTypes } from '@nuanyang/domain/values/guardianship_type.ts'
import { healths } from '@nuanyang/domain/values/health.ts'
import { incomeSources } from '@nuanyang/domain/values/income_sources.ts'
import { schoolings } from '@nuanyang/domain/values/schooling.ts'
import { sexes } from '@nuanyang/domain/values/sex.ts'
import { labelOf, type ValueEntry } from '@nuanyang/domain/values/value.ts'
import { renderPdf } from './pdf.ts'
import { setDocument } from './press.ts'
import { printedDay, printedPhone } from './printed_words.ts'

export interface Tick {
  readonly label: string
  readonly on: boolean
}

/** The form as words in their places: what PDF and Word both print. */
export interface PrintedForm {
  readonly unit: string
  readonly as_of: string
  readonly name: string
  readonly sex: string
  readonly ethnicity: string
  readonly born_on: string
  readonly identity_no: string
  readonly hukou_registered: readonly Tick[]
  readonly household_place: string
  readonly residence: string
  readonly health: readonly Tick[]
  readonly disability: string
  readonly illness: string
  readonly boarding: readonly Tick[]
  readonly schooling: readonly Tick[]
  readonly grandparents: readonly { readonly label: string; readonly name: string; readonly born_on: string }[]
  readonly parents: readonly {
    readonly label: string
    readonly name: string
    readonly born_on: string
    readonly work_place: string
    readonly phones: string
    readonly identity_no: string
  }[]
  readonly both_away: readonly Tick[]
  readonly one_away: readonly Tick[]
  readonly unable: readonly Tick[]
  readonly entrusted: readonly Tick[]
  readonly carer: {
    readonly name: string
    readonly phones: string
    readonly identity_no: string
    readonly relation: string
    readonly address: string
  }
  readonly guardianship: readonly Tick[]
  readonly income: readonly Tick[]
  readonly aid: readonly Tick[]
  readonly footer: string
}

export const formTitle = '农村留守儿童基本情况登记表'
export const formSignatures = ['填表人：', '复核人：', '单位负责人：'] as const
const DEAD = '—'

export function printForm(form: RegistrationForm, paper: FormPaper): PrintedForm {
  const relative = (label: string, who: RegistrationForm['paternal_grandfather']) =>
    who.deceased ? { label, name: DEAD, born_on: DEAD } : { label, name: who.name ?? '', born_on: who.born_on ?? '' }
  const parent = (label: string, who: RegistrationForm['father']) =>
    who.deceased
      ? { label, name: DEAD, born_on: DEAD, work_place: DEAD, phones: DEAD, identity_no: DEAD }
      : {
          label,
          name: who.name ?? '',
          born_on: who.born_on ?? '',
          work_place: who.work_place ?? '',
          phones: phonesOf(who.phones),
          identity_no: who.identity_no ?? '',
        }
  return {
    unit: paper.unit,
    as_of: printedDay(paper.as_of),
    name: form.name,
    sex: form.sex === null ? '' : labelOf(sexes, form.sex),
    ethnicity: form.ethnicity === null ? '' : labelOf(ethnicities, form.ethnicity),
    born_on: form.born_on ?? '',
    identity_no: form.identity_no ?? '',
    hukou_registered: yesNo(form.hukou_registered),
    household_place: form.household_place ?? '',
    residence: form.residence ?? '',
    health: ticks(healths, form.health),
    disability: form.disability ?? '',
    illness: form.illness ?? '',
    boarding: yesNo(form.boarding),
    schooling: ticks(schoolings, form.schooling),
    grandparents: [
      relative('祖父', form.paternal_grandfather),
      relative('祖母', form.paternal_grandmother),
      relative('外祖父', form.maternal_grandfather),
      relative('外祖母', form.maternal_grandmother),
    ],
    parents: [parent('父亲', form.father), parent('母亲', form.mother)],
    both_away: yesNo(form.both_away),
    one_away: yesNo(form.one_away_other_unable),
    unable: [
      { label: '父', on: form.unable === 'father' },
      { label: '母', on: form.unable === 'mother' },
    ],
    entrusted: yesNo(form.entrusted),
    carer: {
      name: form.carer.name ?? '',
      phones: phonesOf(form.carer.phones),
      identity_no: form.carer.identity_no ?? '',
      relation: form.carer.relation ?? '',
      address: form.carer.address ?? '',
    },
    guardianship: ticks(guardianshipTypes, form.guardianship_type),
    income: severalTicks(incomeSources, form.income_sources),
    // 教育救助 and the like have no box of their own on this form.
    aid: severalTicks(
      formAid,
      form.aid_kinds.map((kind) => (formAid.some(({ code }) => code === kind) ? kind : 'other')),
    ),
    footer: `由档案生成　${paper.issued_at}　${paper.issued_by}　用途：${paper.purpose}`,
  }
}

const formAid: readonly ValueEntry[] = aidKinds
  .filter(({ code }) => ['subsistence_allowance', 'temporary', 'medical', 'housing', 'other'].includes(code))
  .map((entry) => ({ ...entry, zh: entry.zh.replace(/救助$/, '') }))

function ticks(list: readonly ValueEntry[], chosen: string | null): Tick[] {
  return list.map(({ code, zh }) => ({ label: zh, on: code === chosen }))
}
function severalTicks(list: readonly ValueEntry[], chosen: readonly string[]): Tick[] {
  return list.map(({ code, zh }) => ({ label: zh, on: chosen.includes(code) }))
}
const yesNo = (answer: boolean | null): Tick[] => [
  { label: '是', on: answer === true },
  { label: '否', on: answer === false },
]
const phonesOf = (phones: readonly string[]) => phones.map(printedPhone).join('\n')

/** One page a child, in the order given. Rejects with `DocumentFailed`. */
export async function registrationFormPdf(forms: readonly RegistrationForm[], paper: FormPaper): Promise<Uint8Array> {
  return renderPdf('registration_form', { title: formTitle, signatures: formSignatures, forms: printed(forms, paper) })
}

/** The same pages as an editable Word file. */
export async function registrationFormDocx(forms: readonly RegistrationForm[], paper: FormPaper): Promise<Uint8Array> {
  return setDocument({ make: 'registration_form_docx', forms: printed(forms, paper) })
}

function printed(forms: readonly RegistrationForm[], paper: FormPaper): PrintedForm[] {
  if (forms.length === 0) throw new Error('没有可以打印的登记表：请先选至少一名儿童')
  return forms.map((form) => printForm(form, paper))
}
