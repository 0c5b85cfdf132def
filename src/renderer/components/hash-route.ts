import { useSyncExternalStore } from 'react'

/** The parts of `#/review/3/17`: `['review', '3', '17']`. */
export const parseHash = (hash: string): readonly string[] =>
  hash.replace(/^#\/?/, '').split('/').filter((part) => part !== '').map((part) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  })

export const toHash = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`

const subscribe = (onChange: () => void): (() => void) => {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

/** Where we are, from the address bar's fragment. */
export const useRoute = (): readonly string[] => parseHash(useSyncExternalStore(subscribe, () => window.location.hash))

/** Notes the place in the address bar without adding to the history or drawing anything anew. */
export const notePlace = (...parts: readonly string[]): void => window.history.replaceState(null, '', toHash(...parts))

/** Goes to another screen. */
export const goTo = (...parts: readonly string[]): void => {
  window.location.hash = toHash(...parts)
}
