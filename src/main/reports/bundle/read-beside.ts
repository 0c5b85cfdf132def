// Reads what needs nothing of the events: the hash of every file, what the PDF's signature covers, and what its pages print. Judged elsewhere.
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { readSignedPdf, type SignedPdf } from '../signing/signed-pdf.ts'
import { hashFile } from './file-sink.ts'
import { readPrint, type Print } from './read-print.ts'

/** `paths`: files to hash. `foot`: what every page has to say at its foot; undefined: the print is of no form known here, and is not read. */
export type BesideTask = { readonly folder: string; readonly report: string; readonly paths: readonly string[]; readonly foot: string | undefined }

/** `hashes`: SHA-256 (hex) by path; what is no ordinary file, or cannot be read, has none. `pdf`, `print` undefined: it cannot be read. */
export type Beside = { readonly hashes: ReadonlyMap<string, string>; readonly pdf: SignedPdf | undefined; readonly print: Print | undefined }

export async function readBeside({ folder, report, paths, foot }: BesideTask): Promise<Beside> {
  const hashes = new Map<string, string>()
  for (const path of new Set(paths)) {
    const isFile = await lstat(join(folder, path)).then((entry) => entry.isFile(), () => false)
    const hash = isFile ? await hashFile(join(folder, path)).catch(() => undefined) : undefined
    if (hash !== undefined) hashes.set(path, hash.sha256)
  }
  const pdf = await readSignedPdf(join(folder, report)).catch(() => undefined)
  return { hashes, pdf, print: foot === undefined ? undefined : await readPrint(join(folder, report), foot) }
}
