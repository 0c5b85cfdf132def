import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { WordingStep } from '../../src/shared/model/language-model.ts'
import { startFakeOllama, type FakeOllama } from './fake-ollama/server.ts'
import { localModel, obedient } from './fake-ollama/scripted-model.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, specOf, type Client, type TestWorkspace } from './workspace-builder.ts'

// A launched campaign beside a scripted Ollama server, for tests that go through the whole engine.

let place: string
let template: string
let copies = 0

/** Builds the workspace once for a file's tests; every `setting` is a copy of it. */
export function withLaunchedCampaign(): void {
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'muster-test-'))
    template = join(place, 'workspace')
    const built = await buildWorkspace(template, { enrolled: [mia, ada] })
    await launch(built.officer, specOf('Quarter', { rules: { controlSharePercent: 0, reasonRequired: ['flagged'] } }))
    await built.close()
  })
  afterAll(() => rm(place, { recursive: true, force: true }))
}

export const campaign = 1

export interface Setting extends TestWorkspace {
  readonly ollama: FakeOllama
}

/** A launched campaign beside a server with one obedient model; `isChosen`: examined and put to use. */
export async function setting(isChosen = true): Promise<Setting> {
  const ollama = await startFakeOllama({ models: [localModel] })
  onTestFinished(ollama.close)
  ollama.setReply(obedient())
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  await opened.officer.languageModel.setHost({ host: ollama.origin })
  if (isChosen) {
    await finish(await opened.officer.languageModel.exam({ model: localModel.name }))
    await opened.officer.languageModel.choose({ model: localModel.name })
  }
  return { ...opened, ollama }
}

export async function steps(client: Client, itemId: number, again = false): Promise<WordingStep[]> {
  const found: WordingStep[] = []
  for await (const step of await client.languageModel.word({ itemId, again })) found.push(step)
  return found
}

export async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(() => 'nothing was refused', (error: unknown) => (error instanceof Error ? error.message : String(error)))
}

/** An item whose advice is shown, on which no fixed rule decided and nothing is flagged. */
export async function openItem(client: Client, action?: 'keep' | 'revoke' | 'look-closer'): Promise<number> {
  for (const { itemId } of (await client.review.queue({ campaign })).items) {
    const { advice, reasonRequired } = await client.review.item({ itemId })
    const isOpen = advice !== null && advice.rules.length === 0 && !reasonRequired.keep
    if (isOpen && (action === undefined || advice.action === action)) return itemId
  }
  throw new Error(`no open item advises ${action ?? 'anything'}`)
}

export const decided = { outcome: 'keep', reasonCode: 'still-needed' } as const

export function eventsIn(folder: string, kind: string): { seq: number; body: Record<string, unknown> }[] {
  const db = new Database(join(folder, 'muster.db'), { readonly: true })
  try {
    return (db.prepare('SELECT seq, line FROM evidence_event WHERE kind = ? ORDER BY seq').all(kind) as { seq: number; line: string }[])
      .map(({ seq, line }) => ({ seq, body: (JSON.parse(line) as { body: Record<string, unknown> }).body }))
  } finally {
    db.close()
  }
}

export async function expectSoundLog(officer: Client): Promise<void> {
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
}
