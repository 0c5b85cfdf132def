import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, open, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test, type TestContext } from 'vitest'
import {
  asOf, buildWorkspace, copyWorkspace, finish, fixtureFolder, launch, mia, olga, openWorkspace, passphrase, specOf, type TestWorkspace,
} from '../support/workspace-builder.ts'
import { runMuster } from './cli-process.ts'
import { errorOf, sha256Of, startErrorOf } from './refusals.ts'
import { expectSound } from './soundness.ts'

let place: string
let template: string
let campaign: number
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  const workspace = await buildWorkspace(template)
  const mine = { rules: { reasonRequired: [], controlSharePercent: 0 }, reviewers: { order: ['named'], named: olga, fallback: mia } }
  campaign = await launch(workspace.officer, specOf('Running', mine))
  await workspace.close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

function copy(): Promise<string> {
  return copyWorkspace(template, join(place, `copy-${copies++}`))
}

async function opened(folder: string, options: { threads?: boolean } = {}): Promise<TestWorkspace> {
  const workspace = await openWorkspace(folder, options)
  onTestFinished(workspace.close)
  return workspace
}

async function firstItems(workspace: TestWorkspace): Promise<number[]> {
  return (await workspace.officer.review.queue({ campaign })).items.map(({ itemId }) => itemId)
}

/** Skips, and says why, where an environment cannot be made. */
function needs(context: TestContext, what: string, attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    context.skip(`${what} is not possible here: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`)
  }
}

/** A file system of its own, of a few megabytes, gone when the test is over. */
async function smallDisk(context: TestContext, megabytes: number): Promise<string> {
  const folder = join(place, `disk-${copies++}`)
  await mkdir(folder)
  needs(context, 'Mounting a small file system', () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
  })
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder], { stdio: 'pipe' })
  })
  return folder
}

/** Writes until nothing more fits. */
async function fill(folder: string): Promise<string> {
  const path = join(folder, 'filler')
  const file = await open(path, 'w')
  try {
    for (const size of [1 << 20, 1 << 16, 1 << 12, 1]) {
      for (;;) if ((await file.write(Buffer.alloc(size)).catch(() => null)) === null) break
    }
  } finally {
    await file.close()
  }
  return path
}

test('a second Muster on the same workspace is told who has it, exits with 2, and harms nothing', async () => {
  const folder = await copy()
  const first = await openWorkspace(folder)
  const [item] = await firstItems(first)
  const { exit, err, out } = await runMuster(['status', '--workspace', folder])
  expect([exit, out]).toEqual([2, ''])
  expect(err).toBe(`muster: Another Muster (process ${process.pid}) has this workspace open: ${folder}. Nothing was changed; close the other one, or use it.\n`)
  expect(await startErrorOf(folder)).toMatchObject({ code: 'locked' })

  await first.officer.review.decide({ itemId: item ?? 0, outcome: 'keep' })
  await expectSound(first)
  await first.close()
  const after = await runMuster(['status', '--workspace', folder, '--json'])
  expect([after.exit, JSON.parse(after.out)]).toEqual([0, expect.objectContaining({ workspace: 'Test & Sons' })])
})

test('a read-only folder gets a sentence that names it, exits with 2, and is left as it is', async (context) => {
  if (process.getuid?.() !== 0) context.skip('Only root can start a process as somebody who may not write.')
  await chmod(place, 0o755)
  const folder = await copy()
  execFileSync('chmod', ['-R', 'a+rX,a-w', folder])
  const before = await sha256Of(join(folder, 'muster.db'))
  const somebody = 65_534
  for (const argv of [['status'], ['sync', 'ERP'], ['decide', '1', 'keep']]) {
    const { exit, err } = await runMuster([...argv, '--workspace', folder], { uid: somebody })
    expect([exit, err]).toEqual([2, expect.stringMatching(/^muster: [^\n]*read-only[^\n]*Nothing was changed[^\n]*\n$/)])
    expect(err).toContain(folder)
  }
  expect(await sha256Of(join(folder, 'muster.db'))).toBe(before)
  await expectSound(await opened(folder))

  const closed = join(place, `closed-${copies++}`)
  await mkdir(closed, { mode: 0o555 })
  process.env['MUSTER_PASSPHRASE'] = passphrase
  onTestFinished(() => {
    delete process.env['MUSTER_PASSPHRASE']
  })
  const made = await runMuster(['init', join(closed, 'new'), '--officer', olga, '--name', 'New'], { uid: somebody })
  expect([made.exit, made.err]).toEqual([2, expect.stringMatching(/read-only/)])
  expect(await readdir(closed)).toEqual([])
})

test('a workspace on a medium mounted read-only gets the same sentence', async (context) => {
  const disk = await smallDisk(context, 8)
  const folder = await copyWorkspace(template, join(disk, 'w'))
  execFileSync('mount', ['-o', 'remount,ro', disk], { stdio: 'pipe' })
  const error = await startErrorOf(folder)
  expect([error.code, error.message]).toEqual(['read-only', expect.stringMatching(/read-only.*Nothing was changed/)])
  expect(error.message).toContain(folder)
  execFileSync('mount', ['-o', 'remount,rw', disk], { stdio: 'pipe' })
  const workspace = await openWorkspace(folder)
  await expectSound(workspace)
  await workspace.close()
})

test('a full disk refuses the step with a sentence and loses nothing; with room again the same step works', async (context) => {
  const disk = await smallDisk(context, 8)
  const folder = await copyWorkspace(template, join(disk, 'w'))
  const workspace = await openWorkspace(folder)
  try {
    const { officer } = workspace
    const items = await firstItems(workspace)
    await officer.review.decide({ itemId: items[0] ?? 0, outcome: 'revoke' })
    const filler = await fill(disk)
    const full = { code: 'STORE', message: expect.stringMatching(/disk .*is full/) as unknown }
    let acknowledged = 1
    let refused: unknown = null
    // The write-ahead log may have room left in its last block.
    for (const itemId of items.slice(1)) {
      refused = await officer.review.decide({ itemId, outcome: 'keep', reasonText: 'x'.repeat(2_000) }).then(() => null, (error: unknown) => error)
      if (refused !== null) break
      acknowledged += 1
    }
    expect(refused).toMatchObject(full)
    expect(await errorOf(officer.sources.sync({ source: 'ERP', asOf }).then(finish))).toMatchObject(full)
    const copied = await errorOf(officer.workspace.backup({ file: join(disk, 'backup.db') }))
    expect([copied.code, copied.message]).toEqual(['CONFLICT', 'The disk is full. No backup was made; the workspace is unharmed.'])
    expect((await readdir(disk)).sort()).toEqual(['filler', 'w'])
    expect(await errorOf(officer.review.signOff({ campaign, passphrase }))).toMatchObject(full)
    const { progress } = await officer.review.queue({ campaign })
    expect(progress.items - progress.undecided).toBe(acknowledged)

    await rm(filler)
    await officer.review.decide({ itemId: items[acknowledged] ?? 0, outcome: 'keep' })
    expect((await finish(await officer.sources.sync({ source: 'ERP', asOf }))).state).toBe('complete')
    expect((await officer.review.signOff({ campaign, passphrase })).decided).toBe(acknowledged + 1)
    await expectSound(workspace)
  } finally {
    await workspace.close()
  }
})

test('a disk that fills up while sealing leaves no half bundle, and the next seal is whole', async (context) => {
  const workspace = await opened(await copy())
  const { officer } = workspace
  for (const itemId of await firstItems(workspace)) await officer.review.decide({ itemId, outcome: 'keep' })
  await officer.review.signOff({ campaign, passphrase })
  await officer.campaigns.close({ campaign })
  const disk = await smallDisk(context, 8)
  const filler = await fill(disk)
  // From no room at all to almost enough: it has to fail at different files.
  for (const room of [0, 8_192, 65_536, 131_072]) {
    await truncate(filler, Math.max(0, 8 * 1024 * 1024 - room - 65_536))
    const error = await officer.evidence.seal({ campaign, passphrase, out: disk }).then(finish).then(() => null, (caught: unknown) => caught)
    if (error === null) continue
    expect(error).toMatchObject({ code: 'STORE', message: expect.stringMatching(/disk .*is full/) })
    expect(await readdir(disk)).toEqual(['filler'])
    expect(await officer.evidence.bundles()).toEqual([])
  }
  await rm(filler)
  const { path } = await finish(await officer.evidence.seal({ campaign, passphrase, out: disk }))
  expect((await officer.evidence.verify({ bundle: path })).isValid).toBe(true)
  await expectSound(workspace)
})

test('a missing source file is named, fails its run, and leaves the inventory as it was', async () => {
  const workspace = await opened(await copy())
  const { officer } = workspace
  const before = await officer.workspace.status()
  const file = join(fixtureFolder(template), 'grants.csv')
  await rename(file, `${file}.away`)
  onTestFinished(() => rename(`${file}.away`, file).catch(() => undefined))
  const error = await errorOf(officer.sources.sync({ source: 'ERP', asOf }).then(finish))
  expect([error.code, error.message]).toEqual(['SOURCE', expect.stringContaining('grants.csv')])
  const [run] = await officer.sources.runs({ source: 'ERP' })
  expect(run).toMatchObject({ state: 'failed', snapshotId: null, notes: [expect.stringMatching(/Nothing was imported/)] })
  expect((await officer.workspace.status()).snapshots).toEqual(before.snapshots)
  await expectSound(workspace)
  await rename(`${file}.away`, file)
  expect((await finish(await officer.sources.sync({ source: 'ERP', asOf }))).state).toBe('complete')
})

test('a database locked by another program is waited for, then told; once it is free the same step works', async () => {
  const folder = await copy()
  const workspace = await opened(folder)
  const [itemId = 0] = await firstItems(workspace)
  const other = new Database(join(folder, 'muster.db'))
  onTestFinished(() => {
    other.close()
  })
  other.exec('BEGIN EXCLUSIVE')
  const error = await errorOf(workspace.officer.review.decide({ itemId, outcome: 'keep' }))
  expect([error.code, error.message]).toEqual(['STORE', expect.stringMatching(/locked by another program.*Nothing was written/)])
  expect((await workspace.officer.review.queue({ campaign })).progress.kept).toBe(0)
  other.exec('ROLLBACK')
  await workspace.officer.review.decide({ itemId, outcome: 'keep' })
  await expectSound(workspace)
})

test('decisions go on while a source is read in a thread of its own', async () => {
  const workspace = await opened(await copy(), { threads: true })
  const { officer } = workspace
  const lines = ['Account,Email,Entitlement,Entitlement Name,Application,Privilege,Risk,Owner,Granted']
  for (let n = 0; n < 30_000; n += 1) lines.push(`user-${n % 10_000},,right-${Math.floor(n / 10_000)},Right,Store,none,low,,2024-05-01`)
  const file = join(place, 'many.csv')
  await writeFile(file, `${lines.join('\n')}\n`)
  const items = await firstItems(workspace)
  let isReading = true
  const reading = officer.sources.sync({ source: 'ERP', asOf, file }).then(finish).finally(() => {
    isReading = false
  })
  let decided = 0
  for (let n = 0; isReading; n += 1) {
    await officer.review.decide({ itemId: items[n % items.length] ?? 0, outcome: n % 2 === 0 ? 'keep' : 'revoke' })
    decided += 1
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect((await reading).imported).toBe(30_000)
  expect(decided).toBeGreaterThan(0)
  await expectSound(workspace)
})
