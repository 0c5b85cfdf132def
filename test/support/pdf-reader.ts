// Reads back the PDFs this project writes (one revision, plain cross-reference table, embedded TrueType with ToUnicode), so that tests can
// ask what a page says on a machine without poppler. Not a general PDF reader.
import { Buffer } from 'node:buffer'
import { inflateSync } from 'node:zlib'

export type ReadPdf = {
  readonly catalog: string
  /** Text of each page, one line per text object, in drawing order. */
  readonly pages: readonly string[]
  readonly text: string
  /** Bookmark titles in file order. */
  readonly bookmarks: readonly string[]
  attachment(): Buffer
  /** Types of all structure elements with how often they occur. */
  readonly tags: ReadonlyMap<string, number>
  readonly metadata: string
}

type PdfObject = { readonly dictionary: string; readonly stream: Buffer | undefined }

export function readPdf(file: Buffer): ReadPdf {
  const objects = readObjects(file)
  const get = (id: number): PdfObject => objects.get(id) ?? { dictionary: '', stream: undefined }
  const all = [...objects.values()]
  const catalog = all.find(({ dictionary }) => dictionary.includes('/Type /Catalog'))?.dictionary ?? ''
  const kids = /\/Kids \[([^\]]*)\]/.exec(get(reference(catalog, 'Pages')).dictionary)?.[1] ?? ''
  const pageIds = [...kids.matchAll(/(\d+) 0 R/g)].map((match) => Number(match[1]))
  const maps = new Map<number, Map<string, string>>()

  const fontMap = (id: number): Map<string, string> => {
    const known = maps.get(id)
    if (known !== undefined) return known
    const made = unicodeMap(content(get(reference(get(id).dictionary, 'ToUnicode'))).toString('latin1'))
    maps.set(id, made)
    return made
  }
  const textOf = (stream: string, resources: string): string => {
    const lines: string[] = []
    for (const [part, name] of stream.matchAll(/BT[^]*?ET|\/(\w+) Do/g)) {
      if (name !== undefined) {
        const form = get(reference(resources, name))
        lines.push(textOf(content(form).toString('latin1'), form.dictionary))
        continue
      }
      lines.push([...part.matchAll(/\/(F\d+) [\d.]+ Tf \[(.*?)\] TJ/g)].map(([, font = '', codes = '']) => {
        const map = fontMap(reference(resources, font))
        return (codes.match(/<[0-9a-f]*>/g) ?? []).flatMap((hex) => hex.slice(1,
          -1).match(/.{4}/g) ?? []).map((code) => map.get(code) ?? '?').join('')
      }).join(''))
    }
    return lines.join('\n')
  }
  const pages = pageIds.map((id) => {
    const { dictionary } = get(id)
    return textOf(content(get(reference(dictionary, 'Contents'))).toString('latin1'), get(reference(dictionary, 'Resources')).dictionary)
  })
  const tags = new Map<string, number>()
  for (const { dictionary } of all) {
    const type = dictionary.includes('/Type /StructElem') ? /\/S \/(\w+)/.exec(dictionary)?.[1] : undefined
    if (type !== undefined) tags.set(type, (tags.get(type) ?? 0) + 1)
  }
  return {
    catalog, pages, text: pages.join('\n'), tags,
    bookmarks: all.flatMap(({ dictionary }) => (dictionary.includes('/Dest [') ? [pdfText(/\/Title <([0-9a-f]*)>/.exec(dictionary)?.[1] ?? '')] : [])),
    attachment: () => content(all.find(({ dictionary }) => dictionary.includes('/Type /EmbeddedFile')) ?? { dictionary: '',
      stream: undefined }),
    metadata: content(get(reference(catalog, 'Metadata'))).toString('utf8'),
  }
}

function readObjects(file: Buffer): Map<number, PdfObject> {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.subarray(-64).toString('latin1'))?.[1])
  const table = file.subarray(start).toString('latin1')
  const objects = new Map<number, PdfObject>()
  ;[...table.matchAll(/^(\d{10}) 00000 n/gm)].forEach(([, offset], index) => {
    const at = Number(offset)
    const end = file.indexOf('endobj', at)
    const streamAt = file.indexOf('\nstream\n', at)
    if (streamAt === -1 || streamAt > end) {
      objects.set(index + 1, { dictionary: file.subarray(at, end).toString('latin1'), stream: undefined })
      return
    }
    const dictionary = file.subarray(at, streamAt).toString('latin1')
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1])
    objects.set(index + 1, { dictionary, stream: file.subarray(streamAt + 8, streamAt + 8 + length) })
  })
  return objects
}

function content({ dictionary, stream }: PdfObject): Buffer {
  if (stream === undefined) return Buffer.alloc(0)
  return dictionary.includes('/FlateDecode') ? inflateSync(stream) : stream
}

function reference(dictionary: string, key: string): number {
  return Number(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1])
}

function unicodeMap(cmap: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const [, first = '0', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g)) {
    ;[...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, units = ''], index) => {
      const code = (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0')
      map.set(code, String.fromCharCode(...units.split(' ').filter((unit) => unit !== '').map((unit) => Number.parseInt(unit, 16))))
    })
  }
  return map
}

function pdfText(hex: string): string {
  return Buffer.from(hex, 'hex').subarray(2).swap16().toString('utf16le')
}
