import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, initWorkspace, type App } from '../../src/main/app.ts'
import { startWebHost } from '../../src/main/hosts/web/web-host.ts'

/** A workspace with a real engine behind the real loopback server, and files beside it for a browser to bring in. */
export interface RealOffice {
  readonly app: App
  readonly folder: string
  /** The address of the officer, or of the auditor or reviewer where there is one. */
  readonly urlOf: (role: 'officer' | 'auditor' | 'reviewer') => string
  readonly file: (name: string, text: string) => Promise<string>
  readonly close: () => Promise<void>
}

export const openOffice = async (screens: string): Promise<RealOffice> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-office-'))
  const workspace = join(folder, 'workspace')
  const officer = 'grace@harbourline.example'
  await initWorkspace(workspace, { name: 'Harbourline', officerEmail: officer, officerName: 'Grace Muir', passphrase: 'long enough for a test', isSample: false, at: null })
  const app = await createApp({ folder: workspace, asOf: '2026-11-22', host: 'web', threads: false })
  const people = [await app.officer(), { email: 'ada@harbourline.example', name: 'Ada Auditor', roles: ['auditor'] as const }, { email: 'rui@harbourline.example', name: 'Rui Costa', roles: ['reviewer'] as const }]
  const logged: unknown[] = []
  const host = await startWebHost({ router: app.router, people, renderer: screens, incoming: app.incoming, log: (_, error) => `${logged.push(error)}`, port: 0 })
  return {
    app, folder,
    urlOf: (role) => host.links.find(({ person }) => (person.roles as readonly string[]).includes(role) && (role !== 'reviewer' || person.email.startsWith('rui')))?.url ?? '',
    file: async (name, text) => {
      const path = join(folder, name)
      await writeFile(path, text)
      return path
    },
    close: async () => {
      await host.close(0)
      await app.close()
      await rm(folder, { recursive: true, force: true })
      if (logged.length > 0) throw new Error(`the engine failed in a way nobody foresaw: ${String(logged[0])}`)
    },
  }
}

const pad = (at: number): string => String(at).padStart(3, '0')

/** People, and an access list naming them, with one account whose name only comes near and one row that cannot be taken. */
export const harbourFiles = (many = 40) => ({
  people: ['Worker ID,Full name,Email,Title,Department,Manager ID,Race', ...Array.from({ length: many }, (_, at) =>
    `E${pad(at)},${at === 0 ? 'Helena Brandt' : at === 1 ? 'Jörg Müller' : `Person ${pad(at)}`},p${pad(at)}@harbourline.example,${at === 0 ? 'Head of Finance' : 'Clerk'},Finance,${at === 0 ? '' : 'E000'},x`)].join('\n'),
  access: ['login;email;right id;right name;application;risk;given', ...Array.from({ length: many }, (_, at) => `u${pad(at)};p${pad(at)}@harbourline.example;AP-02;Payment release;Ledgerline;high;2025-01-15`),
    'jmuller;;AP-02;Payment release;Ledgerline;high;2025-01-15', ';nobody@x.example;AP-02;Payment release;Ledgerline;high;2025-01-15'].join('\n'),
})
