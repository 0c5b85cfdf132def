import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { framework } from '../../../shared/model/report-facts.ts'
import type { Framework } from '../../../shared/model/report-facts.ts'

/** The frameworks that come with Muster, by file name. Throws where a file is not one: a mapping an auditor reads must not be half there. */
export function readFrameworks(folder: string): Framework[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
    .map((name) => framework.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
}
