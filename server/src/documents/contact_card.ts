// 联系卡: one card a child, on paper in the schoolbag and on the wall at home. PDF to print, Word for who wants to change it.
import type { CardCarer, CardContact, CardLayout, CardParent, ContactCardData } from '@nuanyang/contract/documents.ts'
import { joinKnown, printedDay, printedPhone, shortened } from './printed_words.ts'
import { renderPdf } from './pdf.ts'
import { setDocument } from './press.ts'
import { qrSvg } from './qr.ts'

/** A person's row on the card; '' and [] are printed as blanks. */
export interface PrintedPerson {
  readonly name: string
  readonly words: string
  readonly phones: readonly string[]
}

/** The card as words in their places: what PDF and Word both print. */
export interface PrintedCard {
  readonly code: string
  readonly name: string
  readonly sex: string
  readonly born_label: string
  readonly born: string
  readonly school: string
  readonly residence: string
  readonly carer: PrintedPerson
  readonly carer_residence: string
  readonly father: PrintedPerson
  readonly mother: PrintedPerson
  readonly contacts: readonly { readonly label: string; readonly name: string; readonly phone: string }[]
  readonly footer: string
  readonly hotlines: readonly string[]
  readonly url: string | null
}

/** What fits a row of 7 mm at the smallest size that can still be read. */
const LONGEST_LINE = 150

/** Puts a child's data into words. Unknown facts become blanks; nothing is guessed, and unknown is never printed as 无. */
export function printCard(data: ContactCardData): PrintedCard {
  const { child } = data
  const byAge = child.born_on === null && child.age !== null
  return {
    code: data.card_code ?? '',
    name: child.name,
    sex: child.sex === null ? '' : child.sex === 'male' ? '男' : '女',
    born_label: byAge ? '年龄' : '出生',
    born: byAge ? `${child.age}岁` : (child.born_on ?? ''),
    school: shortened(joinKnown([child.school, child.class_name], '　'), LONGEST_LINE),
    residence: shortened(child.residence ?? '', LONGEST_LINE),
    carer: printCarer(data.carer),
    carer_residence: printCarerResidence(data),
    father: printParent(data.father),
    mother: printParent(data.mother),
    contacts: [
      printContact('班主任', data.class_teacher),
      printContact('帮扶人', data.helper),
      printContact('儿童主任', data.child_director),
    ],
    footer: [
      data.unit_name,
      printedDay(data.issued_on),
      data.issued_by && `填发 ${data.issued_by}`,
      '情况变了请告诉儿童主任',
    ]
      .filter(Boolean)
      .join('　'),
    hotlines: data.hotlines.map((line) => `${line.label} ${line.number}`),
    url: data.card_url,
  }
}

function printCarer(carer: CardCarer | null): PrintedPerson {
  if (!carer) return { name: '', words: '', phones: [] }
  const age = carer.age === null ? null : `${carer.age}岁`
  return {
    name: carer.name ?? '',
    words: joinKnown([carer.relation, age, carer.occupation, carer.health]),
    phones: carer.phones.map(printedPhone),
  }
}

function printCarerResidence({ carer, child }: ContactCardData): string {
  if (!carer?.residence) return ''
  return carer.residence === child.residence ? '同上' : shortened(carer.residence, LONGEST_LINE)
}

function printParent(parent: CardParent | null): PrintedPerson {
  return {
    name: parent?.name ?? '',
    words: parent?.work_place ?? '',
    phones: parent?.phones.map(printedPhone) ?? [],
  }
}

function printContact(label: string, contact: CardContact | null) {
  return { label, name: contact?.name ?? '', phone: printedPhone(contact?.phone ?? null) }
}

/**
 * The cards as PDF, in the order given: `a6` one a page (148 × 105 mm), `a5` two, `a4` four. Throws when there is no card at all;
 * rejects with `DocumentFailed` when it could not be set.
 */
export async function contactCardPdf(cards: readonly ContactCardData[], layout: CardLayout): Promise<Uint8Array> {
  const printed = await Promise.all(
    someCards(cards).map(async (data) => {
      const card = printCard(data)
      return { ...card, qr: card.url === null ? null : await qrSvg(card.url, { margin: 0 }) }
    }),
  )
  return renderPdf('contact_card', { layout, cards: printed })
}

/** The cards as an editable Word file; the layouts are those of the PDF. */
export async function contactCardDocx(cards: readonly ContactCardData[], layout: CardLayout): Promise<Uint8Array> {
  return setDocument({ make: 'contact_card_docx', cards: someCards(cards), layout })
}

function someCards(cards: readonly ContactCardData[]): readonly ContactCardData[] {
  if (cards.length === 0) throw new Error('没有可以打印的联系卡：请先选至少一名儿童')
  return cards
}
