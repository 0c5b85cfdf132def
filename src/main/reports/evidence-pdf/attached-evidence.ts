// evidence.json travels inside the PDF. It can be larger than the report, so it is packed while it is read and only the packed bytes
// are held; pdfkit's own doc.file() would hold the whole file twice.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createDeflate } from 'node:zlib'
import { readVeiled, type Veil } from '../veil.ts'
import { inside, newRef, pdfString } from './pdf-library.ts'
import type { PdfDocument } from './pdf-library.ts'

export type Attachment = { readonly path: string; readonly veil?: Veil } | { readonly bytes: Uint8Array }

/** `modified` becomes the file's date inside the PDF: the moment of sealing, not of the copy on this disk. */
export async function attachEvidence(doc: PdfDocument, attachment: Attachment, modified: Date, signal?: AbortSignal): Promise<void> {
  const source = bytesOf(attachment)
  // The format asks for MD5 here; the hash that matters is the SHA-256 of evidence.json in the bundle's manifest.
  const checksum = createHash('md5')
  let size = 0
  const packer = createDeflate()
  const file = newRef(doc, { Type: 'EmbeddedFile', Subtype: 'application#2Fjson', Filter: 'FlateDecode' })
  const packed = (async () => {
    for await (const chunk of packer) file.write(chunk as Uint8Array)
  })()
  try {
    for await (const chunk of source) {
      signal?.throwIfAborted()
      checksum.update(chunk)
      size += chunk.length
      if (!packer.write(chunk)) await new Promise((resolve) => packer.once('drain', resolve))
    }
  } catch (error) {
    packer.destroy()
    await packed.catch(() => undefined)
    throw error
  }
  packer.end()
  await packed
  file.data['Params'] = { Size: size, CheckSum: new Uint8Array(checksum.digest()), ModDate: modified }
  file.end()

  const spec = newRef(doc, {
    Type: 'Filespec', AFRelationship: 'Source', F: pdfString('evidence.json'), UF: pdfString('evidence.json'), EF: { F: file, UF: file },
    Desc: pdfString('Every fact of this report as data; all figures can be recomputed from it'),
  })
  spec.end()
  inside(doc).addNamedEmbeddedFile('evidence.json', spec)
  const { data } = inside(doc)._root
  data.AF = [...(data.AF ?? []), spec]
}

function bytesOf(attachment: Attachment): AsyncIterable<Uint8Array> {
  if ('bytes' in attachment) return Readable.from([attachment.bytes])
  const { path, veil } = attachment
  return veil === undefined ? createReadStream(path) : readVeiled({ path, veil })
}
