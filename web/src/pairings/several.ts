// Several short words in one field: people part them by 、 or commas or spaces.

export function partsOf(words: string): string[] {
  return [...new Set(words.split(/[、，,；;\s]+/).filter((part) => part !== ''))].slice(0, 6)
}

export function wordsOf(parts: readonly string[]): string {
  return parts.join('、')
}
