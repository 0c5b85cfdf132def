import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BYTE_RANGE_MARKER } from '../../../src/main/reports/signing/pdf-signature-field.ts'
import { signPdf } from '../../../src/main/reports/signing/sign-pdf.ts'
import { verifyPdf } from '../../../src/main/reports/signing/verify-pdf.ts'
import { sha256Hex } from '../../support/sha256.ts'
import { writeSignablePdf } from '../../support/signable-pdf.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'

async function signedPdf() {
  const folder = await temporaryFolder()
  const organisation = await createTestOrganisation(folder)
  const [path, attachment] = [join(folder, 'report.pdf'), join(folder, 'evidence.json')]
  await writeFile(attachment, '{"figures":[1,2,3]}\n')
  await writeSignablePdf(path, { pages: 3, attach: attachment })
  const signed = await signPdf(path, organisation.officer)
  return { path, organisation, signed, trust: { root: organisation.root.certificate, at: new Date() } }
}

test('a signed PDF is valid, trusted, signed as a whole, and tells what is attached', async () => {
  const { path, signed, trust } = await signedPdf()
  const file = await readFile(path)
  expect(signed).toEqual({ ok: true, bytes: file.length, sha256: sha256Hex(file) })
  const { signature, attachments } = await verifyPdf(path, trust)
  expect(signature).toMatchObject({ ok: true, isTrusted: true })
  expect(attachments).toEqual([sha256Hex('{"figures":[1,2,3]}\n')])
})

test('any flipped byte, in the pages or in the empty part of the reserved place, breaks it', async () => {
  const { path, trust } = await signedPdf()
  const file = await readFile(path)
  const contents = file.indexOf('/Contents <')
  const places = Array.from({ length: 40 }, (_, index) => Math.floor((index * file.length) / 40))
    .filter((at) => at < contents || at > contents + 12_000)
  for (const at of [...places, contents + 20, file.length - 1]) {
    const changed = Buffer.from(file)
    changed[at] = (changed[at] ?? 0) ^ 1
    await writeFile(path, changed)
    expect((await verifyPdf(path, trust)).signature.ok).toBe(false)
  }
})

test('a revision appended after signing is told', async () => {
  const { path, trust } = await signedPdf()
  await appendFile(path, '\n1 0 obj\n<< /Type /Catalog >>\nendobj\n')
  expect((await verifyPdf(path, trust)).signature).toMatchObject({ ok: false, reason: 'partly-signed' })
})

test('a PDF without a reserved place, with two, or already signed is refused, and stays as it was', async () => {
  const { path, organisation } = await signedPdf()
  const before = await readFile(path)
  expect(await signPdf(path, organisation.officer)).toMatchObject({ ok: false, reason: 'no-signature-field' })
  expect(await readFile(path)).toEqual(before)
  await writeSignablePdf(path)
  const once = await readFile(path)
  await writeFile(path, Buffer.concat([once, once]))
  expect(await signPdf(path, organisation.officer)).toMatchObject({ ok: false, reason: 'no-signature-field' })
  expect((await verifyPdf(path, { root: undefined, at: new Date() })).signature.ok).toBe(false)
})

test('the reserved place is found wherever it falls in a large file', async () => {
  const { path, organisation, trust } = await signedPdf()
  await writeSignablePdf(path)
  const pdf = await readFile(path)
  const at = pdf.indexOf(BYTE_RANGE_MARKER)
  const mebibyte = 1 << 20
  for (const target of [mebibyte - 200, mebibyte - 60, mebibyte - 1, mebibyte, 2 * mebibyte - 16_000]) {
    // Comment lines after the header shift everything; readers of the real file never see this, only the byte arithmetic is tested.
    await writeFile(path, Buffer.concat([Buffer.alloc(target - at, '%'), pdf]))
    expect(await signPdf(path, organisation.officer)).toMatchObject({ ok: true })
    expect((await verifyPdf(path, trust)).signature).toMatchObject({ ok: true })
  }
})
