// Files 附件: pictures, papers and sound that belong to something: a child, a unit, a record. What a file is, its
// bytes say, never its name. Pictures are turned upright, made no larger than a page needs, and lose what the camera wrote into them
// (place, device, time). A child's picture rests on a consent that holds that day (《儿童个人信息网络保护规定》, 18部门办法): without one it is
// refused, unless the faces were covered before it was sent. When the consent is withdrawn or runs out, its pictures are shown to nobody.
//
// A signature is a file of a record, too: drawn on the screen, or a photo of the paper; it says who signed and is printed on the card.
//
// Who sees a file: whoever sees what it belongs to and, of a child, the field group of its paper. Removing keeps who and when, and can be taken back.
import { Codes, Day, File, Id, operations, Text, Type, Unknown, type Static } from './kernel.ts'
import type { FieldGroup } from './roles.ts'

export const fileOwners = ['child', 'unit', 'record'] as const
export type FileOwner = (typeof fileOwners)[number]

/** What a paper of a child is, and which field group it belongs to. */
export const papers = {
  photo: { zh: '照片', en: 'photo', group: 'photo' },
  agreement: { zh: '签了字的同意书、委托照护协议', en: 'signed consents and agreements', group: 'family' },
  identity: { zh: '户口本、证件', en: 'register and identity papers', group: 'identity_no' },
  school: { zh: '作业、作品、奖状', en: 'school work and awards', group: 'schooling' },
  health: { zh: '病历、残疾证', en: 'health papers', group: 'health' },
  aid: { zh: '救助、资助材料', en: 'papers about aid', group: 'aid' },
  other: { zh: '其他材料', en: 'other', group: 'case_notes' },
} as const satisfies Record<string, { zh: string; en: string; group: FieldGroup }>
export type Paper = keyof typeof papers
export const paperCodes = Object.keys(papers) as Paper[]

export const fileLimitBytes = 20 * 1024 * 1024
export const filesPerOwner = 30
/** The longest side of a kept picture, and of the small one that lists show. */
export const pictureSide = { full: 2000, small: 320 } as const

/** picture · pdf · office (Word, Excel, PowerPoint, WPS) · sound. */
export const fileForms = ['picture', 'pdf', 'office', 'sound'] as const

export const fileCan = { remove: (file: { removed_on: string | null }) => file.removed_on === null }

export const Attached = Type.Object({
  id: Id,
  owner_type: Codes(fileOwners),
  owner_id: Id,
  paper: Unknown(Codes(paperCodes)),
  form: Codes(fileForms),
  file_name: Type.String(),
  bytes: Type.Integer(),
  /** Whose signature it is; null: it is none. */
  signed_by: Unknown(Type.String()),
  /** The consent it rests on does not hold any more: the content is shown to nobody. */
  closed: Type.Boolean(),
  added_on: Day,
  added_by: Unknown(Type.String()),
  /** May the reader remove it, or bring it back? */
  can_remove: Type.Boolean(),
  removed_on: Unknown(Day),
})
export type Attached = Static<typeof Attached>

export const fileOps = operations('files', {
  list: {
    get: '/files',
    may: 'signed_in',
    query: Type.Object({ owner_type: Codes(fileOwners), owner_id: Id }),
    ok: Type.Object({ items: Type.Array(Attached), can_add: Type.Boolean() }),
    errors: ['names_need_purpose'],
  },
  get: { get: '/files/:id', may: 'signed_in', ok: Attached, errors: ['names_need_purpose'] },
  add: {
    post: '/files',
    may: 'signed_in',
    upload: true,
    body: Type.Object({
      id: Id,
      owner_type: Codes(fileOwners),
      owner_id: Id,
      /** For a child: what it is. */
      paper: Type.Optional(Codes(paperCodes)),
      /** `yes`: whoever sends it has covered the faces, or nobody can be told on it. */
      covered: Type.Optional(Codes(['yes'])),
      /** Of a record: it is this person's signature, which shows nobody's face. */
      signed_by: Type.Optional(Text(60)),
    }),
    ok: Attached,
    errors: [
      'file_form',
      'file_large',
      'file_many',
      'file_broken',
      'photo_consent',
      'file_not_yours',
      'file_no_signature',
      'names_need_purpose',
    ],
    replay: 'get',
  },
  content: {
    get: '/files/:id/content',
    may: 'signed_in',
    query: Type.Object({ size: Type.Optional(Codes(['small', 'full'])) }),
    ok: File('application/octet-stream'),
    errors: ['file_closed', 'names_need_purpose'],
    logs: 'opening',
  },
  remove: {
    post: '/files/:id/remove',
    may: 'signed_in',
    ok: Attached,
    errors: ['file_not_yours', 'names_need_purpose'],
    replay: 'get',
  },
  /** Takes the removal back. */
  restore: {
    post: '/files/:id/restore',
    may: 'signed_in',
    ok: Attached,
    errors: ['file_not_yours', 'names_need_purpose'],
    replay: 'get',
  },
})
