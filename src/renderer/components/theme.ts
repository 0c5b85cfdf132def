import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'
export const themes: readonly Theme[] = ['system', 'light', 'dark']

const storageKey = 'muster.theme'
const listeners = new Set<() => void>()

export const readTheme = (): Theme => themes.find((theme) => theme === window.localStorage.getItem(storageKey)) ?? 'system'

/** Draws in a theme from now on and remembers it on this machine. `system` follows the operating system. */
export const applyTheme = (theme: Theme): void => {
  window.localStorage.setItem(storageKey, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The theme chosen now; it can be changed in three places. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, readTheme)
