import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import PDFDocument from 'pdfkit'
import { addSignatureField } from '../../src/main/reports/signing/pdf-signature-field.ts'
import type { SignableDocument } from '../../src/main/reports/signing/pdf-signature-field.ts'

/** A small report with the signature's place reserved and, if given, a file attached. */
export async function writeSignablePdf(path: string, options: { pages?: number; attach?: string } = {}): Promise<void> {
  const doc = new PDFDocument({ size: 'A4', info: { Title: 'Evidence' } })
  const output = createWriteStream(path)
  doc.pipe(output)
  doc.text('Access review, page 1')
  for (let page = 2; page <= (options.pages ?? 1); page++) doc.addPage().text(`page ${page}`)
  if (options.attach !== undefined) doc.file(options.attach, { name: 'evidence.json', type: 'application/json' })
  addSignatureField(doc as unknown as SignableDocument, { name: 'Ölaf (Officer)', reason: 'Sealed evidence',
    at: new Date('2026-11-22T08:00:00Z') })
  doc.end()
  await finished(output)
}
