import { createContext, useCallback, useContext, useMemo, useState } from 'react'
import type { ReactNode } from 'react'

const AnnounceContext = createContext<(sentence: string) => void>(() => undefined)

/** Says a sentence to a screen reader without moving the focus. */
export const useAnnounce = (): ((sentence: string) => void) => useContext(AnnounceContext)

/** One polite live region for the whole app. A sentence said twice in a row is said twice. */
export const Announcer = ({ children }: { readonly children: ReactNode }) => {
  const [said, setSaid] = useState({ sentence: '', count: 0 })
  const announce = useCallback((sentence: string) => setSaid((before) => ({ sentence, count: before.count + 1 })), [])
  const live = useMemo(() => <span key={said.count}>{said.sentence}</span>, [said])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="visually-hidden announcer" role="status" aria-live="polite" data-testid="announcer">
        {live}
      </div>
    </AnnounceContext>
  )
}
