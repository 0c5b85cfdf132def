import type { Migration } from 'kysely/migration'
import * as firstStore from './0001-first-store.ts'
import * as liveSources from './0002-live-sources.ts'
import * as learning from './0004-learning.ts'

/** Every migration ever released, in order. Static, so that a packaged app needs no folder to scan. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-store': firstStore,
  '0002-live-sources': liveSources,
  '0004-learning': learning,
}
