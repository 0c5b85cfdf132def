import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type * as Files from '../../../src/main/exchange/outgoing-file.ts'
import { ada, mia, olga } from '../../support/workspace-builder.ts'
import { filesIn, packetStage, write } from './packet-stage.ts'

const fails = vi.hoisted(() => ({ for: '' }))

// The disk, as the writing of packets sees it.
vi.mock('../../../src/main/exchange/outgoing-file.ts', async (original) => {
  const real = await original<typeof Files>()
  return {
    ...real,
    writeDraft: (path: string, content: Uint8Array) => (fails.for !== '' && new RegExp(fails.for).test(path)
      ? Promise.reject(Object.assign(new Error(`ENOSPC: no space left on device, write '${path}'`), { code: 'ENOSPC' })) : real.writeDraft(path, content)),
  }
})

test('a packet that cannot be written is named with why and stops no other; writing again goes on with it, and its passphrase is told with the file it opens', async () => {
  const stage = await packetStage()
  onTestFinished(stage.close)
  const { officer } = stage.officer
  const out = join(stage.place, 'all')
  fails.for = ada
  const first = await write(officer, out, null, { again: true })
  expect(first).toMatchObject({ written: [{ person: mia }], failed: [{ person: ada, reason: 'the disk is full' }], notTried: 0 })
  expect(JSON.stringify(first.failed)).not.toContain(stage.place)
  expect((await filesIn(out)).filter((name) => name.includes('ada'))).toEqual([])

  fails.for = ''
  const second = await write(officer, out, null)
  expect(second).toMatchObject({ written: [{ person: ada }], skipped: [{ person: mia }], failed: [] })
  const list = second.passphrases ?? ''
  const told = await officer.packets.passphrases({ campaign: 1, list })
  expect(told).toMatchObject([{ person: ada, packet: second.written[0]?.packet, passphrase: expect.stringMatching(/^.{10,}$/) as string }])
  expect(await readFile(list, 'utf8')).toContain(`${told[0]?.file ?? '?'},${told[0]?.passphrase ?? '?'}`)
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])

  const reviewer = await stage.officer.as(mia)
  await expect(reviewer.packets.passphrases({ campaign: 1, list })).rejects.toThrow(/officers/)
  await expect(officer.packets.passphrases({ campaign: 1, list: join(stage.officer.folder, 'keys', 'passphrases-20260101T000000.csv') })).rejects.toThrow(/no list of passphrases/)
  await expect(officer.packets.passphrases({ campaign: 1, list: join(out, '../../../etc/passwd') })).rejects.toThrow(/no list of passphrases/)
  await rm(list)
  await expect(officer.packets.passphrases({ campaign: 1, list })).rejects.toThrow(/not there any more/)
}, 60_000)

test('several failures in a row end the writing: the rest is counted as not tried', async () => {
  const stage = await packetStage()
  onTestFinished(() => { fails.for = ''; return stage.close() })
  const { officer } = stage.officer
  // Four reviewers: the officer's own items and what was Mia's and Ada's.
  const items = (await officer.campaigns.items({ campaign: 1, reviewer: mia, onlyOpen: true, from: 0, limit: 100 })).items.map(({ itemId }) => itemId)
  await officer.campaigns.reassign({ campaign: 1, items: items.slice(0, 1), to: 'extra.one@example.com', reason: 'Knows better' })
  await officer.campaigns.reassign({ campaign: 1, items: items.slice(1, 2), to: 'extra.two@example.com', reason: 'Knows better' })
  fails.for = 'musterpack'
  const { written, failed, notTried } = await write(officer, join(stage.place, 'all'), [mia, ada, olga, 'extra.one@example.com', 'extra.two@example.com'], { again: true })
  expect([written.length, failed.length, notTried]).toEqual([0, 3, 2])
}, 60_000)
