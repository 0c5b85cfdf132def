import { useEffect } from 'react'
import { goTo, parseHash } from '../components/hash-route.ts'
import { useTheme } from '../components/theme.ts'
import { onHostWish, tellHost } from '../host.ts'
import { language } from '../texts/language.ts'

interface Shown {
  readonly address: readonly string[]
  readonly openPalette: () => void
  readonly toggleWide: () => void
}

/** Keeps the desktop told of where we are and how we look, and does what its menu wants. In a browser nobody listens. */
export const useHost = ({ address, openPalette, toggleWide }: Shown): void => {
  const theme = useTheme()
  const place = address.map(encodeURIComponent).join('/')
  useEffect(() => tellHost({ kind: 'place', address: place }), [place])
  useEffect(() => tellHost({ kind: 'look', language, theme }), [theme])
  useEffect(() => onHostWish((wish) => {
    if (wish.kind === 'palette') openPalette()
    else if (wish.kind === 'widen') toggleWide()
    else if (wish.kind === 'go') goTo(...parseHash(wish.address))
    else if (wish.kind === 'verify') goTo('evidence', 'verify', wish.path)
    else if (wish.kind === 'packet') goTo('packet', wish.path)
  }), [openPalette, toggleWide])
}
