import type { CodeOf, ValueEntry } from './value.ts'

// GB/T 3304: the order of the list is the numeric code.
const NAMES =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族'.split(
    ' ',
  )
const ENGLISH =
  'Han Mongol Hui Tibetan Uygur Miao Yi Zhuang Bouyei Korean Manchu Dong Yao Bai Tujia Hani Kazak Dai Li Lisu Va She Gaoshan Lahu Sui Dongxiang Naxi Jingpo Kirgiz Tu Daur Mulao Qiang Blang Salar Maonan Gelao Xibe Achang Pumi Tajik Nu Uzbek Russian Ewenki Deang Bonan Yugur Gin Tatar Derung Oroqen Hezhen Monba Lhoba Jino'.split(
    ' ',
  )
const ALSO: Record<string, readonly string[]> = {
  维吾尔族: ['维族', '维'],
  蒙古族: ['蒙族', '蒙'],
  哈萨克族: ['哈族'],
  仡佬族: ['仡佬'],
  布依族: ['布依', '布衣族'],
}

/** The code is the name of the people itself: it is what every form prints. */
export const ethnicities: readonly ValueEntry[] = NAMES.map((zh, place) => ({
  code: zh,
  zh,
  en: ENGLISH[place] ?? zh,
  national_code: String(place + 1).padStart(2, '0'),
  read_as: [zh.slice(0, -1), ...(ALSO[zh] ?? [])],
}))

export type Ethnicity = CodeOf<typeof ethnicities>
