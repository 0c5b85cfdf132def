import { ipcMain, type WebContents } from 'electron'
import { isAddress } from './desk-memory.ts'
import { distrust } from './trusted-sender.ts'

/** Channels of the page's notes to us and of what we want of the page. */
export const noteChannel = 'muster:note'
export const wishChannel = 'muster:wish'

export type PageNote =
  | { readonly kind: 'place'; readonly address: string }
  | { readonly kind: 'look'; readonly language: 'en' | 'de'; readonly theme: 'system' | 'light' | 'dark' }
  | { readonly kind: 'work-ended'; readonly title: string; readonly text: string }
  /** From now on wishes are heard. */
  | { readonly kind: 'listening' }

export type HostWish =
  | { readonly kind: 'palette' }
  | { readonly kind: 'widen' }
  | { readonly kind: 'go'; readonly address: string }
  | { readonly kind: 'verify'; readonly path: string }
  | { readonly kind: 'packet'; readonly path: string }
  | { readonly kind: 'start-progress'; readonly text: string; readonly share: number | null }

const isShort = (value: unknown, most: number): value is string => typeof value === 'string' && value !== '' && value.length <= most

/** Null for whatever is not exactly one of the notes. */
export const readNote = (value: unknown): PageNote | null => {
  if (typeof value !== 'object' || value === null) return null
  const { kind, address, language, theme, title, text } = value as Readonly<Record<string, unknown>>
  if (kind === 'place') return isAddress(address) ? { kind, address } : null
  if (kind === 'look') {
    if ((language !== 'en' && language !== 'de') || (theme !== 'system' && theme !== 'light' && theme !== 'dark')) return null
    return { kind, language, theme }
  }
  if (kind === 'work-ended') return isShort(title, 100) && isShort(text, 300) ? { kind, title, text } : null
  return kind === 'listening' ? { kind } : null
}

/** Hears notes of our own page only. */
export const hearNotes = (take: (note: PageNote) => void): void => {
  ipcMain.on(noteChannel, (event, value: unknown) => {
    if (distrust(event) !== null) return
    const note = readNote(value)
    if (note !== null) take(note)
  })
}

export const tellPage = (contents: WebContents, wish: HostWish): void => contents.send(wishChannel, wish)
