import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** A file read here and there. `part`: bytes from `start`, fewer where the file ends; they are overwritten by the next call. */
export type FileParts = {
  readonly size: number
  readonly part: (start: number, length: number) => Buffer
}

const BLOCK_BYTES = 256 * 1024
/** What belongs together lies together, and not always in order: the block begins this much before what was asked for. */
const BEFORE_BYTES = 32 * 1024

/** Opens the file for as long as `use` runs. */
export function withFileParts<T>(path: string, use: (open: () => FileParts) => T): T {
  const file = openSync(path, 'r')
  try {
    return use(() => partsOf(file))
  } finally {
    closeSync(file)
  }
}

function partsOf(file: number): FileParts {
  const { size } = fstatSync(file)
  let block = Buffer.allocUnsafe(BLOCK_BYTES)
  let from = 0
  let filled = 0
  return {
    size,
    part: (start, length) => {
      const end = Math.min(start + length, size)
      if (start < from || end > from + filled) {
        from = Math.max(0, start - BEFORE_BYTES)
        if (end - from > block.length) block = Buffer.allocUnsafe(end - from)
        filled = readSync(file, block, 0, block.length, from)
      }
      return block.subarray(start - from, end - from)
    },
  }
}
