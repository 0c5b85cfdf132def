import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A bundle that is being written, wherever the officer wants it: what a seal that dies leaves there must not stay behind. */
export interface SealInProgress {
  readonly folder: string
  readonly name: string
}

const pathIn = (workspace: string): string => join(workspace, 'sealing.json')

export function markSeal(workspace: string, seal: SealInProgress): void {
  writeFileSync(pathIn(workspace), JSON.stringify(seal), { mode: 0o600, flush: true })
}

export function clearSealMark(workspace: string): void {
  rmSync(pathIn(workspace), { force: true })
}

/** What a seal that died was writing; null = none did. */
export function diedSeal(workspace: string): SealInProgress | null {
  try {
    const found = JSON.parse(readFileSync(pathIn(workspace), 'utf8')) as Partial<SealInProgress>
    return typeof found.folder === 'string' && typeof found.name === 'string' ? { folder: found.folder, name: found.name } : null
  } catch {
    return null
  }
}
