import { useEffect, useState } from 'react'

/** The value once it has stood still for a moment, so that typing does not ask at every letter. */
export const useSettled = <T>(value: T, milliseconds = 200): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
