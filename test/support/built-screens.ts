import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The screens as shipped: those the run built for all its files, or else built into a folder of their own. */
export const buildScreens = async (): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> => {
  const shared = process.env['MUSTER_SCREENS']
  if (shared !== undefined) return { folder: shared, remove: () => Promise.resolve() }
  const folder = await mkdtemp(join(tmpdir(), 'muster-screens-'))
  const configFile = fileURLToPath(new URL('../../src/renderer/vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2_000 } })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
