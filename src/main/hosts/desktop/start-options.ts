import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What the app was started with. `workspace` null = ask for a folder. */
export interface StartOptions {
  readonly workspace: string | null
  readonly as: string | null
  readonly asOf: string | null
  /** The first screen is wanted, whatever was open the last time. */
  readonly isStartPage: boolean
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Options anywhere among Chromium's own switches, which are passed over. */
export const startOptionsOf = (argv: readonly string[], env: Readonly<Record<string, string | undefined>>, cwd: string): StartOptions => {
  const { values } = parseArgs({
    args: [...argv], strict: false, allowPositionals: true,
    options: { workspace: { type: 'string' }, as: { type: 'string' }, 'as-of': { type: 'string' }, 'start-page': { type: 'boolean' } },
  })
  const workspace = text(values['workspace']) ?? text(env['MUSTER_WORKSPACE'])
  return { workspace: workspace === null ? null : resolve(cwd, workspace), as: text(values['as']), asOf: text(values['as-of']), isStartPage: values['start-page'] === true }
}
