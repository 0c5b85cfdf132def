import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { errorLogIn } from '../error-log.ts'
import type { Doors } from './doors.ts'
import { processTerminal } from './process-terminal.ts'
import { runCli } from './run-cli.ts'

/** Above the sources in a checkout, above `out` where this was built for the desktop. */
const rootAbove = (folder: string): string => (existsSync(join(folder, 'resources', 'signal-weights.json')) || dirname(folder) === folder ? folder : rootAbove(dirname(folder)))

const fromRoot = (path: string): string => join(rootAbove(import.meta.dirname), path)

// The engine takes a moment to load; help and wrong usage need not wait for it.
const engine = () => import('../../app.ts')

const doors: Doors = {
  createApp: async (options) => (await engine()).createApp(options),
  initWorkspace: async (folder, input, protection) => (await engine()).initWorkspace(folder, input, protection),
  describeRoot: async (input) => (await engine()).describeRoot(input),
  openPacket: async (folder, input, protection) => (await engine()).openPacket(folder, input, protection),
  opensKeyOf: async (folder, email, passphrase) => (await engine()).opensKeyOf(folder, email, passphrase),
  requestEnrolment: async (folder, input) => (await engine()).requestEnrolment(folder, input),
  writeSampleOrganisation: async (dir, input) => (await engine()).writeSampleOrganisation(dir, input),
  restoreWorkspace: async (folder, request, ways) => (await engine()).restoreWorkspace(folder, request, ways),
  verifyBundle: async (input) => (await engine()).verifyBundle(input),
  version: z.object({ version: z.string() }).parse(JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'))).version,
  errorLogIn,
  resources: fromRoot('resources'),
  renderer: fromRoot('out/renderer'),
}

const exit = await runCli(process.argv.slice(2), processTerminal(), doors)
process.exitCode = exit
// A prompt or a watcher that was left open must not keep a finished command alive; what was printed is flushed first. A reader that has seen
// enough (`| head`) is no failure; output lost to a full disk is, and is told here before the stream tells it itself.
process.stdout.write('', (error) => {
  const cause = process.stdout.errored ?? error
  const isLost = cause != null && !('code' in cause && cause.code === 'EPIPE')
  if (isLost) process.stderr.write('muster: The answer could not be written. What the command did is done.\n')
  process.stderr.write('', () => process.exit(isLost && exit === 0 ? 2 : exit))
})
