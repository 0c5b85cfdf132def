// A bundle as one file, and back into a folder for a verifier. Streams both ways.
import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw, createInflateRaw } from 'node:zlib'
import { bundlePath } from './bundle-format.ts'
import { openSink } from './file-sink.ts'
import { DEFLATED, END, LARGEST, LOCAL, centralEntries, centralHeader, descriptor, endRecord, localHeader } from './zip-format.ts'
import type { ZipEntry } from './zip-format.ts'

/**
 * Writes `folder` as `<folder>.zip` beside it and returns the path. The same folder gives the same bytes. Written under another name first; throws
 * what the disk throws, and where the bundle is larger than a plain ZIP can hold.
 */
export async function zipBundle(folder: string, signal?: AbortSignal): Promise<string> {
  const path = `${folder}.zip`
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.draft`)
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort()
  const sink = await openSink(draft)
  try {
    const entries: ZipEntry[] = []
    let offset = 0
    const put = async (bytes: Buffer): Promise<void> => {
      await sink.write(bytes)
      offset += bytes.length
    }
    for (const file of files) {
      signal?.throwIfAborted()
      const name = `${basename(folder)}/${file}`
      const start = offset
      await put(localHeader(name))
      let [crc, bytes] = [0, 0]
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          crc = crc32(chunk, crc)
          bytes += chunk.length
          done(null, chunk)
        },
      })
      const before = offset
      await pipeline(createReadStream(join(folder, file)), counted, createDeflateRaw({ level: 6 }), async (packed) => {
        for await (const chunk of packed) await put(chunk as Buffer)
      })
      const entry = { name, method: DEFLATED, crc, packed: offset - before, bytes, offset: start }
      await put(descriptor(entry))
      if (offset > LARGEST || bytes > LARGEST) throw new Error('the bundle is larger than 4 GiB, which a plain ZIP cannot hold; hand over the folder')
      entries.push(entry)
    }
    const directory = Buffer.concat(entries.map(centralHeader))
    const at = offset
    await put(directory)
    await put(endRecord(entries.length, directory.length, at))
    await sink.close()
    await rename(draft, path)
    return path
  } catch (error) {
    await sink.abandon().catch(() => undefined)
    await rm(draft, { force: true })
    throw error
  }
}

/** Unpacked, no bundle comes near this; a small file must not fill the disk. */
const MOST_BYTES = 8 * 1024 ** 3

export type Unzipped = { ok: true } | { ok: false; detail: string }

/** Unpacks a zipped bundle into an empty folder; its one top folder is left away. Nothing is written outside, nothing beyond what was announced. */
export async function unzipBundle(path: string, into: string): Promise<Unzipped> {
  const file = await open(path, 'r')
  try {
    const { size } = await stat(path)
    const tail = Buffer.alloc(Math.min(size, 22))
    await file.read(tail, 0, tail.length, size - tail.length)
    if (tail.length < 22 || tail.readUInt32LE(0) !== END) return { ok: false, detail: `${basename(path)} is neither a folder nor a zipped bundle` }
    const [count, length, offset] = [tail.readUInt16LE(10), tail.readUInt32LE(12), tail.readUInt32LE(16)]
    if (offset + length + 22 !== size) return { ok: false, detail: `${basename(path)} is damaged: its directory is not where it says` }
    const directory = Buffer.alloc(length)
    await file.read(directory, 0, length, offset)
    const entries = centralEntries(directory, count)
    const [top = ''] = entries?.[0]?.name.split('/') ?? []
    const names = new Set(entries?.map(({ name }) => name))
    const isOurs = entries !== undefined && bundlePath.safeParse(top).success && names.size === entries.length
      && entries.every(({ name }) => name.startsWith(`${top}/`) && bundlePath.safeParse(name.slice(top.length + 1)).success)
      && entries.reduce((sum, { bytes }) => sum + bytes, 0) <= MOST_BYTES
    if (!isOurs) return { ok: false, detail: `${basename(path)} is not a zipped bundle: one folder of plain files is expected` }
    for (const entry of entries) {
      const header = Buffer.alloc(30)
      await file.read(header, 0, 30, entry.offset)
      const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
      const isThere = header.readUInt32LE(0) === LOCAL && start + entry.packed <= offset
      if (!isThere || !(await unpack(path, entry, start, join(into, entry.name.slice(top.length + 1))))) {
        return { ok: false, detail: `${basename(path)} is damaged at ${entry.name}` }
      }
    }
    return { ok: true }
  } finally {
    await file.close()
  }
}

async function unpack(path: string, entry: ZipEntry, start: number, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true })
  let [crc, bytes] = [0, 0]
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc = crc32(chunk, crc)
      bytes += chunk.length
      done(bytes > entry.bytes ? new Error('longer than it says') : null, chunk)
    },
  })
  const target = createWriteStream(to, { flags: 'wx' })
  try {
    // An empty file has two bytes when deflated and none when stored; a range of no bytes cannot be asked for.
    if (entry.packed === 0) await pipeline([Buffer.alloc(0)], target)
    else {
      const source = createReadStream(path, { start, end: start + entry.packed - 1 })
      if (entry.method === DEFLATED) await pipeline(source, createInflateRaw(), measured, target)
      else await pipeline(source, measured, target)
    }
  } catch {
    return false
  }
  return bytes === entry.bytes && crc === entry.crc
}
