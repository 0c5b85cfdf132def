// `npm run web`: builds the screens where needed and serves a workspace to the browser on this machine.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { canGoOn, checkout, ensureBuilt, run, stop } from '../checkout.mjs'

const demo = resolve('muster-demo')

const demoPeople = () => {
  try {
    const { reviewer } = JSON.parse(readFileSync(join(demo, 'muster-demo.json'), 'utf8'))
    return typeof reviewer === 'string' ? ['--as', reviewer, '--as', 'compliance.officer@norrvale.example'] : []
  } catch {
    return []
  }
}

/** What was typed wins; then MUSTER_WORKSPACE; then the current folder; then the demo. */
const serveArguments = (typed) => {
  const names = typed.some((word) => word === '-w' || word.startsWith('--workspace'))
  if (names || process.env.MUSTER_WORKSPACE || existsSync('muster.db')) return typed
  const workspace = join(demo, 'workspace')
  if (!existsSync(workspace)) {
    stop('There is no workspace to open yet: "npm run demo" makes one with an invented organisation, "npx muster init DIR" makes your own.')
  }
  return ['--workspace', workspace, ...(typed.includes('--as') ? [] : demoPeople()), ...typed]
}

if (canGoOn(import.meta.url)) {
  const served = serveArguments(process.argv.slice(2))
  ensureBuilt('out/renderer/index.html', ['src/renderer', 'src/shared'], ['vite/bin/vite.js', 'build', '--config', 'src/renderer/vite.config.ts', '--logLevel', 'error'])
  process.exit(await run(process.execPath, [join(checkout, 'src/main/hosts/cli/muster.mjs'), 'serve', ...served]))
}
