// A large bundle is read in two threads, by Muster and by verify.mjs alike.
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { verifyBundle } from '../../../src/main/reports/bundle/verify-bundle.ts'
import { enrolReviewers, writeSampleBundle } from '../../support/sample-bundle.ts'
import { sha256Hex } from '../../support/sha256.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import { READER, failed, verifyBoth } from '../../support/verify-both.ts'

let bundle: string
let rootPem: string

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-large-'))
  const organisation = await createTestOrganisation(folder)
  rootPem = organisation.root.pem
  const extract = { path: join(folder, 'extract'), content: Buffer.alloc(17 * 1024 * 1024) }
  writeFileSync(extract.path, extract.content)
  const kept = { sha256: sha256Hex(extract.content), bytes: extract.content.length }
  const written = await writeSampleBundle(folder, organisation, await enrolReviewers(organisation), {
    doctored: {
      head: (head) => ({ ...head, extracts: head.extracts.map((one) => ({ ...one, ...kept })) }),
      input: (input) => ({ ...input, rawFiles: input.rawFiles.map((raw) => ({ ...raw, ...kept, packing: 'none' as const, path: extract.path })) }),
    },
  })
  bundle = written.path
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('both verifiers pass it, and find one flipped byte in its report', async () => {
  expect(failed(await verifyBoth(bundle, { rootPem }))).toEqual([])
  const report = join(bundle, 'report.pdf')
  const before = readFileSync(report)
  flip(report, statSync(report).size >> 1)
  expect(failed(await verifyBoth(bundle, { rootPem }))).toEqual(expect.arrayContaining(['files', 'report-signature']))
  writeFileSync(report, before)
})

test('whoever stops in the middle is not kept waiting, and the other thread ends too', async () => {
  const stop = new Error('stopped')
  await expect(verifyBundle(bundle, {
    rootPem, now: new Date(), thread: READER,
    between: () => {
      throw stop
    },
  })).rejects.toBe(stop)
})

test('where the other thread cannot run, the bundle is read all the same', async () => {
  const verdict = await verifyBundle(bundle, { rootPem, now: new Date(), thread: new URL('no-such-file.ts', READER) })
  expect(verdict).toMatchObject({ ok: true, hasPassed: true })
})

function flip(path: string, at: number): void {
  const file = openSync(path, 'r+')
  const byte = readFileSync(path)[at] ?? 0
  writeSync(file, Buffer.of(byte ^ 1), 0, 1, at)
  closeSync(file)
}
