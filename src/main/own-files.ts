import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { StartError } from './start-error.ts'

/** Where package.json and resources/ are: above the sources in a checkout, above `out` in a built app, however deep its chunks lie. */
export const root = rootAbove(import.meta.dirname)

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'resources', 'signal-weights.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new StartError('other', 'Muster\'s own files are incomplete: resources/signal-weights.json is missing. Install it again.')
  return rootAbove(above)
}

/** What Muster brings along. */
export function resource(path: string): string {
  return join(root, 'resources', path)
}

export function threadEntry(): URL {
  return builtEntry('hosts/worker/main.ts', 'worker.js')
}

/** A thread's file: the source in a checkout, what was built from it in a built app. */
export function builtEntry(source: string, built: string): URL {
  return pathToFileURL(import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, source) : join(root, 'out/main', built))
}
