import { useEffect, useState } from 'react'

/** The value after it has rested for a moment: one question per pause, not one per key. */
export function useRested<T>(value: T, ms = 150): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}
