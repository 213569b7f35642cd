/** True when a place found in the list of divisions is named in the words of a file: 重庆市 names no 市场社区, 浙江温州瑞安 names 瑞安市. */
export function placeFits(words: string, name: string): boolean {
  return words.includes(name.slice(0, 2))
}
