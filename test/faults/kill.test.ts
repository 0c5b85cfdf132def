import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  asOf, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, type Client, type TestWorkspace,
} from '../support/workspace-builder.ts'
import type { Orders, Phase, Said } from './driver.ts'
import { expectSound } from './soundness.ts'
import { isAcknowledged, startVictim, type KillPlan, type Victim } from './victim.ts'

/** Dozens of processes are started and killed; on a busy machine that takes its time. */
const patience = { timeout: 600_000 }

const rounds: Readonly<Record<Phase, number>> = { sync: 12, decide: 12, 'sign-off': 10, launch: 10, seal: 10 }

let place: string
let template: string
let files: string[]
let running: number
let closed: number
/** The next process to be killed, loading while the last one's traces are looked at. */
let next: Victim
let kills = 0
let caughtInTheAct = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  const workspace = await buildWorkspace(template, { orphans: 300 })
  const { officer } = workspace
  const mine = { rules: { reasonRequired: [], controlSharePercent: 0 }, reviewers: { order: ['named'], named: olga, fallback: mia } }
  running = await launch(officer, specOf('Running', mine))
  closed = await launch(officer, specOf('Closed', { ...mine, scope: { applications: ['CRM'] } }))
  for (const { itemId } of (await officer.review.queue({ campaign: closed })).items) await officer.review.decide({ itemId, outcome: 'keep' })
  await officer.review.signOff({ campaign: closed, passphrase })
  await officer.campaigns.close({ campaign: closed })
  await workspace.close()
  files = await Promise.all([1, 2, 3].map((n) => writeGrants(join(place, `grants-${n}.csv`), n)))
  next = startVictim()
})

afterAll(async () => {
  next.dismiss()
  await rm(place, { recursive: true, force: true })
  process.stdout.write(`killed ${kills} times, ${caughtInTheAct} of them with half-written files on the disk\n`)
})

/** Lists that differ in a few hundred of 4,000 grants, large enough that reading one takes a while. */
async function writeGrants(path: string, n: number): Promise<string> {
  const lines = ['Account,Email,Entitlement,Entitlement Name,Application,Privilege,Risk,Owner,Granted']
  for (let account = n * 100; account < n * 100 + 2_000; account += 1) {
    for (const right of ['read', 'write']) lines.push(`user-${account},,${right},${right},Store,none,low,,2024-05-01`)
  }
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}

/**
 * A third of the kills fall anywhere in the first moments, a third amid long work, a third right after an acknowledgement. Seeded: the same
 * points every time, as far as a machine allows.
 */
function planOf(phase: Phase, round: number): KillPlan {
  const seed = (phase.length * 7_919 + round * 104_729) % 401
  const isLong = phase === 'sync' || phase === 'launch' || phase === 'seal'
  if (round % 3 === 0) return { after: 'opened', times: 1, thenMs: seed }
  if (round % 3 === 1 && isLong) return { after: 'step', times: 1 + (round % 7), thenMs: seed % 90 }
  return { after: 'acknowledged', times: 1 + (round % 4), thenMs: seed % 40 }
}

type Expected = (workspace: TestWorkspace, said: readonly Said[], unfinished: { item: number | null } | null) => Promise<void>

/** Opens, kills and looks, again and again on the same workspace, so that damage would add up. */
async function killAndLook(phase: Phase, campaign: number, expectKept: Expected): Promise<void> {
  const folder = await copyWorkspace(template, join(place, phase))
  const verified = new Set<string>()
  let acknowledged = 0
  for (let round = 0; round < rounds[phase]; round += 1) {
    const victim = next
    const orders: Orders = { phase, folder, seed: round + 1, files, asOf, campaign }
    const { said, signal, unfinished, complaints } = await victim.runAndKill(orders, planOf(phase, round))
    next = startVictim()
    expect([signal, complaints]).toEqual(['SIGKILL', ''])
    kills += 1
    acknowledged += said.filter(isAcknowledged).length
    await notice(folder)
    const workspace = await openWorkspace(folder)
    try {
      await expectSound(workspace, verified)
      await expectKept(workspace, said, unfinished)
    } finally {
      await workspace.close()
    }
  }
  // Kills that all came before the first acknowledgement would prove nothing.
  expect(acknowledged).toBeGreaterThan(rounds[phase] / 3)
}

/** Counts what a dead process left lying about: proof that the kills do hit work half done. */
async function notice(folder: string): Promise<void> {
  const names = (await Promise.all(['staging', 'raw', 'bundles'].map((part) => readdir(join(folder, part))))).flat()
  if (names.some((name) => name.startsWith('.') || name.startsWith('run-'))) caughtInTheAct += 1
}

function only<K extends Said['said']>(said: readonly Said[], kind: K): Extract<Said, { said: K }>[] {
  return said.filter((what): what is Extract<Said, { said: K }> => what.said === kind)
}

async function queueOf(officer: Client, campaign: number): Promise<Map<number, { state: string; isSignedOff: boolean }>> {
  return new Map((await officer.review.queue({ campaign })).items.map(({ itemId, state, isSignedOff }) => [itemId, { state, isSignedOff }]))
}

test('killed while reading sources: every acknowledged run is there with its snapshot, no other left a trace in the inventory', patience, async () => {
  await killAndLook('sync', running, async ({ officer }, said) => {
    const runs = new Map((await officer.sources.runs({ source: 'ERP' })).map((run) => [run.id, run]))
    const snapshots = new Map((await officer.inventory.snapshots()).map((snapshot) => [snapshot.id, snapshot]))
    for (const { run, snapshot, grants } of only(said, 'run')) {
      expect(runs.get(run)).toMatchObject({ state: 'complete', snapshotId: snapshot, imported: grants })
      expect(snapshots.get(snapshot)?.grants).toBe(grants)
    }
    const complete = [...runs.values()].filter(({ state }) => state === 'complete')
    expect(new Set(complete.map(({ snapshotId }) => snapshotId)).size).toBe(complete.length)
  })
  // And it reads on as if nothing had happened.
  const workspace = await openWorkspace(join(place, 'sync'))
  expect((await finish(await workspace.officer.sources.sync({ source: 'ERP', asOf, file: files[0] ?? null }))).state).toBe('complete')
  await expectSound(workspace)
  await workspace.close()
})

test('killed while deciding: every acknowledged decision and undo stands', patience, async () => {
  const known = new Map<number, string>()
  await killAndLook('decide', running, async ({ officer }, said, unfinished) => {
    const { events } = await officer.workspace.status()
    for (const { item, outcome, seq } of only(said, 'decided')) {
      known.set(item, outcome ?? 'undecided')
      if (seq !== null) expect(events).toBeGreaterThan(seq)
    }
    const shown = await queueOf(officer, running)
    // The step that was cut off may have been written or not; both are right, and from now on it is what it is.
    if (unfinished?.item != null) known.set(unfinished.item, shown.get(unfinished.item)?.state ?? 'gone')
    for (const [item, state] of known) expect([item, shown.get(item)?.state]).toEqual([item, state])
    for (const [item, { state }] of shown) if (!known.has(item)) expect([item, state]).toEqual([item, 'undecided'])
  })
})

test('killed while signing off: every acknowledged sign-off covers exactly what it was said to cover', patience, async () => {
  const signed = new Set<number>()
  await killAndLook('sign-off', running, async ({ officer }, said) => {
    const { lastCheckpointSize } = await officer.workspace.status()
    for (const { items, checkpointSize } of only(said, 'signed')) {
      for (const item of items) signed.add(item)
      expect(lastCheckpointSize).toBeGreaterThanOrEqual(checkpointSize)
    }
    const shown = await queueOf(officer, running)
    for (const item of signed) expect(shown.get(item)?.isSignedOff).toBe(true)
    for (const { item, outcome } of only(said, 'decided')) expect(shown.get(item)?.state).toBe(outcome)
  })
})

test('killed while launching: a campaign is launched with all its items or still a draft', patience, async () => {
  await killAndLook('launch', running, async ({ officer }, said) => {
    for (const { campaign, items } of only(said, 'launched')) {
      expect((await officer.campaigns.status({ campaign })).progress.items).toBe(items)
    }
    const states = new Set((await officer.campaigns.list()).map(({ spec, state }) => (spec.name === 'Killed' ? state : 'other')))
    expect([...states].every((state) => ['draft', 'running', 'other'].includes(state))).toBe(true)
  })
})

test('killed while sealing: every acknowledged bundle is listed and verifies, and no other folder is half a bundle', patience, async () => {
  await killAndLook('seal', closed, async ({ officer }, said) => {
    const listed = new Set((await officer.evidence.bundles()).map(({ path }) => path))
    for (const { path } of only(said, 'sealed')) expect(listed).toContain(path)
  })
})
