import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { initWorkspace } from '../../src/main/app.ts'
import { opened, workspacePassphrase } from '../support/encrypted-workspace.ts'
import { finish } from '../support/workspace-builder.ts'

const officer = 'olga.officer@example.com'
const entry = fileURLToPath(new URL('../support/backup-until-killed.ts', import.meta.url))
let place: string
let folder: string
let media: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  folder = join(place, 'workspace')
  media = await mkdtemp(join(place, 'media-'))
  await initWorkspace(folder, { name: 'Acme', officerEmail: officer, officerName: 'Olga', passphrase: 'officer says so', isSample: false, at: null }, { passphrase: workspacePassphrase, hasRecoveryKit: false })
}, 60_000)
afterAll(() => rm(place, { recursive: true, force: true }))

const backups = (): Promise<string[]> => readdir(media)

test('a backup is made beside other work, can be followed from another window, and nobody can read it', async () => {
  const { app, officer: client } = await opened(folder, { passphrase: workspacePassphrase, host: 'web', threads: true })
  try {
    const file = join(media, 'kept.muster-backup')
    const making = finish(await client.workspace.backupSteps({ file }))
    const [seen] = await client.work.list()
    expect(seen).toMatchObject({ name: `backup:${file}`, kind: 'backup', subject: 'kept.muster-backup', by: officer })
    expect(await client.workspace.status()).toMatchObject({ workspace: 'Acme' })
    expect(await making).toMatchObject({ file, events: 3 })
    expect(await backups()).toEqual(['kept.muster-backup'])
    expect((await readFile(file)).includes(officer)).toBe(false)
    await expect.poll(() => client.work.list(), { timeout: 20_000 }).toMatchObject([{ standing: { state: 'done', outcome: { kind: 'backup' } } }])
    await rm(file)
  } finally {
    await app.close()
  }
}, 60_000)

test('a backup that is stopped or killed leaves nothing under its name, and the next one to the same name is whole', async () => {
  const first = await opened(folder, { passphrase: workspacePassphrase })
  // On a command line whoever stops reading stops the work.
  for await (const step of await first.officer.workspace.backupSteps({ file: join(media, 'a') })) if (step.state === 'working') break
  expect(await backups()).toEqual([])
  await first.app.close()
  const child = spawn(process.execPath, [entry, folder, workspacePassphrase, join(media, 'a')], { stdio: 'inherit' })
  expect((await once(child, 'exit'))[1]).toBe('SIGKILL')
  expect((await backups()).filter((name) => !name.includes('.part'))).toEqual([])
  const { app, officer: client } = await opened(folder, { passphrase: workspacePassphrase })
  try {
    const { events } = await finish(await client.workspace.backupSteps({ file: join(media, 'a') }))
    expect(events).toBeGreaterThan(2)
    expect(await backups()).toEqual(['a'])
  } finally {
    await app.close()
  }
}, 60_000)
