import { useEffect, useSyncExternalStore } from 'react'

// What a screen or a dialog shows of long work by itself is not shown a second time in the shell, nor told again once somebody has seen how it ended.

let shown: ReadonlyMap<string, number> = new Map()
const seen = new Set<string>()
const listeners = new Set<() => void>()

const count = (name: string, by: number): void => {
  shown = new Map(shown).set(name, (shown.get(name) ?? 0) + by)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says that this piece of work is shown here, and which end of it is. */
export const useShown = (name: string, end: string | null): void => {
  useEffect(() => {
    if (end !== null) seen.add(end)
  }, [end])
  useEffect(() => {
    count(name, 1)
    return () => count(name, -1)
  }, [name])
}

export const isSeen = (end: string): boolean => seen.has(end)

/** Whether a piece of work is on the screen right now, outside the shell. */
export const isShown = (name: string): boolean => (shown.get(name) ?? 0) > 0

/** The same, for whoever draws. */
export const useIsShown = (): ((name: string) => boolean) => {
  const now = useSyncExternalStore(subscribe, () => shown)
  return (name) => (now.get(name) ?? 0) > 0
}
