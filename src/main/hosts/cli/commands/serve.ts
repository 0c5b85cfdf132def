import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Actor } from '../../../app.ts'
import type { EngineApp } from '../../engine-types.ts'
import { startWebHost } from '../../web/web-host.ts'
import type { Cli, Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { settlingLine } from '../settling-line.ts'
import { waysFrom } from '../workspace-passphrase.ts'
import { packetRooms } from '../packet-rooms.ts'
import { printable, printableJson } from '../terminal-text.ts'

const portOf = (text: string | undefined): number | null => {
  if (text === undefined) return null
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port >= 0 && port <= 65_535)) throw new CommandRefusal(`--port is a number from 0 to 65535, not "${text}".`)
  return port
}

const peopleFor = async (app: EngineApp, emails: readonly string[]): Promise<readonly Actor[]> => {
  if (emails.length === 0) return [await app.officer()]
  return Promise.all(emails.map(async (email) => {
    const actor = await app.actor(email)
    if (actor === undefined) throw new CommandRefusal(`Nobody called ${email} acts in this workspace; "muster people" lists who does.`, 'unknown-person')
    return actor
  }))
}

const serve = async ({ terminal, doors, globals }: Invocation, port: number | null): Promise<void> => {
  if (!existsSync(join(doors.renderer, 'index.html'))) {
    throw new CommandRefusal('The screens are not built yet; run "npm run build" (or "npm run web", which does both).', 'not-built')
  }
  const folder = resolve(terminal.cwd, globals.workspace ?? '.')
  const { onSettling, clear } = settlingLine(terminal)
  const app = await doors.createApp({ folder, asOf: globals.asOf, host: 'web', threads: true, onSettling, ...waysFrom(terminal) }).finally(clear)
  try {
    const people = await peopleFor(app, globals.as)
    const rooms = packetRooms(resolve(terminal.cwd, terminal.env['MUSTER_REVIEWS'] ?? join(homedir(), 'Muster reviews')), doors)
    const host = await startWebHost({
      router: app.router, people, renderer: doors.renderer, incoming: app.incoming, log: doors.errorLogIn(folder), door: rooms.doorFor(await app.officer()), port,
    })
    if (globals.isJson) terminal.out(`${printableJson({ origin: host.origin, links: host.links.map(({ person, url }) => ({ email: person.email, name: person.name, url })) })}\n`)
    else {
      terminal.out('Muster is open on this machine only:\n')
      for (const { person, url } of host.links) terminal.out(`  ${printable(person.name)} (${printable(person.email)})\n  ${url}\n`)
      terminal.out('Each address is one person\'s key to this session: do not pass it on. Ctrl+C ends it.\n')
    }
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort')
    await host.close()
    await rooms.close()
  } finally {
    await app.close()
  }
}

export const addServe = ({ program, doing }: Cli): void => {
  program
    .command('serve')
    .description('open the app in a browser on this machine; one address per --as person')
    .option('--port <n>', 'port on 127.0.0.1 (default: 4747, or any free one)')
    .addHelpText('after', `
Examples:
  $ muster serve --workspace acme
  $ muster serve --workspace acme --as rui@acme.example --as olga@acme.example --port 8080`)
    .action(doing<{ port?: string }>(async (invocation, _, options) => {
      await serve(invocation, portOf(options.port))
      return { json: undefined, lines: [] }
    }))
}
