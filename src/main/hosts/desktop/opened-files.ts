import { resolve } from 'node:path'
import type { HostWish } from './page-notes.ts'

/** What opening a file of ours means: a sealed bundle is checked, a packet is taken in. Null: not ours. */
export const wishForFile = (path: string): Extract<HostWish, { kind: 'verify' | 'packet' }> | null => {
  const lower = path.toLowerCase().replace(/[\\/]+$/, '')
  if (lower.endsWith('.musterpack')) return { kind: 'packet', path }
  return lower.endsWith('.muster') ? { kind: 'verify', path } : null
}

/** Files among the words of a command line, which may also hold switches of ours and of Chromium. */
export const filesOf = (argv: readonly string[], cwd: string): readonly string[] =>
  argv.filter((word) => !word.startsWith('-') && wishForFile(word) !== null).map((word) => resolve(cwd, word))
