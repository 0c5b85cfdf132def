import { join } from 'node:path'
import type { WorkspacePaths } from './use-cases/context.ts'

/** Where one workspace keeps its things. */
export function pathsOf(folder: string): WorkspacePaths {
  return {
    folder, database: join(folder, 'muster.db'), raw: join(folder, 'raw'), staging: join(folder, 'staging'), keys: join(folder, 'keys'),
    bundles: join(folder, 'bundles'), mirrors: join(folder, 'mirrors'),
  }
}
