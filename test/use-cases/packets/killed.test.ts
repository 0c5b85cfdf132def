import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ada, copyWorkspace, finish, mia, openWorkspace, passphrase } from '../../support/workspace-builder.ts'
import { expiresOn, filesIn, managerAnswers, managerOpens, packetStage } from './packet-stage.ts'

const victim = fileURLToPath(new URL('../../support/import-until-killed.ts', import.meta.url))

/** Runs until it is killed some milliseconds after it began. True = it ended before that. */
async function killedAfter(milliseconds: number, args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [victim, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
  const ended = once(child, 'exit')
  while (!said.includes('begins') && child.exitCode === null) await sleep(5)
  await sleep(milliseconds)
  child.kill('SIGKILL')
  await ended
  return said.includes('ended')
}

test('an import that is killed at any moment has done nothing or everything, and the next one makes it whole', async () => {
  const stage = await packetStage()
  onTestFinished(stage.close)
  const manager = await managerOpens(stage)
  const response = await managerAnswers(manager, join(stage.place, 'answer'))
  await manager.workspace.close()
  await stage.officer.officer.packets.acceptKey({ file: response, spoken: manager.opened.keySpoken ?? '', passphrase })
  const items = (await (await stage.officer.as(mia)).review.queue({ campaign: 1 })).items.length
  const undone = (await stage.officer.officer.workspace.status()).events
  await stage.officer.close()
  for (const [round, milliseconds] of [250, 700, 1_100, 1_500].map((base) => base + Math.floor(Math.random() * 300)).entries()) {
    const folder = await copyWorkspace(stage.officer.folder, join(stage.place, `copy-${round}`))
    await killedAfter(milliseconds, [folder, 'import', response, passphrase])
    const again = await openWorkspace(folder)
    try {
      const { officer } = again
      const { events } = await officer.workspace.status()
      const found = (await officer.packets.list({ campaign: 1 }))[0]
      expect(found?.merged ?? 0).toBe(events === undone ? 0 : items)
      const merged = await officer.packets.import({ file: response, passphrase })
      expect([merged.merged, merged.conflicts, merged.wasThere]).toEqual([items, [], events !== undone])
      const { progress } = await officer.campaigns.status({ campaign: 1 })
      expect(progress.signedOff).toBe(items)
      expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    } finally {
      await again.close()
    }
  }
}, 180_000)

test('writing that is stopped or killed keeps the packets that are done, and starting again writes only the others', async () => {
  const stage = await packetStage()
  onTestFinished(stage.close)
  const { officer } = stage.officer
  const out = join(stage.place, 'all')
  // Whoever stops reading stops the work: here after the first of two packets.
  for await (const step of await officer.packets.write({ campaign: 1, out, expiresOn, passphrase, again: true })) {
    if (step.state === 'working' && (step.share ?? 0) > 0) break
  }
  const packets = (await filesIn(out)).filter((name) => name.endsWith('.musterpack'))
  expect(packets.length).toBeGreaterThan(0)
  await stage.officer.close()
  await killedAfter(400, [stage.officer.folder, 'write', out, passphrase])
  const again = await openWorkspace(stage.officer.folder)
  try {
    const rest = await finish(await again.officer.packets.write({ campaign: 1, out, expiresOn, passphrase }))
    const list = await again.officer.packets.list({ campaign: 1 })
    for (const person of [ada, mia]) {
      const newest = list.findLast((one) => one.person === person)
      expect((await readFile(newest?.path ?? '')).subarray(0, 22).toString()).toBe('age-encryption.org/v1\n')
    }
    expect([...rest.written.map(({ person }) => person), ...rest.skipped.map(({ person }) => person)].sort()).toEqual([ada, mia])
    expect((await finish(await again.officer.packets.write({ campaign: 1, out, expiresOn, passphrase }))).written).toEqual([])
    expect((await again.officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  } finally {
    await again.close()
  }
}, 120_000)
