// `npm start`: opens the desktop window where Electron's program is there or can be fetched; says what to do where not.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { canGoOn, checkout, ensureBuilt, run, stop } from '../checkout.mjs'

const home = join(checkout, 'node_modules', 'electron')

/** Path of the program, or null. Electron's own way of asking would start a download and might wait for ever. */
const findElectron = () => {
  try {
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(home, 'dist')
    const program = join(dist, readFileSync(join(home, 'path.txt'), 'utf8'))
    return existsSync(program) ? program : null
  } catch {
    return null
  }
}

/** A closed network often swallows requests instead of refusing them, so the door is knocked on first, with a short patience. */
const canDownload = async () => {
  if (process.env.HTTPS_PROXY || process.env.https_proxy || process.env.npm_config_https_proxy) return true
  const source = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/electron/electron/releases/'
  try {
    await fetch(source, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(8_000) })
    return true
  } catch {
    return false
  }
}

const fetchElectron = async () => {
  if (!(await canDownload())) return null
  process.stderr.write('Fetching Electron, once (about 100 MB) …\n')
  await run(process.execPath, [join(home, 'install.js')], { stdio: 'ignore', timeout: 600_000 })
  return findElectron()
}

const demoWorkspace = resolve('muster-demo', 'workspace')

if (canGoOn(import.meta.url)) {
  const program = findElectron() ?? (await fetchElectron())
  if (program === null) {
    stop('The desktop window needs Electron\'s program, which is not on this machine and could not be downloaded; "npm run web" opens the same app in your browser.')
  }
  ensureBuilt('out/main/desktop.js', ['src'], ['electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error'])
  const typed = process.argv.slice(2)
  const isNamed = typed.some((word) => word.startsWith('--workspace')) || process.env.MUSTER_WORKSPACE
  const workspace = isNamed || !existsSync(demoWorkspace) ? [] : ['--workspace', demoWorkspace]
  process.exit(await run(program, [checkout, ...workspace, ...typed]))
}
