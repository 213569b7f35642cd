// 强制报告: the nine situations in which whoever works with children reports at once (最高检等九部门《关于建立侵害未成年人案件强制报告
// 制度的意见（试行）》, 未成年人保护法第十一条). The wording is ours; `hints` are words that make one of them worth asking about, no more.

export interface ReportSituation {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly hints: readonly RegExp[]
}

export const reportSituations: readonly ReportSituation[] = [
  {
    code: 'private_parts',
    zh: '隐私部位有不正常的损伤',
    en: 'unexplained injury of private parts',
    hints: [
      /(下身|下体|私处|隐私部位|阴部|肛门)[^没无不，。]{0,6}(伤|痛|疼|血|红肿|破)/u,
      /(摸|碰).{0,4}(下身|下体|私处|隐私部位)/u,
    ],
  },
  {
    code: 'under_fourteen',
    zh: '不满十四岁的女孩疑似受性侵、怀孕或流产',
    en: 'a girl under fourteen: suspected sexual abuse, pregnancy or abortion',
    hints: [/性侵|猥亵|强奸|骚扰她|怀孕|怀上了|流产|堕胎|打胎/u],
  },
  {
    code: 'over_fourteen',
    zh: '十四岁以上的女孩疑似受性侵致怀孕或流产',
    en: 'a girl over fourteen: suspected abuse leading to pregnancy or abortion',
    hints: [/(被迫|被骗|灌醉).{0,8}(发生关系|怀孕|流产)/u],
  },
  {
    code: 'hurt',
    zh: '身上多处伤、严重营养不良、意识不清，疑似被打、被欺凌、被虐待',
    en: 'several injuries, severe malnutrition, not fully conscious: suspected beating, bullying or abuse',
    hints: [
      /(身上|胳膊|手臂|腿上|背上|脸上|全身)[^没无不，。]{0,6}(伤|淤青|瘀青|青紫|烫|血印|疤)/u,
      /(被|遭|挨).{0,6}(打|殴|虐待|欺凌|欺负|烫|绑|饿)/u,
      /虐待|家暴|毒打|往死里打|不给.{0,3}饭吃|关.{0,3}(小黑屋|屋里不让出)/u,
    ],
  },
  {
    code: 'harm',
    zh: '自杀、自残、中毒、被伤害等不正常的伤亡',
    en: 'suicide, self-harm, poisoning or another unnatural injury or death',
    hints: [/自杀|自残|割腕|割手|想死|不想活|活着没意思|跳楼|喝农药|服毒|上吊/u],
  },
  {
    code: 'left_alone',
    zh: '被遗弃，或者长时间没有人照看',
    en: 'abandoned, or without care for a long time',
    hints: [
      /遗弃|被丢下|没人要|(一个人|独自).{0,4}(住|在家).{0,6}(几天|好多天|很久|一个月|半个月|过夜)|(没人|无人).{0,2}(照看|看管|照顾|监护)/u,
    ],
  },
  {
    code: 'missing',
    zh: '来历不明、失踪、被拐卖或收买',
    en: 'of unknown origin, missing, trafficked',
    hints: [/失踪|走失|被拐|拐卖|拐走|收买|找不到人|下落不明|离家出走/u],
  },
  {
    code: 'begging',
    zh: '被人组织去乞讨',
    en: 'made to beg',
    hints: [/乞讨|讨钱|要饭/u],
  },
  {
    code: 'other',
    zh: '其他严重侵害身心健康的情形，或正面临危险',
    en: 'other serious harm, or in danger now',
    hints: [/被(逼|迫).{0,6}(喝酒|吸毒|赌|偷|陪)|拍.{0,4}裸照|裸聊|威胁.{0,6}(孩子|他|她|不许说)/u],
  },
]
