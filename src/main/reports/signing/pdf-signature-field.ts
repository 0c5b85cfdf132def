// Reserves the place for the signature while the PDF is laid out. sign-pdf.ts fills it in the finished file.
import { Buffer } from 'node:buffer'

/** Room for the CMS in bytes; in the file twice as many hex digits. Ours takes about 2 KiB, a timestamp token some more. */
export const RESERVED_BYTES = 16 * 1024

// Wide enough for any file below ten gigabytes, so that filling in the numbers moves nothing.
const BLANK_NUMBER = '**********'
export const BYTE_RANGE_MARKER = `/ByteRange [0 /${BLANK_NUMBER} /${BLANK_NUMBER} /${BLANK_NUMBER}]`
/** Between the marker and the first digit of the reserved place. */
export const CONTENTS_START = '\n/Contents <'

type PdfReference = { data: Record<string, unknown>; end: () => void }

/** What this needs of a pdfkit document; its published types leave these members out. */
export type SignableDocument = {
  initForm: () => unknown
  ref: (data: Record<string, unknown>) => PdfReference
  page: { dictionary: unknown; annotations: unknown[] }
  _root: { data: Record<string, unknown> }
}

/** `at`: the time the document claims for itself; it goes into /M, which PDF viewers show as unproven. */
export type SignatureFieldOptions = {
  readonly name: string
  readonly reason: string
  readonly at: Date
  readonly location?: string
  readonly contact?: string
}

/**
 * Call once, right before `doc.end()`, with a font set. Adds an invisible field that certifies the document: no change is allowed
 * afterwards (DocMDP, permission 1).
 */
export function addSignatureField(doc: SignableDocument, options: SignatureFieldOptions): void {
  doc.initForm()
  const signature = doc.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    // Strings become PDF names here: `/**********`.
    ByteRange: [0, BLANK_NUMBER, BLANK_NUMBER, BLANK_NUMBER],
    Contents: Buffer.alloc(RESERVED_BYTES),
    Name: pdfText(options.name),
    Reason: pdfText(options.reason),
    ...(options.location === undefined ? {} : { Location: pdfText(options.location) }),
    ...(options.contact === undefined ? {} : { ContactInfo: pdfText(options.contact) }),
    M: options.at,
    Reference: [{ Type: 'SigRef', TransformMethod: 'DocMDP', TransformParams: { Type: 'TransformParams', P: 1, V: '1.2' } }],
  })
  // Hidden is forbidden in PDF/A; an empty rectangle with Print and Locked set is not drawn and is allowed.
  const field = doc.ref({
    Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: pdfText('Seal'), F: 132, Rect: [0, 0, 0, 0], P: doc.page.dictionary, V: signature,
  })
  doc.page.annotations.push(field)
  const form = doc._root.data['AcroForm'] as PdfReference
  const fields = form.data['Fields'] as unknown[]
  fields.push(field)
  form.data['SigFlags'] = 3
  delete form.data['NeedAppearances']
  doc._root.data['Perms'] = { DocMDP: signature }
  signature.end()
  field.end()
}

// pdfkit writes String objects as PDF text, plain strings as names.
function pdfText(text: string): object {
  return Object(text.toWellFormed()) as object
}
