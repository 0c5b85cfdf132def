// Reads back what a report of ours prints: one revision, a plain cross-reference table, embedded fonts that say which letter each code is.
// Not a general PDF reader: what is laid out otherwise cannot be read, and that is said.
import { constants, inflateSync } from 'node:zlib'
import { withFileParts, type FileParts } from './file-parts.ts'

export type PrintedPages = {
  readonly count: number
  /** Lines in the order they were drawn, one per text object. `isHead`: only as far as the page's running head and foot, which are drawn first. */
  readonly lines: (page: number, isHead?: boolean) => readonly string[]
}

/** `stream` lies in memory the next object is read into. */
type PdfObject = { readonly dictionary: string; readonly stream: Buffer | undefined }

const ENTRY_BYTES = 20
/** Packed bytes that mostly hold a page's head and foot; where they do not, the whole page is unpacked. */
const HEAD_BYTES = 1024
/** Unpacked, they fit into one piece of this size: a new one is needed for every page. */
const HEAD_UNPACKED_BYTES = 6 * 1024
const MOST_RUNS = 1000

/** `use` gets the pages, which can be read only while it runs; undefined where the file is not of the form reports have. */
export function readPrintedPages<T>(path: string, use: (pages: PrintedPages) => T): T | undefined {
  try {
    return withFileParts(path, (parts) => use(pagesOf(parts(), parts())))
  } catch {
    return undefined
  }
}

/** `table`: the same file, for looking up where objects are: that lies at its end. */
function pagesOf(file: FileParts, table: FileParts): PrintedPages {
  const text = (start: number, length: number): string => file.part(Math.max(0, start), length).toString('latin1')
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text(file.size - 64, 64))?.[1])
  const header = /^xref\n0 (\d+)\n/.exec(text(start, 40))
  if (header === null) throw new Error('no table of objects')
  const entries = start + header[0].length
  const fonts = new Map<number, ReadonlyMap<string, string>>()
  const forms = new Map<number, readonly string[]>()
  const runs = new Map<string, string>()

  function objectOf(id: number): PdfObject {
    const at = Number(/^(\d{10}) 00000 n/.exec(table.part(entries + id * ENTRY_BYTES, ENTRY_BYTES).toString('latin1'))?.[1])
    for (let length = 1024; ; length *= 8) {
      const body = file.part(at, length)
      const [streamAt, end] = [body.indexOf('\nstream\n'), body.indexOf('endobj')]
      if (streamAt < 0 && end < 0 && at + length < file.size) continue
      const isStream = streamAt >= 0 && (end < 0 || streamAt < end)
      if (!isStream && end < 0) throw new Error(`object ${id} does not end`)
      const dictionary = body.toString('latin1', 0, isStream ? streamAt : end)
      if (!dictionary.startsWith(`${id} 0 obj`)) throw new Error(`object ${id} is missing`)
      return { dictionary, stream: isStream ? file.part(at + streamAt + 8, Number(/\/Length (\d+)/.exec(dictionary)?.[1])) : undefined }
    }
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
      let line = ''
      for (const [, font = '', codes = ''] of part.matchAll(/\/(\w+) [\d.]+ Tf \[(.*?)\] TJ/g)) line += runOf(referenceIn(resources, font), codes)
      lines.push(line)
    }
    return lines
  }

  /** What stands on every page is spelled out once. */
  function runOf(font: number, codes: string): string {
    const key = `${font} ${codes}`
    const known = runs.get(key)
    if (known !== undefined) return known
    const letters = lettersOf(font)
    let run = ''
    for (const [, glyphs = ''] of codes.matchAll(/<([0-9a-f]*)>/g)) {
      for (let at = 0; at + 4 <= glyphs.length; at += 4) run += letters.get(glyphs.slice(at, at + 4)) ?? '\ufffd'
    }
    if (runs.size < MOST_RUNS) runs.set(key, run)
    return run
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

  const catalog = objectOf(referenceIn(/trailer([^]*?)startxref/.exec(text(file.size - 2048, 2048))?.[1] ?? '', 'Root'))
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
  const begun = inflateSync(stream.subarray(0, HEAD_BYTES), { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: HEAD_UNPACKED_BYTES }).toString('latin1')
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
