// Documents 打印件: what is printed or handed in. A document is a pure function of the data described here: whoever asks for one
// has already applied rights and masks, so a masked value arrives as the words to print ("138••••1234"), never as a flag.
// null is 未采集 and stays blank on paper, for the pen. Days are words of the record (YYYY[-MM[-DD]]), printed as people write them.
import { Type, Unknown, type Static } from './kernel.ts'

const Words = (maxLength: number) => Type.String({ maxLength })

/** Words to print for a phone: digits, or masked. Formatted 3-4-4 when it is a mainland mobile number. */
const PrintedPhone = Words(40)

/** Father or mother on the card. */
export const CardParent = Type.Object({
  name: Unknown(Words(60)),
  work_place: Unknown(Words(120)),
  phones: Type.Array(PrintedPhone, { maxItems: 4 }),
})

/** Who looks after the child day by day. `relation` is the printed word (奶奶), `health` and `occupation` are words too. */
export const CardCarer = Type.Object({
  name: Unknown(Words(60)),
  relation: Unknown(Words(30)),
  age: Unknown(Type.Integer({ minimum: 0, maximum: 130 })),
  occupation: Unknown(Words(40)),
  health: Unknown(Words(40)),
  residence: Unknown(Words(200)),
  phones: Type.Array(PrintedPhone, { maxItems: 4 }),
})

/** Class teacher, helper, child director: name and one phone. */
export const CardContact = Type.Object({ name: Unknown(Words(60)), phone: Unknown(PrintedPhone) })

/** 联系卡: the fields domain practice asks for (pupil, parents and their work places, carer with age, health, occupation, address). */
export const ContactCardData = Type.Object({
  child: Type.Object({
    name: Words(60),
    sex: Unknown(Type.Enum(['male', 'female'])),
    born_on: Unknown(Words(20)),
    /** Whole years on `issued_on`; printed only when the birthday is unknown. */
    age: Unknown(Type.Integer({ minimum: 0, maximum: 130 })),
    school: Unknown(Words(120)),
    /** Grade and class as printed: 三年级（2）班. */
    class_name: Unknown(Words(60)),
    residence: Unknown(Words(200)),
  }),
  father: Unknown(CardParent),
  mother: Unknown(CardParent),
  carer: Unknown(CardCarer),
  class_teacher: Unknown(CardContact),
  helper: Unknown(CardContact),
  child_director: Unknown(CardContact),
  /** Printed number of the card, 0207-2026-018. */
  card_code: Unknown(Words(40)),
  /** What the QR says. It carries no personal data: without signing in it reveals nothing. null = no QR. */
  card_url: Unknown(Words(300)),
  unit_name: Words(100),
  issued_on: Words(20),
  issued_by: Unknown(Words(60)),
  hotlines: Type.Array(Type.Object({ label: Words(20), number: Words(20) }), { maxItems: 8 }),
})
export type ContactCardData = Static<typeof ContactCardData>
export type CardParent = Static<typeof CardParent>
export type CardCarer = Static<typeof CardCarer>
export type CardContact = Static<typeof CardContact>

/** `a6`: a card a sheet · `a5`: two on a sheet, cut once · `a4`: four on a lying sheet, cut along the marks. */
export const CardLayout = Type.Enum(['a6', 'a5', 'a4'])
export type CardLayout = Static<typeof CardLayout>

/**
 * National help lines printed on every card unless the unit chose its own: police, government service, 团中央青少年服务台, 全国妇联妇女维权,
 * 全国统一心理援助.
 */
export const defaultHotlines: ContactCardData['hotlines'] = [
  { label: '报警', number: '110' },
  { label: '政务', number: '12345' },
  { label: '青少年', number: '12355' },
  { label: '妇女儿童维权', number: '12338' },
  { label: '心理援助', number: '12356' },
]

/** 领导小组名单: posts in the order they are printed. */
export const TeamListData = Type.Object({
  title: Words(120),
  unit_name: Words(100),
  dated_on: Words(20),
  /** A sentence or two before the table; empty = none. */
  introduction: Type.Array(Words(2000)),
  members: Type.Array(
    Type.Object({
      post: Words(30),
      name: Words(60),
      /** Job at the unit (校长, 党支部书记). */
      position: Unknown(Words(60)),
      duties: Unknown(Words(400)),
      phone: Unknown(PrintedPhone),
      from_on: Unknown(Words(20)),
      until_on: Unknown(Words(20)),
    }),
  ),
  /** Paragraphs after the table, such as where the office sits and who heads it. */
  closing: Type.Array(Words(2000)),
})
export type TeamListData = Static<typeof TeamListData>
