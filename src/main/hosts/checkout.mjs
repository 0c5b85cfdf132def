// Plain JavaScript for the start scripts: finds a Node that is new enough and builds what is older than its sources.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const checkout = fileURLToPath(new URL('../../../', import.meta.url))

export const stop = (sentence) => {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

const isNewEnough = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return (major > 22 || (major === 22 && minor >= 12)) && Boolean(process.features.typescript)
}

/** True when this Node can go on. Otherwise the script is run again by the Node that "npm ci" brought along, and this one only waits. */
export const canGoOn = (script) => {
  if (isNewEnough()) return true
  const bundled = join(checkout, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (process.env.MUSTER_LAUNCHED === '1' || !existsSync(bundled)) {
    stop(`Muster needs Node 22.18 or newer and this is ${process.versions.node}; run "npm ci" in Muster's folder, which brings its own, or install Node 24.`)
  }
  void run(bundled, [fileURLToPath(script), ...process.argv.slice(2)], { env: { ...process.env, MUSTER_LAUNCHED: '1' } }).then((code) => process.exit(code))
  return false
}

/** Runs a program to its end and gives its exit code. Signals are passed on; it decides how to stop. */
export const run = (program, args, options = {}) =>
  new Promise((settle) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.on('error', () => settle(1))
    child.on('exit', (code) => settle(code ?? 1))
  })

const newestIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

/** Builds with `command` (a script of a package here) unless `built` is younger than all its sources. */
export const ensureBuilt = (built, sources, command) => {
  const file = join(checkout, built)
  if (existsSync(file) && statSync(file).mtimeMs > Math.max(...sources.map((folder) => newestIn(join(checkout, folder))))) return
  process.stderr.write('Building the screens …\n')
  const [script, ...args] = command
  const done = spawnSync(process.execPath, [join(checkout, 'node_modules', script), ...args], { cwd: checkout, encoding: 'utf8' })
  if (done.status !== 0) stop(`The screens could not be built; run "npm ci" first, then try again. The builder said:\n${done.stdout}${done.stderr}`)
}
