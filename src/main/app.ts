import type { Actor } from './use-cases/context.ts'

export type { Actor }

export interface AppOptions {
  /** The workspace's folder. */
  readonly folder: string
  /** The day everything is judged as of; null = today. */
  readonly asOf: string | null
  readonly host: 'desktop' | 'web' | 'cli'
  /** Long work (sync, launch, recommend, seal) runs in a worker thread of its own; a command line has nobody to keep waiting. */
  readonly threads: boolean
}
