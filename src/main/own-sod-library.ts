import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sodLibrary, type SodLibrary } from '../shared/model/policy.ts'

/** The rules and tags that come along; read once, when a workspace is opened. */
export function sodLibraryIn(folder: string): SodLibrary {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  return sodLibrary.parse({ areas: ['finance', 'it-administration', 'development'].map(read), tags: read('tags') })
}
