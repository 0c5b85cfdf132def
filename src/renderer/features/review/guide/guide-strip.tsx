import { X } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import './guide.css'

const storageKey = 'muster.review-guide'
const listeners = new Set<() => void>()
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const isWanted = (): boolean => window.localStorage.getItem(storageKey) !== 'seen'

/** Brings the introduction back, or sends it away for good. */
export const setGuide = (isShown: boolean): void => {
  if (isShown) window.localStorage.removeItem(storageKey)
  else window.localStorage.setItem(storageKey, 'seen')
  for (const listener of listeners) listener()
}

export const useGuide = (): boolean => useSyncExternalStore(subscribe, isWanted)

/** A minute's introduction above the item: blocks nothing, takes no focus, and never comes back unless asked. */
export const GuideStrip = () => {
  const words = t.review.depth.guide
  const [at, setAt] = useState(0)
  const step = words.steps[at]
  if (step === undefined) return null
  const isLast = at === words.steps.length - 1
  const close = (): void => {
    setGuide(false)
    // The button that was pressed is gone: the work goes on in the queue.
    document.querySelector<HTMLElement>('[role=tree]')?.focus()
  }
  return (
    <section className="guide-strip" aria-label={words.label}>
      <div aria-live="polite">
        <p><strong>{step[0]}</strong> <span className="faint numbers">{words.step(formatNumber(at + 1), formatNumber(words.steps.length))}</span></p>
        <p className="soft">{step[1]}</p>
      </div>
      <div className="actions">
        {at === 0 ? null : <button type="button" className="button quiet small" onClick={() => setAt(at - 1)}>{words.previous}</button>}
        <button type="button" className="button small" onClick={() => (isLast ? close() : setAt(at + 1))}>{isLast ? words.done : words.next}</button>
        <button type="button" className="button quiet small" aria-label={words.close} onClick={close}><X size={14} aria-hidden="true" /></button>
      </div>
    </section>
  )
}
