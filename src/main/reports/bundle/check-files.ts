// Files against the manifest: present, unchanged, none added; and the raw extracts against the report.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES } from './bundle-format.ts'
import type { Manifest, ManifestRaw } from './bundle-format.ts'

/** `hashes`: of the files as they are, by path. */
export async function checkFiles(folder: string, manifest: Manifest, hashes: ReadonlyMap<string, string>, checks: CheckList): Promise<void> {
  const faults: string[] = []
  for (const { path, bytes, sha256 } of manifest.files) {
    const entry = await lstat(join(folder, path)).catch(() => undefined)
    if (entry === undefined) faults.push(`${path} is missing`)
    else if (!entry.isFile()) faults.push(`${path} is not an ordinary file`)
    else if (entry.size !== bytes) faults.push(`${path} has ${entry.size} bytes instead of ${bytes}`)
    else if (hashes.get(path) !== sha256) faults.push(`${path} was changed`)
  }
  const names = new Set(manifest.files.map(({ path }) => path))
  if (names.size !== manifest.files.length) faults.push('a file is listed twice')
  for (const needed of [NAMES.report, NAMES.evidence, NAMES.items, NAMES.events, NAMES.checkpoint, NAMES.checkpointSignature]) {
    if (!names.has(needed)) faults.push(`${needed} is not on the list`)
  }
  checks.judge('files', faults, `${manifest.files.length} files`)

  const others: string[] = []
  // A time stamp over the signed list can only come after it; whether it is one is asked by itself.
  const listed = new Set<string>([...names, NAMES.manifest, NAMES.manifestSignature, NAMES.manifestStamp])
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
    if (!entry.isDirectory() && !listed.has(path)) others.push(`${path} is not on the list`)
  }
  checks.judge('unlisted', others.sort(), 'nothing was added')
}

/** Every extract the report names must be there and, unpacked, have the hash the report gives; or be named as kept elsewhere. */
export async function checkRaw(folder: string, manifest: Manifest, head: ReportHead, checks: CheckList): Promise<void> {
  const faults: string[] = []
  let elsewhere = 0
  for (const extract of head.extracts) {
    const raw = manifest.raw.find(({ run, sha256 }) => run === extract.run && sha256 === (extract.keptSha256 ?? extract.sha256))
    if (raw === undefined) faults.push(`the extract of run ${extract.run} (${extract.source}) is neither here nor named as kept elsewhere`)
    else if (raw.path === null) elsewhere++
    else if (!(await isExtract(folder, raw, raw.path))) faults.push(`${raw.path} is not the extract the report names`)
  }
  if (faults.length === 0 && elsewhere > 0) {
    checks.skip('raw', `${elsewhere} of ${head.extracts.length} extracts are kept elsewhere: ask for them and compare their SHA-256`)
  } else {
    checks.judge('raw', faults, `${head.extracts.length} extracts`)
  }
}

async function isExtract(folder: string, raw: ManifestRaw, path: string): Promise<boolean> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* measured(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      bytes += chunk.length
      // A small packed file can unpack to an endless one.
      if (bytes > raw.bytes) throw new Error('longer than it says')
      yield chunk
    }
  }
  try {
    const source = createReadStream(join(folder, path))
    if (raw.packing === 'gzip') await pipeline(source, createGunzip(), measured, hash)
    else await pipeline(source, measured, hash)
  } catch {
    return false
  }
  return bytes === raw.bytes && hash.digest('hex') === raw.sha256
}
