// Reads back what a report of ours prints: one revision, a plain cross-reference table, embedded fonts that say which letter each code is.
// Not a general PDF reader: what is laid out otherwise cannot be read, and that is said.
import { constants, inflateSync } from 'node:zlib'

export type PrintedPages = {
  readonly count: number
  /** Lines in the order they were drawn, one per text object. `isHead`: only as far as the page's running head and foot, which are drawn first. */
  readonly lines: (page: number, isHead?: boolean) => readonly string[]
}

type PdfObject = { readonly dictionary: string; readonly stream: Buffer | undefined }

const ENTRY_BYTES = 20
/** Packed bytes that mostly hold a page's head and foot; where they do not, the whole page is unpacked. */
const HEAD_BYTES = 1024

/** Undefined where the file is not of the form reports have. */
export function printedPages(file: Buffer): PrintedPages | undefined {
  try {
    return open(file)
  } catch {
    return undefined
  }
}

function open(file: Buffer): PrintedPages {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.subarray(-64).toString('latin1'))?.[1])
  const header = /^xref\n0 (\d+)\n/.exec(file.subarray(start, start + 40).toString('latin1'))
  if (header === null) throw new Error('no table of objects')
  const entries = start + header[0].length
  const fonts = new Map<number, ReadonlyMap<string, string>>()
  const forms = new Map<number, readonly string[]>()

  function objectOf(id: number): PdfObject {
    const entry = file.subarray(entries + id * ENTRY_BYTES, entries + (id + 1) * ENTRY_BYTES).toString('latin1')
    const at = Number(/^(\d{10}) 00000 n/.exec(entry)?.[1])
    const end = file.indexOf('endobj', at)
    const body = file.subarray(at, end)
    if (end < 0 || !body.subarray(0, 24).toString('latin1').startsWith(`${id} 0 obj`)) throw new Error(`object ${id} is missing`)
    const streamAt = body.indexOf('\nstream\n')
    if (streamAt < 0) return { dictionary: body.toString('latin1'), stream: undefined }
    const dictionary = body.subarray(0, streamAt).toString('latin1')
    const from = at + streamAt + 8
    return { dictionary, stream: file.subarray(from, from + Number(/\/Length (\d+)/.exec(dictionary)?.[1])) }
  }

  function lettersOf(id: number): ReadonlyMap<string, string> {
    const known = fonts.get(id)
    if (known !== undefined) return known
    const made = letterMap(contentOf(objectOf(referenceIn(objectOf(id).dictionary, 'ToUnicode'))).toString('latin1'))
    fonts.set(id, made)
    return made
  }

  function linesOf(content: string, resources: string): string[] {
    const lines: string[] = []
    for (const [part, form] of content.matchAll(/BT[^]*?ET|\/(\w+) Do/g)) {
      if (form !== undefined) {
        lines.push(...formLines(referenceIn(resources, form)))
        continue
      }
      lines.push([...part.matchAll(/\/(\w+) [\d.]+ Tf \[(.*?)\] TJ/g)].map(([, font = '', codes = '']) => {
        const letters = lettersOf(referenceIn(resources, font))
        return [...codes.matchAll(/<([0-9a-f]*)>/g)].map(([, run = '']) => (run.match(/.{4}/g) ?? []).map((code) => letters.get(code) ?? '\ufffd').join('')).join('')
      }).join(''))
    }
    return lines
  }

  /** A form is one for all the pages that place it. */
  function formLines(id: number): readonly string[] {
    const known = forms.get(id)
    if (known !== undefined) return known
    const form = objectOf(id)
    const made = linesOf(contentOf(form).toString('latin1'), form.dictionary)
    forms.set(id, made)
    return made
  }

  const catalog = objectOf(referenceIn(/trailer([^]*?)startxref/.exec(file.subarray(-2048).toString('latin1'))?.[1] ?? '', 'Root'))
  const kids = /\/Kids \[([^\]]*)\]/.exec(objectOf(referenceIn(catalog.dictionary, 'Pages')).dictionary)?.[1] ?? ''
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => Number(id))
  return {
    count: pages.length,
    lines: (page, isHead = false) => {
      const id = pages[page - 1]
      if (id === undefined) return []
      const { dictionary } = objectOf(id)
      const content = objectOf(referenceIn(dictionary, 'Contents'))
      const text = isHead ? headOf(content) : contentOf(content).toString('latin1')
      return linesOf(text, objectOf(referenceIn(dictionary, 'Resources')).dictionary)
    },
  }
}

function contentOf({ dictionary, stream }: PdfObject): Buffer {
  if (stream === undefined) throw new Error('no content')
  return dictionary.includes('/FlateDecode') ? inflateSync(stream) : stream
}

/** The beginning, up to the end of the first marked part that stands for nothing but the page itself. */
function headOf(content: PdfObject): string {
  const { dictionary, stream } = content
  if (stream === undefined || !dictionary.includes('/FlateDecode')) return contentOf(content).toString('latin1')
  const begun = inflateSync(stream.subarray(0, HEAD_BYTES), { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1')
  const end = begun.indexOf('EMC')
  return end < 0 ? contentOf(content).toString('latin1') : begun.slice(0, end)
}

const patterns = new Map<string, RegExp>()

function referenceIn(dictionary: string, key: string): number {
  const pattern = patterns.get(key) ?? new RegExp(`/${key} (\\d+) 0 R`)
  if (patterns.size < 1000) patterns.set(key, pattern)
  const found = pattern.exec(dictionary)?.[1]
  if (found === undefined) throw new Error(`${key} is missing`)
  return Number(found)
}

/** From the font's own table: code in four hex digits → letters. */
function letterMap(table: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const [, first = '0', list = ''] of table.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g)) {
    ;[...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, units = ''], index) => {
      const code = (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0')
      map.set(code, String.fromCharCode(...units.split(' ').filter((unit) => unit !== '').map((unit) => Number.parseInt(unit, 16))))
    })
  }
  return map
}
