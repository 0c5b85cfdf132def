import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { removeDrafts } from '../../../src/main/reports/bundle/write-bundle.ts'
import { readVeiled, unveil, veiledIn } from '../../../src/main/reports/veil.ts'
import { enrolReviewers, writeSampleBundle } from '../../support/sample-bundle.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'

const entry = fileURLToPath(new URL('../../support/write-bundle-until-killed.ts', import.meta.url))
const telling = ['anna@example.com', '%PDF', '"items"', 'Quarter', 'BEGIN CERTIFICATE']

/** Which of these words stand in a folder, in a file or in a file's name. */
async function saidIn(folder: string, words: readonly string[]): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
  const texts = await Promise.all(files.map(async ({ parentPath, name }) => `${name}\n${await readFile(join(parentPath, name), 'latin1')}`))
  return words.filter((word) => texts.some((text) => text.includes(word)))
}

test('a seal that is killed when everything is written leaves nothing anybody can read, and what it leaves is cleared away', async () => {
  const folder = await temporaryFolder()
  const child = spawn(process.execPath, [entry, join(folder, 'keys'), folder], { stdio: 'inherit' })
  expect((await once(child, 'exit'))[1]).toBe('SIGKILL')
  const out = join(folder, 'out')
  const [draft = ''] = await readdir(out)
  expect(draft).toMatch(/^\..+\.draft$/)
  expect((await readdir(join(out, draft))).length).toBeGreaterThan(8)
  expect(await saidIn(out, telling)).toEqual([])
  await removeDrafts(out)
  expect(await readdir(out)).toEqual([])
  // The same words stand in a bundle that was sealed.
  const organisation = await createTestOrganisation(join(folder, 'other-keys'))
  const { path } = await writeSampleBundle(folder, organisation, await enrolReviewers(organisation))
  expect(await saidIn(path, ['anna@example.com', '%PDF', '"items"', 'BEGIN CERTIFICATE'])).toHaveLength(4)
}, 60_000)

test('a file that was changed behind the seal’s back ends it, and nothing is left', async () => {
  const folder = await temporaryFolder()
  const organisation = await createTestOrganisation(join(folder, 'keys'))
  const written = writeSampleBundle(folder, organisation, await enrolReviewers(organisation), {
    doctored: { input: (input) => ({ ...input, writeReport: async (files) => {
      await input.writeReport(files)
      const bytes = await readFile(files.evidence.path)
      bytes[40] = (bytes[40] ?? 0) ^ 1
      await writeFile(files.evidence.path, bytes)
    } }) },
  })
  await expect(written).rejects.toThrow('evidence.json was changed while the bundle was being written; nothing was sealed')
  expect(await readdir(join(folder, 'out'))).toEqual([])
}, 60_000)

test('what lies under a veil reads the same from any place, under no other name, and comes back byte for byte', async () => {
  const folder = await temporaryFolder()
  await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 24, maxLength: 4_000 }), fc.nat(), async (bytes, cut) => {
    const place = veiledIn(folder)
    const file = place('people/anna@example.com.pem')
    const at = cut % bytes.length
    await writeFile(file.path, Buffer.concat([file.veil(bytes.subarray(0, at), 0), file.veil(bytes.subarray(at), at)]))
    expect(Buffer.from(await readFile(file.path)).equals(bytes)).toBe(false)
    const read: Uint8Array[] = []
    for await (const block of readVeiled(file)) read.push(block)
    expect(Buffer.concat(read).equals(bytes)).toBe(true)
    expect(Buffer.from(place('another').veil(file.veil(bytes, 0), 0)).equals(bytes)).toBe(false)
    await unveil(file, () => undefined)
    expect((await readFile(file.path)).equals(bytes)).toBe(true)
    await rm(file.path)
  }), { numRuns: 60 })
})
