// Keys of the whole application: `/` finds, `g` then a letter goes, `?` lists them. Never while somebody is typing.
import { useEffect } from 'react'

export interface Keys {
  find: () => void
  go: (letter: string) => void
  help: () => void
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

export function useKeys({ find, go, help }: Keys): void {
  useEffect(() => {
    let afterG = 0
    function onKeyDown(event: KeyboardEvent): void {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('dialog[open]')
      )
        return
      if (event.key === '/') {
        event.preventDefault()
        find()
      } else if (event.key === '?') help()
      else if (event.key === 'g') afterG = event.timeStamp
      else if (afterG && event.timeStamp - afterG < 1_500) {
        afterG = 0
        go(event.key)
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [find, go, help])
}
