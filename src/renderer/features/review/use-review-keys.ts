import { useEffect, useRef } from 'react'
import { focusPlace, reviewCommand } from './keys.ts'
import type { ReviewCommand } from './keys.ts'

/** Listens to the keys of the review wherever the focus is, before any control does. */
export const useReviewKeys = (onCommand: (command: ReviewCommand) => void): void => {
  const latest = useRef(onCommand)
  useEffect(() => {
    latest.current = onCommand
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = reviewCommand(event, focusPlace(event.target))
      if (command === null) return
      event.preventDefault()
      event.stopPropagation()
      latest.current(command)
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
