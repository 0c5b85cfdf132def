import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPacket } from '../../../src/main/app.ts'
import { buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, passphrase, specOf, type Client, type TestWorkspace } from '../../support/workspace-builder.ts'

export const managersPassphrase = 'of my own making'
export const expiresOn = '2099-12-31'

export interface Stage {
  readonly place: string
  readonly officer: TestWorkspace
  readonly campaign: number
  readonly packet: string
  readonly packetPassphrase: string
  readonly close: () => Promise<void>
}

let templates: Promise<string> | undefined

/** A launched campaign, with one packet for Mia, who has no key yet. */
export async function packetStage(): Promise<Stage> {
  const place = await mkdtemp(join(tmpdir(), 'muster-packet-'))
  templates ??= (async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'muster-packet-template-')), 'workspace')
    const built = await buildWorkspace(folder)
    await launch(built.officer, specOf('By packet', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
    await built.close()
    return folder
  })()
  const officer = await openWorkspace(await copyWorkspace(await templates, join(place, 'officer')))
  const written = await write(officer.officer, join(place, 'out'), [mia])
  const [packet] = written.written
  if (packet === undefined || written.passphrases === null) throw new Error('no packet was written')
  return {
    place, officer, campaign: 1, packet: packet.path, packetPassphrase: await passphraseOf(written.passphrases, mia),
    close: async () => {
      await officer.close()
      await rm(place, { recursive: true, force: true })
    },
  }
}

export async function passphraseOf(file: string, email: string): Promise<string> {
  const line = (await readFile(file, 'utf8')).split('\n').findLast((one) => one.startsWith(`${email},`))
  return line?.split(',')[2] ?? ''
}

export async function write(officer: Client, out: string, reviewers: string[] | null, more: { again?: boolean } = {}) {
  return finish(await officer.packets.write({ campaign: 1, reviewers, out, expiresOn, passphrase, ...more }))
}

export interface Managers {
  readonly folder: string
  readonly opened: Awaited<ReturnType<typeof openPacket>>
  readonly workspace: TestWorkspace
  readonly client: Client
}

let openings = 0

export async function managerOpens(stage: Pick<Stage, 'place' | 'packet' | 'packetPassphrase'>, input: { keys?: string } = {}): Promise<Managers> {
  const folder = join(stage.place, `manager-${openings++}`)
  const opened = await openPacket(folder, {
    file: stage.packet, packetPassphrase: input.keys === undefined ? stage.packetPassphrase : null, email: mia, passphrase: managersPassphrase, rootFingerprint: null,
    keys: input.keys ?? null,
  })
  const workspace = await openWorkspace(folder, { passphrase: managersPassphrase })
  return { folder, opened, workspace, client: await workspace.as(mia) }
}

/** Decides everything (or the first `limit`), signs off, and writes the response. */
export async function managerAnswers(manager: Managers, out: string, options: { readonly limit?: number } = {}): Promise<string> {
  const { client } = manager
  const { items } = await client.review.queue({ campaign: 1 })
  for (const [index, { itemId }] of items.slice(0, options.limit ?? items.length).entries()) {
    await client.review.decide({ itemId, outcome: index % 3 === 0 ? 'revoke' : 'keep', reasonCode: index % 3 === 0 ? 'not-needed' : 'still-needed' })
  }
  await client.review.signOff({ campaign: 1, passphrase: managersPassphrase })
  return (await client.packets.respond({ out, passphrase: managersPassphrase })).path
}

export async function refusedAs(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (caught: unknown) => caught)
  return error instanceof Error ? `${(error as Error & { code: string }).code}: ${error.message}` : 'allowed'
}

export const filesIn = (folder: string): Promise<string[]> => readdir(folder)
