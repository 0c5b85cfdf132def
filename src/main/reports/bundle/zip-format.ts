// The few parts of the ZIP format (APPNOTE 6.3) a bundle needs: one folder of plain files, stored or deflated, below 4 GiB.

export const LOCAL = 0x04034b50
export const DESCRIPTOR = 0x08074b50
export const CENTRAL = 0x02014b50
export const END = 0x06054b50
export const STORED = 0
export const DEFLATED = 8
/** Sizes follow the content; names are UTF-8. */
const FLAGS = 0x0808
/** 1980-01-01: a bundle has its times inside, and the same folder is to give the same file. */
const DOS_DATE = 0x21
export const LARGEST = 0xffffffff

export type ZipEntry = { readonly name: string; readonly method: number; readonly crc: number; readonly packed: number; readonly bytes: number; readonly offset: number }

export function localHeader(name: string): Buffer {
  const bytes = Buffer.from(name)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(LOCAL, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(DOS_DATE, 12)
  header.writeUInt16LE(bytes.length, 26)
  return Buffer.concat([header, bytes])
}

export function descriptor({ crc, packed, bytes }: Pick<ZipEntry, 'crc' | 'packed' | 'bytes'>): Buffer {
  const out = Buffer.alloc(16)
  out.writeUInt32LE(DESCRIPTOR, 0)
  out.writeUInt32LE(crc, 4)
  out.writeUInt32LE(packed, 8)
  out.writeUInt32LE(bytes, 12)
  return out
}

export function centralHeader({ name, method, crc, packed, bytes, offset }: ZipEntry): Buffer {
  const words = Buffer.from(name)
  const header = Buffer.alloc(46)
  header.writeUInt32LE(CENTRAL, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 6)
  header.writeUInt16LE(FLAGS, 8)
  header.writeUInt16LE(method, 10)
  header.writeUInt16LE(DOS_DATE, 14)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(packed, 20)
  header.writeUInt32LE(bytes, 24)
  header.writeUInt16LE(words.length, 28)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, words])
}

export function endRecord(entries: number, size: number, offset: number): Buffer {
  const out = Buffer.alloc(22)
  out.writeUInt32LE(END, 0)
  out.writeUInt16LE(entries, 8)
  out.writeUInt16LE(entries, 10)
  out.writeUInt32LE(size, 12)
  out.writeUInt32LE(offset, 16)
  return out
}

/** Entries of a central directory, or undefined where it is none of ours: cut off, encrypted, of another method, too long. */
export function centralEntries(directory: Buffer, count: number): ZipEntry[] | undefined {
  const entries: ZipEntry[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) return undefined
    const method = directory.readUInt16LE(at + 10)
    const isEncrypted = (directory.readUInt16LE(at + 8) & 1) === 1
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place)) as [number, number, number]
    if (isEncrypted || (method !== STORED && method !== DEFLATED) || at + 46 + nameLength > directory.length) return undefined
    entries.push({
      name: directory.subarray(at + 46, at + 46 + nameLength).toString('utf8'), method, crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20), bytes: directory.readUInt32LE(at + 24), offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + extra + comment
  }
  return entries
}
