#!/usr/bin/env node
// Plain JavaScript that old Node versions can read: it only finds a Node that is new enough, then hands over to main.ts.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const isNewEnough = () => {
  const parts = process.versions.node.split('.').map(Number)
  return parts[0] > 22 || (parts[0] === 22 && parts[1] >= 12)
}

// What this Node says about running TypeScript without a flag; undefined in versions that never heard of it.
const readsTypes = () => Boolean(process.features.typescript)

const runAgain = (node, flags) => {
  const child = spawn(node, [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, MUSTER_LAUNCHED: '1' },
  })
  // The child decides how to stop; it takes a Ctrl+C that reaches it twice, from the terminal and from here, for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(error.message))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}

const refuse = (why) => {
  process.stderr.write(
    `Muster needs Node 22.12 or newer and this is ${process.versions.node}${why ? ` (${why})` : ''}; run "npm ci" in Muster's folder, which brings its own, or install Node 24.\n`,
  )
  process.exit(2)
}

const bundled = fileURLToPath(new URL(`../../../../node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`, import.meta.url))
const isSecondTry = process.env.MUSTER_LAUNCHED === '1'

if (isNewEnough() && readsTypes()) {
  delete process.env.MUSTER_LAUNCHED
  await import('./main.ts')
} else if (isSecondTry) refuse('')
else if (existsSync(bundled)) runAgain(bundled, [])
else if (isNewEnough()) runAgain(process.execPath, ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'])
else refuse('')
