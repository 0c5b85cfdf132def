import { useEffect, useRef } from 'react'

/**
 * How long the item on screen has been open, in milliseconds; null until its evidence is there. Time in which the window was hidden
 * does not count.
 */
export const useOpenTime = (itemId: number | null, isShown: boolean): (() => number | null) => {
  const since = useRef<number | null>(null)
  useEffect(() => {
    since.current = isShown ? performance.now() : null
    let hiddenAt: number | null = document.hidden ? performance.now() : null
    const onVisibility = (): void => {
      if (document.hidden) hiddenAt = performance.now()
      else if (hiddenAt !== null && since.current !== null) {
        since.current += performance.now() - hiddenAt
        hiddenAt = null
      }
    }
    document.addEventListener('visibilitychange', onVisibility)
    return () => document.removeEventListener('visibilitychange', onVisibility)
  }, [itemId, isShown])
  return () => (since.current === null ? null : performance.now() - since.current)
}
