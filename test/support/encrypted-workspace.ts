import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createRouterClient } from '@orpc/server'
import type { SystemVault } from '../../src/main/app.ts'
import { createApp, type App, type AppOptions } from '../../src/main/app.ts'
import type { Client } from './workspace-builder.ts'

export const workspacePassphrase = 'opens the whole workspace'

/** What a desktop's key store does, without a desktop. `forget` empties it. */
export function fakeVault(): SystemVault & { readonly forget: () => void } {
  let kept = new Map<string, string>()
  return {
    protect: async (text) => {
      const name = `kept-${kept.size}`
      kept.set(name, text)
      return name
    },
    reveal: async (name) => {
      const text = kept.get(name)
      if (text === undefined) throw new Error('the store does not know it')
      return text
    },
    forget: () => { kept = new Map() },
  }
}

export interface Opened {
  readonly app: App
  readonly officer: Client
}

export async function opened(folder: string, options: Partial<AppOptions> = {}): Promise<Opened> {
  const app = await createApp({ folder, asOf: '2026-03-31', host: 'cli', threads: false, env: {}, ...options })
  const actor = await app.officer()
  return { app, officer: createRouterClient(app.router, { context: { actor } }) }
}

/** Files of a folder, however deep, in which one of the words stands readable. */
export async function filesThatSay(folder: string, words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    if (words.some((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))) found.push(path)
  }
  return found
}

/** What the sqlite3 command line says to a file; null where the machine has none. */
export async function sqliteSays(path: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('sqlite3', [path, 'SELECT count(*) FROM sqlite_schema'])
    return stdout
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  }
}
