/** Surnames of two characters that are in use; anything else splits after the first character. */
const twoCharacterSurnames = new Set(
  '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 南宫 端木 百里 呼延 轩辕 钟离 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 闾丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 第五 西门 东郭 万俟 闻人 赫连 鲜于 独孤'.split(
    ' ',
  ),
)

/**
 * The part of a name that may be shown to those who must not know who the child is: 陈小雨 → 小雨, 欧阳明 → 明, 买买提·艾力 → 买买提.
 * A name of one character, or in letters, stays as its first part.
 */
export function givenName(name: string): string {
  const text = name.trim()
  if (text.includes('·')) return text.split('·')[0]!
  const letters = Array.from(text)
  if (!/\p{Script=Han}/u.test(text)) return text.split(/\s+/)[0]!
  if (letters.length <= 1) return text
  if (letters.length >= 3 && twoCharacterSurnames.has(letters.slice(0, 2).join(''))) return letters.slice(2).join('')
  return letters.slice(1).join('')
}
