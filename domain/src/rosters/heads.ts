// What a column head means, taken apart: whose (owner) and what (attribute). Heads are read by their parts, so 娃娃姓名,
// 父亲务工单位详细地址 or 带娃的人电话 need not be on any list.

import { foldText } from '../chinese_text.ts'
import { readGradeClass } from '../grades.ts'

/** Whose attribute it is. `parents` is either or both; `member` a person whose relation stands beside; `staff` somebody of an office. */
export type Owner =
  | 'child'
  | 'father'
  | 'mother'
  | 'parents'
  | 'carer'
  | 'member'
  | 'staff'
  | 'helper'
  | 'class_teacher'
  | 'contact'
  | 'householder'
  | 'paternal_grandfather'
  | 'paternal_grandmother'
  | 'maternal_grandfather'
  | 'maternal_grandmother'

export type Attribute =
  | 'name'
  | 'sex'
  | 'born_on'
  | 'age'
  | 'id_no'
  | 'ethnicity'
  | 'household_place'
  | 'residence'
  | 'villager_group'
  | 'school'
  | 'grade'
  | 'class'
  | 'boarding'
  | 'health'
  | 'illness'
  | 'disability'
  | 'away'
  | 'phone'
  | 'work_place'
  | 'relation'
  | 'occupation'
  | 'remark'
  | 'serial'
  // Known, but beyond the canonical child: kept as facts.
  | FactAttribute

export type FactAttribute =
  | 'schooling'
  | 'guardianship_type'
  | 'income_sources'
  | 'aid_kinds'
  | 'hukou_registered'
  | 'hukou_type'
  | 'household_no'
  | 'away_since'
  | 'entrusted'
  | 'other_parent_unable'
  | 'care_level'
  | 'last_visit_on'
  | 'visit_note'
  | 'student_no'
  | 'family_income'
  | 'economy'
  | 'difficulties'
  | 'native_place'
  | 'orphan'
  | 'only_child'
  | 'suspected_disability'
  | 'is_disabled'
  | 'id_type'
  | 'mailing_address'
  | 'home_address'
  | 'entered_on'
  | 'village'
  | 'township'
  | 'state'
  | 'marriage'
  | 'former_name'
  | 'hobby'
  | 'causes'
  | 'need_kinds'
  | 'special_cases'
  | 'special_note'
  | 'improper_care'
  | 'entrust_reason'
  | 'commute'
  | 'needs_school_bus'
  | 'subsidised'
  | 'blood_type'
  | 'deceased'
  | 'able'
  | 'post'
  | 'is_guardian'
  | 'is_away'
  | 'left_behind'
  | 'other'

export interface HeadMeaning {
  readonly owner: Owner | null
  /** In order of appearance; empty when the head names a person or a group only. */
  readonly attributes: readonly Attribute[]
  /** 成员2 → 2. */
  readonly member: number | null
  /** The head itself is one answer of the attribute: 双方外出, 男, 健康. The cell holds a tick or yes and no. */
  readonly tick: string | null
  /** 是否走读: yes and no change places. */
  readonly negated: boolean
  /** 0…1: how much of the head was understood. */
  readonly sure: number
}

const OWNERS: readonly (readonly [RegExp, Owner])[] = [
  [/班主任/, 'class_teacher'],
  [
    /代理家长|爱心(?:妈妈|爸爸|妈咪|家长|人士)|临时(?:妈妈|爸爸)|帮扶(?:责任)?(?:人|教师|老师|干部|单位|联系人)|结对(?:帮扶)?(?:人|教师|干部|单位|对象)|包保(?:责任)?(?:人|干部|领导)?|联系(?:干部|领导)|志愿者|帮教|关爱(?:教师|责任人)|学习帮手|辅导员/,
    'helper',
  ],
  [
    /走访人|填表人|填报人|采集人|采信员|登记人|调查人|审核人|复核人|网格员|村(?:委|居|社区?)?(?:会)?(?:联系人|负责人|干部)|(?:村委|居委|社区)(?=联系)|儿童(?:福利)?(?:主任|督导员)|督导员|责任人|经办人|负责人|村医|民警|报告人|校长|园长/,
    'staff',
  ],
  [/户主/, 'householder'],
  [/(?:家庭)?(?:主要)?成员|家人|亲属(?=姓名|关系|电话|\d|$)/, 'member'],
  [/外祖父(?!母)|外公|姥爷/, 'maternal_grandfather'],
  [/外祖母|外婆|姥姥/, 'maternal_grandmother'],
  [/(?<!外)祖父(?!母)|爷爷/, 'paternal_grandfather'],
  [/(?<!外)祖母|奶奶/, 'paternal_grandmother'],
  [
    /(?:委托|受委托|被委托|受托|法定|实际|现|第一|主要|临时|指定|其他|留守)*(?:监护|照护|照料|照顾|看护|抚养|代养|寄养|托管|看管|管护)(?:人|者)(?:员)?|(?:被|受)委托人|(?:帮)?(?:带|管|看|照看|照顾|领|养)(?:着)?(?:娃儿?|孩子|小孩|崽崽?|伢)?的人|(?:现在?|目前|平时|主要)?(?:由|是|跟)?(?:谁|哪个)(?:在|来)?(?:带|管|看|照看|照顾|照料)(?:娃娃?儿?|孩子|小孩)?|(?:现在?|目前|平时|平常|主要)?(?:跟|和|与|随)(?:着)?(?:谁|哪个)(?:一起|一块儿?|共同|同)?(?:生活|居住|过|住)(?:在一起)?|(?:带|管|看)(?:娃儿?|孩子|小孩)(?:的)?人?/,
    'carer',
  ],
  [/(?:紧急|方便|应急)?联系人/, 'contact'],
  [
    /父母(?:双方)?|父\/母|父[(]母[)]|双亲|爸妈|爹妈|家长|(?:外出)?(?:务工|打工)(?:的)?(?:家长|人员|者|人)|外出(?:的)?(?:家长|人员|人)|爸爸?妈妈?/,
    'parents',
  ],
  [/(?<![祖伯叔姑舅姨继养])父亲?|爸爸?|老汉儿?|阿爸|爹/, 'father'],
  [/(?<![祖伯叔姑舅姨继养])母亲?|妈妈?|老妈|阿妈|(?<!姑)娘(?!家)/, 'mother'],
  [
    /(?:留守|困境|在校|在园|被监护|受助)?(?:儿童|学生|幼儿|孩子|小孩|娃娃|娃儿|娃|小朋友|宝宝|宝贝|婴幼儿|未成年人|崽崽?|伢(?:子|儿)?|细娃|学童|少年)|留守人员|被监护人|本人|受助人/,
    'child',
  ],
]

// The order decides between readings of the same words; the longest match of the first fitting group wins.
const ATTRIBUTES: readonly (readonly [RegExp, Attribute])[] = [
  [
    /与?(?:被监护人|被照护人|儿童|学生|幼儿|孩子|小孩|娃娃?儿?|留守(?:人员|儿童|学生)|本人)(?:的)?(?:是)?(?:什么)?关系|(?:与|和|跟)(?:其|他|她)?的?关系|与(?:什么|啥|哪个)人?|是(?:娃|孩子|小孩|学生|儿童)?娃?的?(?:什么|啥|哪个)人?|(?:什么|啥)关系|(?:监护|亲属|亲缘|血缘|家庭|照护|抚养)?关系(?!说明)|称谓|称呼|身份(?!证|号)/,
    'relation',
  ],
  [/关系说明/, 'other'],
  [/(?:是否)?为?监护人$/, 'is_guardian'],
  [/(?:身份)?证件?(?:的)?(?:类型|类别|种类)|(?:身份)?证件?(?:的)?有效期|证件(?:起止|期限)/, 'id_type'],
  [/残疾证(?:号码?|编号)?/, 'other'],
  [
    /(?:公民|居民)?身份证?件?(?:明)?(?:的)?(?:号码?|证号|编号)?|(?:有效)?证件(?:的)?号码?|公民身份号码?|(?:id|身份)(?:card)?(?:no|号)/,
    'id_no',
  ],
  [
    /学籍(?:辅)?号|学号|座号|学生编号|班内(?:学)?(?:号|序号)|考号|准考证号|学校(?:标识|代)码|标识码|幼儿编号|儿童编号|档案号/,
    'student_no',
  ],
  [/户(?:编)?号|家庭编号|户编码|户序号/, 'household_no'],
  [/曾用名|小名|乳名|别名/, 'former_name'],
  [
    /(?:现|目前)?(?:就读|所读|在读|就学|所在|读书|上学)?(?:的)?(?:学校|幼儿园|院校)(?:名称|名字|名)?|(?:就读|所读|在读|就学)(?:的)?(?:单位|地点|地)|(?:在)?(?:哪里?|哪个|何处|啥子?)(?:学校)?(?:读书|上学|念书)|读(?:书)?(?:哪里|哪个)?(?:的)?学校|读哪个?学?校?|幼儿园(?:名称|名)?|所在(?:学校|园)|校名|园名/,
    'school',
  ],
  [/(?:就读|所在|所读|在读)?(?:的)?(?:年级(?:[和与及、/]|或)?(?:班级?|班别)|班级?(?:[和与及、/])?年级|年班)/, 'class'],
  [/(?:就读|所在|所读|在读|现读|读)?(?:的)?(?:几)?年级|读几年级|学段年级/, 'grade'],
  [/(?:就读|所在|所读|在读)?(?:的)?班(?:级|号|别|次)?(?!主任|干)/, 'class'],
  [
    /(?:是否)?(?:在)?(?:学校)?(?:寄宿|住校|住宿|住读|走读|内宿)(?:与否|否|情况|生|在校|方式|没有?|状况|学生|制)*|就读方式|住不住(?:校|学校)?|住学校/,
    'boarding',
  ],
  [
    /就学(?:情况|状况|状态|类型|阶段)?|学业(?:状况|情况|状态)|(?:就读|在读|在学|上学|入学)(?:情况|状况|状态|阶段)|学段|学历|文化程度|受教育程度|读书情况|就读阶段/,
    'schooling',
  ],
  [/入学(?:年月|时间|日期|方式|年份)|入园(?:日期|时间)|入校时间/, 'entered_on'],
  [
    /外出(?:务工|打工)?(?:的)?(?:起始|开始|起|离家)?(?:时间|日期|年月|起止)|(?:何时|什么时候|啥时候?|哪年|几时)(?:外出|出去|出门|走)(?:的)?(?:务工|打工)?|(?:务工|打工|离家|出门|离开)(?:的)?(?:起始|开始)?(?:时间|日期|年月)|外出(?:多久|时长|月数|年限)|(?:出去|走|离家)(?:了)?多久/,
    'away_since',
  ],
  [/委托(?:照料|照护|监护)?(?:的)?原因/, 'entrust_reason'],
  [/监护不当(?:的)?(?:情形|情况|行为|类型)?/, 'improper_care'],
  [/(?:父母)?(?:外出|留守)(?:的)?(?:主要)?原因|留守(?:的)?(?:主要)?原因/, 'causes'],
  [/(?:关爱|帮扶|帮助|服务)?需(?:求|要)(?:的)?(?:类别|类型|分类|种类|方面)|需要哪方面的?帮助/, 'need_kinds'],
  [/(?:其他|其它)特殊情况/, 'special_note'],
  [/特殊(?:情况|情形|类型|困难类型)/, 'special_cases'],
  [/上(?:下|放)?学(?:的)?(?:交通)?方式/, 'commute'],
  [/(?:是否)?(?:需要?)?(?:乘坐|坐)?校车/, 'needs_school_bus'],
  [/(?:是否)?(?:享受|接受)(?:学校)?资助/, 'subsidised'],
  [/血型/, 'blood_type'],
  [/(?:是否)?(?:已)?(?:去世|过世|故去)(?:与否)?/, 'deceased'],
  [
    /(?:是否|有无|有没有)?委托(?:其他)?(?:照料|照护|监护)?(?:人|情况|照料人|监护人|照护人|协议|书)?(?:照料|照护|监护)?$|(?:是否)?签订?(?:委托)?(?:照护|监护)?协议/,
    'entrusted',
  ],
  [/(?:另?一方)?无监护能力(?:的?(?:一方|方|者|人))?|无监护能力/, 'other_parent_unable'],
  [
    /(?:实际)?监护(?:类型|情况|状况|能力|评估|质量|等级|方式)(?:评估|评价)?|照护(?:情况|能力|状况)/,
    'guardianship_type',
  ],
  [
    /留守(?:的)?(?:类型|类别|情况|状况|种类|状态)|(?:是否|是不是)(?:属于)?(?:为)?留守(?:的)?(?:儿童|学生|幼儿)?|留守(?:与否|否)|父母(?:务工|外出|打工|在外|在家)(?:务工|打工)?(?:的)?(?:情况|类型|状态|状况|与否|否|吗|没)?|(?:父母)?(?:双方|双亲|父母|夫妻|爸妈)(?:都|均|同时|是否|同)*(?:外出|在外|不在家|出去|务工|打工)+(?:务工|打工)?|(?:父母)?(?:一方|单方|单亲)(?:外出|务工|在外)(?:务工|打工)?(?:[,，、]?(?:另)?一方无(?:监护)?能力)?|外出(?:务工)?(?:情况|类型|状况|状态)|务工(?:情况|状况)|双亲留守|单亲留守|双留?(?:守)?[/或、]?单留(?:守)?|单留?(?:守)?[/或、]?双留(?:守)?|双亲?[/或、]?单亲?留守|留守类?$/,
    'away',
  ],
  [/疑似残疾/, 'suspected_disability'],
  [/是否(?:为)?残疾|残疾与否|残疾否/, 'is_disabled'],
  [
    /残疾(?:的)?(?:类[别型]|等级|程度|种类|情况|级别|状况)?(?:[及和与、/]?(?:残疾)?(?:等级|级别|类[别型]|程度))?|残障(?:类型|情况|等级)?|伤残(?:类型|等级)?/,
    'disability',
  ],
  [
    /(?:所)?(?:患|得|有)(?:了)?(?:的)?(?:有)?(?:何种|什么|啥|哪种|大|重|没有)?(?:疾?病)(?:的)?(?:类[型别]|种类|情况|病种|名称|史)?|(?:重?大|重|慢性)?病(?:的)?(?:种|名|症|史|因|情况)|疾病(?:名称|类型|种类|情况)?|(?:大|重)病(?:病种|情况)?/,
    'illness',
  ],
  [/(?:身体|健康)(?:的)?(?:健康)?(?:情况|状况|状态|程度|与否|好不好|咋样|怎么?样|如何)*/, 'health'],
  [
    /(?:是否|有无|有没有)?(?:进行|办理|已)?(?:登记|上|落|办|入)(?:了)?户口?(?:登记)?|(?:有无|是否有|有没有)户口|户口(?:登记|状况|状态|有无|情况)|户籍(?:状况|状态|情况)|人户(?:状态|分离)/,
    'hukou_registered',
  ],
  [/(?:户口|户籍|农业户口|非农业户口)(?:的)?(?:性质|类[型别]|种类)/, 'hukou_type'],
  [
    /(?:户籍|户口|户口簿)(?:的)?(?:所在)?(?:的)?(?:地|地址|地点|住址|行政区划|详细地址|所在)*|原籍地?址?|老家(?:地址)?/,
    'household_place',
  ],
  [/籍贯|出生(?:所在)?地(?:点|址|行政区划)?(?:代码)?|国籍(?:\/?地区)?|港澳台侨外?/, 'native_place'],
  [/(?:通信|通讯|邮寄|邮政)(?:地址|编码)|邮编|电子信箱|邮箱|e-?mail|主页地址|qq号?/, 'mailing_address'],
  [
    /(?:(?:在)?(?:何地|哪里?|哪个地方|什么地方|啥地方|哪儿)(?:里)?(?:务工|打工|上班|工作|做工|干活))|(?:去|到|在)(?:哪里?|哪儿|何处|什么地方)(?:务工|打工)|(?:(?:现|当前|目前|外出|常年)?(?:在)?(?:务工|打工|就业|工作|上班|做工|创业|从业)(?:的)?(?:所在)?(?:单位|企业|公司|工厂)?(?:及|和|、|或)?(?:的)?(?:具体|详细|所在)?(?:地点|地方|地区|区域|地址|单位|城市|去向|去处|所在地|省份|省市|省|市|处|流向|地(?!点|方|区|址)|(?:详细)?地址))|外出(?:的)?(?:地点|地方|地址|地区|去向|去处|城市|所在地|地(?!点|方|区|址))|流入地|去向|(?:外出|现)(?:务工)?所在地|外出(?:务工|打工)(?:地)?$|打工(?:在哪里?|哪里)|(?:人)?在哪里?$/,
    'work_place',
  ],
  [/职业|从事(?:的)?(?:工作|职业|行业)|工种|干(?:什么|啥)|做(?:什么|啥)(?:工作|活)?|工作(?:内容|情况)?$/, 'occupation'],
  [/职务|职称|单位及职务/, 'post'],
  [
    /(?:手机|移动|固定|联系|家庭|办公)?(?:电话|手机)(?:的)?(?:号码?)?|联系(?:的)?(?:方式|号码|方法)|(?:手机|联系|电话)号码?|号码$|微信号?|联络(?:方式|电话)|咋?个?联系|^tel$|^phone$/,
    'phone',
  ],
  [/(?:年|月|总|人均|家庭)+收入|收入(?:情况|水平|金额)?$|社保金|其他收入/, 'family_income'],
  [/(?:家庭)?(?:主要)?(?:经济|收入|生活)(?:的)?来源/, 'income_sources'],
  [
    /困难(?:及|和|与|、)?(?:诉求|需求)|诉求|需求|(?:微)?心愿|愿望|期望|需要(?:解决|帮助)(?:的)?(?:问题|困难)?/,
    'difficulties',
  ],
  [
    /(?:家庭)?经济(?:情况|状况|条件)|家庭(?:困难|贫困|情况|条件|状况)(?:情况|程度|类型|等级)?(?!说明|备注)|(?:是否)?(?:建档立卡|贫困|脱贫|困难|监测)(?:户|家庭|学生|类型|程度|原因|情况)?|家里(?:情况|条件)(?!说明|备注)/,
    'economy',
  ],
  [
    /学校资助(?:情况)?|(?:救助|帮扶|资助|福利|补助|补贴|政策)(?:的)?(?:帮扶|措施|情况|种类|项目|类型|内容|金额)*|(?:是否|有无)?(?:享受|接受|领取|纳入|申请)+(?:的)?(?:何种|什么)?(?:政策|待遇|救助|资助|补助|低保|一补)*(?:情况)?|(?:是否)?(?:有)?低保(?:户|家庭)?|社会(?:福利|救助|保障)/,
    'aid_kinds',
  ],
  [/(?:关爱|风险|关注|帮扶|预警|监护风险|走访|重点)(?:的)?(?:级别|等级|类别|程度|对象)/, 'care_level'],
  [
    /(?:最近|上次|末次|最后|最新|近期)(?:一次)?(?:的)?(?:走访|家访|探访|入户|联系|见面|返乡|回家)(?:的)?(?:时间|日期)?|(?:走访|家访|探访|入户)(?:的)?(?:时间|日期|年月)/,
    'last_visit_on',
  ],
  [/(?:走访|家访|探访|入户|谈心)(?:的)?(?:记录|情况|内容|结果|次数|频次)/, 'visit_note'],
  [/是否(?:为)?孤儿|孤儿/, 'orphan'],
  [/(?:是否)?独生子女/, 'only_child'],
  [/婚姻(?:状况|情况)?|是否离异/, 'marriage'],
  [/爱好|特长|兴趣/, 'hobby'],
  [/出生(?:的)?(?:年月日|年月|日期|时间|年份|日|年)?(?:[(/].*)?|生日|生辰|哪年生|啥时候生|几时生/, 'born_on'],
  [/(?:实足|现|实际)?(?:年龄|周岁|岁数|年纪)|几岁|多大(?:了)?|岁$/, 'age'],
  [/性别|男女|男\/女|男或女/, 'sex'],
  [/民族|族别/, 'ethnicity'],
  [
    /(?:住|家)?(?:在)?(?:哪个?|第?几)(?:村民)?(?:小)?组|(?:所属|所在)?(?:村民|村居民|居民)?(?:小组|组别|组名|组)(?!织|长|成)|村组|村民组|自然(?:村|寨|屯)|(?:所在)?(?:屯|寨|湾|社)(?:别|名|组)?$|生产队|队别/,
    'villager_group',
  ],
  [/(?:所属|所在|行政)?(?:村居?|社区|村委会?|居委会?|村\(居\)|村\(社区\)|村社)(?:名称?|别)?$/, 'village'],
  [/(?:所属|所在)?(?:乡镇|街道|镇|乡|县区?|市|省)(?:名称?)?$/, 'township'],
  [
    /(?:现|家庭|实际|目前|经常|常|当前|详细|具体|家)*(?:居住|住|居家)(?:的)?(?:详细)?(?:地点|地址|址|地方|地|所|处)(?:及门牌)?|家庭(?:的)?(?:详细)?(?:地址|所在地|位置)|现居|现住|(?:详细|现|居家)?地址|住(?:在)?(?:哪里?|哪儿|何处|啥子?地方)|(?:家|屋)(?:里|头)?(?:在|住)?(?:哪里?|哪儿|何处)|住处|门牌号?|家住/,
    'residence',
  ],
  [/(?:姓\s*名|名字|名称|姓氏|花名|叫(?:什么|啥)(?:名字?)?|大名|学名|名$)/, 'name'],
  [
    /备\s*注|备考|附注|(?:其他|其它)(?:的)?(?:情况|说明|事项)(?:说明)?|(?:家里|家庭)?情况(?:说明|备注)|说明|其他$|注$/,
    'remark',
  ],
  [/^(?:序列?号?|编号|顺序号?|no\.?|№|号|序数|id|#)$/, 'serial'],
  [/状态|是否在世|健在(?:情况)?|在世(?:情况)?|存殁|生存状况/, 'state'],
  [/^(?:现状|状况|情况|状态|现况)$/, 'state'],
  [/(?:是否|有无|有没有)?(?:在外|外出|在家|不在家|务工|打工|出去)(?:务工|打工)?(?:与否|否|吗|没)?$/, 'is_away'],
  [
    /政治面貌|原因|独生|上学距离|上下学距离|学前教育|烈士|优抚|政府购买|随班|学生来源|随迁|侵害|上报|头像|照片|毕业|户均|人口数?|子女数|监护人数|签(?:字|名|收)|日期|时间|金额|数量|物品|类型$|类别$|级别$/,
    'other',
  ],
]

const FILLER =
  /^(?:是否|的|及|和|与|、|\/|,|:|：|现|当前|目前|实际|主要|情况|信息|基本|填写|详细|具体|有|为|其|栏|人|第|亲|[一二三四五12345]|-|—|_|是|有无|所|在|等|类|级|状况|时|后|前|吗|呢|不)+$/

/** Attributes that name an answer to be ticked, by the words of the head. */
const TICKS: readonly (readonly [RegExp, Attribute, string])[] = [
  [/(?:一方|单方).*无(?:监护)?能力|另一方无/, 'away', 'one_parent_other_unable'],
  [
    /(?:双方|双亲|父母|夫妻|爸妈)(?:都|均|同时|是否|同|双方)*(?:外出|在外|不在家|出去)(?:务工|打工)?$|双亲留守/,
    'away',
    'both_parents',
  ],
  [/(?:一方|单方|单亲)(?:外出|务工|在外|留守)(?:务工|打工)?$/, 'away', 'one_parent'],
]

/** 村, 镇 and 组 end the names of places, so they are heads only by themselves. */
const PLACES: ReadonlySet<Attribute> = new Set<Attribute>(['village', 'township', 'villager_group'])

const cache = new Map<string, HeadMeaning>()

/** One cell of a head, without its surroundings. */
export function understandHead(raw: string): HeadMeaning {
  const text = foldText(raw)
  let meaning = cache.get(text)
  if (!meaning) {
    meaning = analyse(text)
    if (cache.size < 5000) cache.set(text, meaning)
  }
  return meaning
}

const NOTHING: HeadMeaning = { owner: null, attributes: [], member: null, tick: null, negated: false, sure: 0 }

function analyse(folded: string): HeadMeaning {
  // (1)班, 三(2)班: values that are made of a head's words.
  if (readGradeClass(folded) !== null) return NOTHING
  const text = bareHead(folded)
  // A head is short; a sentence or a value with digits is none.
  if (text === '' || text.length > 26 || /^[\d.\-/:%]+$/.test(text) || /\d{4,}/.test(text)) return NOTHING
  // 一组, 三年级, 大班, 白岩村: values that are made of a head's words.
  if (/^[一二三四五六七八九十\d]{1,3}(?:组|社|屯|队|村)$/.test(text) || readGradeClass(text)?.grade != null)
    return NOTHING
  const member = /成员(\d|[一二三四五六])/.exec(text)
  const { owner, rest: afterOwner } = takeOwner(text)
  const found = takeAttributes(text, owner, afterOwner)
  if (found.attributes.length === 0 && owner === null) return NOTHING
  if (found.leftover > 0 && PLACES.has(found.attributes[0] ?? 'name')) return NOTHING
  // 监护人及关系 holds the name too.
  if (
    owner &&
    found.attributes.length === 1 &&
    found.attributes[0] !== 'name' &&
    /(?:人|者|父亲|母亲|家长|爸爸|妈妈)(?:的)?(?:姓名)?(?:[及和、/+]|与(?!.{0,6}关系))/.test(text) &&
    !/^(?:与|和)/.test(text)
  )
    found.attributes.unshift('name')
  const sure = sureness(found, text)
  if (sure < 0.4) return NOTHING
  const tick = TICKS.find(([pattern, attribute]) => found.attributes[0] === attribute && pattern.test(text))
  return {
    owner,
    attributes: found.attributes,
    member: member ? Number(member[1]) || '一二三四五六'.indexOf(member[1] ?? '') + 1 : null,
    tick: tick?.[2] ?? null,
    negated: found.attributes[0] === 'boarding' && /走读|通学/.test(text) && !/住|寄|[/或、]/.test(text),
    sure,
  }
}

function sureness(found: { attributes: readonly Attribute[]; leftover: number }, text: string): number {
  return found.attributes.length === 0
    ? 0.8 - found.leftover / text.length
    : 0.99 - (0.7 * found.leftover) / text.length
}

/** Notes in brackets, units and numbering say how to fill in, not what. */
function bareHead(text: string): string {
  const without = text
    .replace(/[(（【[〔<《][^)）】\]〕>》]*[)）】\]〕>》]/g, '')
    .replace(/[*＊★※:：?？。!]+/g, '')
    .replace(/^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)]/, '')
  return without === '' ? text.replace(/[()（）【】[\]〔〕]/g, '') : without
}

function takeOwner(text: string): { owner: Owner | null; rest: string } {
  if (/(?:有无|是否|有没有).*委托|有无.*(?:监护人|照料人|照护人)/.test(text))
    return { owner: null, rest: text.replace(/(?:其他|受)?(?:监护人|照料人|照护人)$/, '照料人') }
  if (/与?户主的?关系/.test(text)) return { owner: 'householder', rest: '关系' }
  // 与学生关系 names the child as the other side of the relation, not as the owner.
  const plain = text.replace(
    /(?:与|和|跟|是)(?:其)?(?:被监护人|被照护人|留守(?:人员|儿童|学生)|儿童|学生|幼儿|孩子|小孩|娃娃?儿?|本人|户主)(?:的)?(?:是)?(?=.{0,2}(?:关系|什么人|啥人))/,
    '与',
  )
  for (const [pattern, owner] of OWNERS) {
    const match = pattern.exec(plain)
    if (!match) continue
    if (
      owner === 'child' &&
      /留守(?:儿童|学生|幼儿|人员)?(?:类型|类别|情况)|(?:是否|是不是)(?:属于|为)?(?:留守|残疾|孤|困境)|儿童类[型别]/.test(
        plain,
      )
    )
      continue
    if (
      owner === 'parents' &&
      /(?:父母|双方|双亲|爸妈)(?:双方|一方|单方)?(?:都|均|同时|同|是否)*(?:外出|务工|打工|在外|在家|不在家|出去)(?!.*(?:地|单位|去向|去处|时间|省|哪))/.test(
        plain,
      )
    )
      return { owner: null, rest: plain }
    if (owner === 'parents' && /(?:双亲|单亲)留守/.test(plain)) return { owner: null, rest: plain }
    return { owner, rest: plain.replace(match[0], '') }
  }
  return { owner: null, rest: plain }
}

function takeAttributes(
  text: string,
  owner: Owner | null,
  afterOwner: string,
): { attributes: Attribute[]; leftover: number } {
  const attributes: { attribute: Attribute; at: number }[] = []
  let rest = owner === 'child' && /关系/.test(text) ? text : afterOwner
  for (let round = 0; round < 3; round++) {
    let best: { attribute: Attribute; at: number; length: number } | null = null
    for (const [pattern, attribute] of ATTRIBUTES) {
      const match = pattern.exec(rest)
      if (match && match[0].length > 0 && (!best || match[0].length > best.length))
        best = { attribute, at: match.index, length: match[0].length }
    }
    if (!best || (round > 0 && best.length < 2)) break
    if (!attributes.some((known) => known.attribute === best.attribute))
      attributes.push({ attribute: best.attribute, at: best.at })
    rest = rest.slice(0, best.at) + '~'.repeat(best.length) + rest.slice(best.at + best.length)
  }
  const left = rest
    .split(/~+/)
    .filter((part) => part !== '' && !FILLER.test(part))
    .join('')
  return { attributes: attributes.sort((a, b) => a.at - b.at).map(({ attribute }) => attribute), leftover: left.length }
}
