import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Mapping } from '../../../shared/model/source.ts'
import { SourceError } from '../connector.ts'
import { openTable } from '../table/open-table.ts'
import { protectedHeaders } from '../table/protected-columns.ts'
import { asSourceError, isGzipFile } from '../text/file-bytes.ts'
import { blankedCopy } from './blanked-copy.ts'

const INCOMING = '.incoming-'
// Half the time of the usual level 6 for a tenth more bytes, measured on a grant list.
const GZIP_LEVEL = 4

export interface KeptFile {
  readonly name: string
  /** Size and SHA-256 of the file as it was found, before compression. */
  readonly bytes: number
  readonly sha256: string
  /** File name inside the folder, after the hash. `gunzip` gives the original back, unless columns were blanked. */
  readonly storedAs: string
  readonly storedBytes: number
  /** Protected columns whose cells are empty in the kept copy, because such values are never stored. */
  readonly blankedColumns: readonly string[]
  /** Where columns were blanked: SHA-256 and size of the kept copy, unpacked. */
  readonly kept?: { readonly sha256: string; readonly bytes: number }
}

export interface KeepInput {
  readonly path: string
  /** The workspace's folder of raw files; made if it is missing. */
  readonly folder: string
  readonly mapping: Mapping
  readonly signal?: AbortSignal
  /** Where the workspace is encrypted: what the bytes go through on their way to the disk, and where a kept file then lies. */
  readonly sealed?: { readonly seal: (plain: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>; readonly placeFor: (storedAs: string) => string }
}

/**
 * Keeps a source file compressed, as the audit's starting point, named after its own hash. Written beside, synced, then renamed: it is
 * there whole or not at all. Throws `SourceError` when the file cannot be read or changes meanwhile.
 */
export async function keepRawFile({ path, folder, mapping, signal, sealed }: KeepInput): Promise<KeptFile> {
  const { delimiter, hasHeader, columns } = mapping
  const table = await openTable(path, { delimiter, hasHeader, mappedHeaders: Object.values(columns) }, signal)
  const blankedColumns = hasHeader ? protectedHeaders(table.header) : []
  const isGzip = await isGzipFile(path)
  await mkdir(folder, { recursive: true })
  const incoming = join(folder, `${INCOMING}${randomUUID()}`)
  try {
    const before = blankedColumns.length === 0 ? null : await fileDigest(path, signal)
    const digest = createDigest()
    const source = before === null ? digest.watch(createReadStream(path), path, signal) : digest.watch(blankedCopy(table, signal), path, signal)
    const target = createWriteStream(incoming, { flags: 'wx', mode: 0o600, flush: true })
    const through = sealed?.seal ?? asItIs
    // A file that is compressed already is kept as it is; reading it goes through gunzip either way.
    await (isGzip && before === null ? pipeline(source, through, target) : pipeline(source, createGzip({ level: GZIP_LEVEL }), through, target))
    const { sha256, bytes } = before ?? digest.result()
    if (before !== null && (await fileDigest(path, signal)).sha256 !== sha256) throw changed(path)
    const storedAs = before === null ? `${sha256}.gz` : `${sha256}.blanked.csv.gz`
    const place = sealed?.placeFor(storedAs) ?? join(folder, storedAs)
    await rename(incoming, place)
    await syncFolder(folder)
    const { size } = await stat(place)
    return { name: basename(path), bytes, sha256, storedAs, storedBytes: size, blankedColumns, ...(before === null ? {} : { kept: digest.result() }) }
  } catch (error) {
    await rm(incoming, { force: true })
    throw error
  }
}

async function* asItIs(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  yield* bytes
}

/** SHA-256 and size of a file as it is now; compare with what was kept to notice that a file changed after it was read. */
export async function fileDigest(path: string, signal?: AbortSignal): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const digest = createDigest()
  for await (const _ of digest.watch(createReadStream(path), path, signal));
  return digest.result()
}

/** Clears what a killed run left half-written. Call when no other process writes to the folder. */
export async function sweepIncoming(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) if (name.startsWith(INCOMING)) await rm(join(folder, name), { force: true })
}

function createDigest() {
  const hash = createHash('sha256')
  let bytes = 0
  async function* watch(stream: AsyncIterable<string | Buffer>, path: string, signal?: AbortSignal): AsyncGenerator<Buffer, void, void> {
    try {
      for await (const chunk of stream) {
        signal?.throwIfAborted()
        const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
        hash.update(buffer)
        bytes += buffer.length
        yield buffer
      }
    } catch (error) {
      signal?.throwIfAborted()
      throw asSourceError(error, path)
    }
  }
  return { watch, result: () => ({ sha256: hash.digest('hex'), bytes }) }
}

// Not every platform lets a folder be opened for syncing; the file itself is synced anyway.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

function changed(path: string): SourceError {
  const reason = `The file “${basename(path)}” changed while it was being kept. Wait until it is written, then read it again.`
  return new SourceError('not-readable', reason)
}
