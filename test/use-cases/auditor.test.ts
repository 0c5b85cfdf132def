import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditorReads } from '../../src/main/procedures/auditor-reads.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { sampleInput } from '../support/sample-input.ts'
import { buildWorkspace, launch, specOf, passphrase, type Client, type TestWorkspace } from '../support/workspace-builder.ts'

const auditor = 'ingrid.auditor@example.com'

let folder: string
let workspace: TestWorkspace
let client: Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-test-'))
  workspace = await buildWorkspace(join(folder, 'w'))
  await launch(workspace.officer, specOf('Quarter'))
  await workspace.officer.workspace.enrol({ email: auditor, name: 'Ingrid', roles: ['auditor'], passphrase, officerPassphrase: passphrase })
  client = await workspace.as(auditor)
})
afterAll(async () => {
  await workspace.close()
  await rm(folder, { recursive: true, force: true })
})

interface Described { readonly '~orpc': { readonly inputSchema?: z.ZodType } }
type Call = (input: unknown) => Promise<unknown>

const procedures = Object.entries(contract).flatMap(([area, all]) => Object.entries(all as unknown as Record<string, Described>).map(([name, described]) => ({ area, name, described })))

async function call(area: string, name: string, { '~orpc': { inputSchema } }: Described): Promise<unknown> {
  const asked = (client as unknown as Record<string, Record<string, Call>>)[area]?.[name]
  const answer = await asked?.(inputSchema === undefined ? undefined : sampleInput(inputSchema))
  const isStream = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
  if (isStream) for await (const step of answer as AsyncIterable<unknown>) void step
  return answer
}

test('nobody else is refused what only auditors are', async () => {
  await expect(workspace.officer.calendar.tick()).resolves.toBeDefined()
})

test('an auditor is refused every change, in a sentence, and nothing is recorded or written', async () => {
  const { events } = await workspace.officer.workspace.status()
  const files = await readdir(workspace.folder, { recursive: true })
  const wrong: string[] = []
  for (const { area, name, described } of procedures) {
    if (auditorReads[area]?.includes(name) === true) continue
    const refusal = await call(area, name, described).then(() => 'it was done', (error: unknown) => error)
    const { code = '', message = String(refusal) } = refusal as { code?: string; message?: string }
    if (code !== 'NOT_ALLOWED' || !/^[A-Z].{15,}\.$/.test(message)) wrong.push(`${area}.${name}: ${code} ${message}`)
  }
  expect(wrong).toEqual([])
  expect((await workspace.officer.workspace.status()).events).toBe(events)
  expect(await readdir(workspace.folder, { recursive: true })).toEqual(files)
})

test('an auditor reads everything there is to read, and reading records nothing', async () => {
  const { events } = await workspace.officer.workspace.status()
  const wrong: string[] = []
  for (const { area, name, described } of procedures) {
    if (auditorReads[area]?.includes(name) !== true) continue
    const failure = await call(area, name, described).then(() => undefined, (error: unknown) => error as { code?: string; message?: string })
    // What was asked for may not be there; that it may not be read must never be the answer.
    if (failure !== undefined && !['NOT_FOUND', 'INVALID', 'CONFLICT', 'SOURCE', 'WRONG_PASSPHRASE'].includes(failure.code ?? '')) wrong.push(`${area}.${name}: ${failure.code ?? ''} ${failure.message ?? ''}`)
  }
  expect(wrong).toEqual([])
  expect((await workspace.officer.workspace.status()).events).toBe(events)
  const named = Object.entries(auditorReads).flatMap(([area, names]) => names.map((name) => `${area}.${name}`))
  const known = new Set(procedures.map(({ area, name }) => `${area}.${name}`))
  expect(named.filter((name) => !known.has(name))).toEqual([])
})
