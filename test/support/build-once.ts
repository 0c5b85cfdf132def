import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { hasBrowser } from './browser.ts'
import { buildScreens } from './built-screens.ts'

/**
 * The desktop app and the screens, built once before any browser test: a file that built for itself would pull the app from under the
 * file beside it.
 */
export const setup = async (): Promise<(() => Promise<void>) | undefined> => {
  if (!hasBrowser()) return undefined
  const checkout = fileURLToPath(new URL('../..', import.meta.url))
  const built = spawnSync(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error'], { cwd: checkout, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`)
  const screens = await buildScreens()
  process.env['MUSTER_SCREENS'] = screens.folder
  return screens.remove
}
