// The process that is killed. It says "ready", waits for one line of orders, and then works in a loop, saying before each step what it
// is about to do and after each step what was acknowledged. Whatever it said was acknowledged must survive the kill.
import { createInterface } from 'node:readline'
import { writeSync } from 'node:fs'
import { openWorkspace, passphrase, specOf, type Client, type TestWorkspace } from '../support/workspace-builder.ts'

export type Phase = 'sync' | 'decide' | 'sign-off' | 'launch' | 'seal'

export interface Orders {
  readonly phase: Phase
  readonly folder: string
  readonly seed: number
  /** For `sync`: files read in turn. */
  readonly files: readonly string[]
  readonly asOf: string
  /** For `decide`, `sign-off` and `seal`. */
  readonly campaign: number
}

export type Said =
  | { readonly said: 'ready' | 'opened' }
  | { readonly said: 'doing'; readonly item: number | null }
  | { readonly said: 'step'; readonly step: string }
  | { readonly said: 'run'; readonly run: number; readonly snapshot: number; readonly grants: number }
  | { readonly said: 'decided'; readonly item: number; readonly outcome: string | null; readonly seq: number | null }
  | { readonly said: 'signed'; readonly items: readonly number[]; readonly checkpointSize: number }
  | { readonly said: 'launched'; readonly campaign: number; readonly items: number }
  | { readonly said: 'sealed'; readonly version: number; readonly path: string }

// Straight to the descriptor: a line that lingers in a buffer would be an acknowledgement nobody heard.
function say(what: Said): void {
  writeSync(1, `${JSON.stringify(what)}\n`)
}

/** Long work, telling each step it reports. */
async function followed<T>(work: AsyncIterable<{ state: 'working'; step: string } | { state: 'done'; result: T }>): Promise<T> {
  say({ said: 'doing', item: null })
  for await (const step of work) {
    if (step.state === 'done') return step.result
    say({ said: 'step', step: step.step })
  }
  throw new Error('the work ended without a result')
}

function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

type Work = (orders: Orders, workspace: TestWorkspace, random: () => number) => Promise<void>

const sync: Work = async ({ files, asOf }, { officer }, random) => {
  for (;;) {
    const file = files[Math.floor(random() * files.length)] ?? null
    const run = await followed(await officer.sources.sync({ source: 'ERP', asOf, file }))
    say({ said: 'run', run: run.id, snapshot: run.snapshotId ?? -1, grants: run.imported })
  }
}

async function decideOnce(client: Client, item: number, random: () => number): Promise<void> {
  const outcome = random() < 0.5 ? 'keep' : 'revoke'
  say({ said: 'doing', item })
  const { item: shown } = await client.review.decide({ itemId: item, outcome })
  say({ said: 'decided', item, outcome: shown.decision?.outcome ?? null, seq: shown.decision?.eventSeq ?? null })
}

const decide: Work = async ({ campaign }, { officer }, random) => {
  const { items } = await officer.review.queue({ campaign })
  for (;;) {
    const item = items[Math.floor(random() * items.length)]?.itemId ?? -1
    await decideOnce(officer, item, random)
    if (random() < 0.3) {
      say({ said: 'doing', item })
      const { item: shown } = await officer.review.undo({ itemId: item })
      say({ said: 'decided', item, outcome: shown.decision?.outcome ?? null, seq: shown.decision?.eventSeq ?? null })
    }
  }
}

const signOff: Work = async ({ campaign }, { officer }, random) => {
  for (;;) {
    const open = (await officer.review.queue({ campaign })).items.filter(({ isSignedOff }) => !isSignedOff)
    for (const { itemId } of open.slice(0, 2)) await decideOnce(officer, itemId, random)
    const pending = (await officer.review.signOffSummary({ campaign })).pending.map(({ itemId }) => itemId)
    if (pending.length === 0) return
    say({ said: 'doing', item: null })
    const { checkpointSize } = await officer.review.signOff({ campaign, passphrase })
    say({ said: 'signed', items: pending, checkpointSize })
  }
}

const launch: Work = async ({ asOf }, { officer }) => {
  for (;;) {
    const { id: campaign } = await officer.campaigns.create({ spec: specOf('Killed'), asOf })
    const { totals } = await followed(await officer.campaigns.launch({ campaign }))
    say({ said: 'launched', campaign, items: totals.inReview })
  }
}

const seal: Work = async ({ campaign }, { officer }) => {
  for (;;) {
    const { version, path } = await followed(await officer.evidence.seal({ campaign, passphrase }))
    say({ said: 'sealed', version, path })
  }
}

const works: Readonly<Record<Phase, Work>> = { sync, decide, 'sign-off': signOff, launch, seal }

async function main(): Promise<void> {
  say({ said: 'ready' })
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) {
    const orders = JSON.parse(line) as Orders
    const workspace = await openWorkspace(orders.folder)
    say({ said: 'opened' })
    await works[orders.phase](orders, workspace, randomFrom(orders.seed))
    await workspace.close()
    return
  }
}

await main()
