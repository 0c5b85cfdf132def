import { SourceError } from '../connector.ts'
import type { FileChunk } from '../text/file-bytes.ts'
import { MAX_OBJECT_BYTES, objectOf, readJsonTexts, type JsonForm, type JsonText } from '../text/json-texts.ts'
import type { Row, RowBlock } from '../text/row.ts'
import type { Table, TableEnd } from './table.ts'

const MOST_COLUMNS = 500
const DEEPEST = 8
/** Of a list of things without a type of their own only the first few can be mapped. */
const FIRST_OF_LIST = 3

/**
 * JSON objects as a table: its columns are the paths to their values, `actor.alternateId`. Of a list whose members say their `type`, a path
 * names the type, `target.AppInstance.alternateId`; of another one the place, `items.0.name`. The columns are those of the file's beginning.
 */
export async function openJsonTable(
  name: string, form: JsonForm, sample: Buffer, encoding: Table['encoding'], text: (signal?: AbortSignal) => AsyncIterable<FileChunk>,
): Promise<Table> {
  const first: JsonText[] = []
  for await (const { texts } of readJsonTexts(once(sample), form)) first.push(...texts)
  const header = headerOf(first)
  if (header.length === 0) throw new SourceError('empty', `The file “${name}” has no rows.`)
  return {
    name, header, encoding,
    hasHeader: true,
    headerLine: 1,
    // How the table would be written; what it is written in has no delimiter.
    delimiter: ',',
    notes: [`The file is read as ${form === 'lines' ? 'JSON, one object a line' : 'a JSON list'}; columns are paths such as “${header.find((one) => one.includes('.')) ?? header[0] ?? ''}”.`],
    sample: first.map((one) => rowOf(one, header)).filter((row) => row.fault === null),
    rows: (signal) => rowsOf(text(signal), form, header, signal),
  }
}

async function* rowsOf(
  text: AsyncIterable<FileChunk>, form: JsonForm, header: readonly string[], signal?: AbortSignal,
): AsyncGenerator<RowBlock, TableEnd, void> {
  const blocks = readJsonTexts(text, form)
  for (;;) {
    const next = await blocks.next()
    if (next.done === true) {
      const { isWhole, line } = next.value
      const reason = form === 'lines'
        ? `The last line (${String(line)}) is half an object: the file was cut off, and rows may be missing.`
        : `The list is not closed behind line ${String(line)}: the file was cut off, and rows may be missing.`
      return { isCutOff: !isWhole, cutOffReason: isWhole ? null : reason }
    }
    signal?.throwIfAborted()
    yield { rows: next.value.texts.map((one) => rowOf(one, header)), progress: next.value.progress }
  }
}

function rowOf({ line, text }: JsonText, header: readonly string[]): Row {
  if (text === null) {
    const reason = `The object in line ${String(line)} is longer than ${String(MAX_OBJECT_BYTES / 1024)} KiB; one that long is a damaged one.`
    return { line, cells: [], fault: { code: 'too-long', reason } }
  }
  const object = objectOf(text)
  if (object === null) {
    // Its text is not repeated: without whole names nobody can tell which of its values are protected.
    return { line, cells: [], fault: { code: 'bad-value', reason: `Line ${String(line)} is not a whole JSON object.` } }
  }
  const values = flatten(object)
  return { line, cells: header.map((path) => values.get(path) ?? ''), fault: null }
}

function headerOf(texts: readonly JsonText[]): readonly string[] {
  const header = new Set<string>()
  for (const { text } of texts) {
    const object = text === null ? null : objectOf(text)
    if (object === null) continue
    for (const path of flatten(object).keys()) if (header.size < MOST_COLUMNS) header.add(path)
  }
  return [...header]
}

function flatten(object: Readonly<Record<string, unknown>>): Map<string, string> {
  const values = new Map<string, string>()
  const visit = (value: unknown, path: string, depth: number): void => {
    if (values.size >= MOST_COLUMNS || depth > DEEPEST) return
    if (value === null || value === undefined) values.set(path, '')
    else if (Array.isArray(value)) visitList(value, path, depth)
    else if (typeof value === 'object') for (const [name, inner] of Object.entries(value)) visit(inner, path === '' ? name : `${path}.${name}`, depth + 1)
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') values.set(path, String(value))
  }
  const visitList = (list: readonly unknown[], path: string, depth: number): void => {
    if (list.every((one) => typeof one !== 'object' || one === null)) {
      values.set(path, list.filter((one) => one !== null).map(String).join(', '))
      return
    }
    list.forEach((one, index) => {
      const type = typeof one === 'object' && one !== null && 'type' in one && typeof one.type === 'string' ? one.type : null
      if (type !== null && /^\w{1,40}$/.test(type)) {
        if (!values.has(`${path}.${type}.type`)) visit(one, `${path}.${type}`, depth + 1)
      } else if (index < FIRST_OF_LIST) visit(one, `${path}.${String(index)}`, depth + 1)
    })
  }
  visit(object, '', 0)
  values.delete('')
  return values
}

async function* once(bytes: Buffer): AsyncGenerator<FileChunk, void, void> {
  yield await Promise.resolve({ bytes, progress: 1 })
}
