// The head of a log as three lines of text: origin, size, root in base64. Source: C2SP tlog-checkpoint, without extension lines.
import { equalBytes, fromBase64, toBase64 } from './bytes.ts'
import type { Hash } from './bytes.ts'
import { isConsistent } from './merkle-tree.ts'

/** `origin` names the log; `root` is the RFC 6962 root (32 bytes) over its first `size` lines. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array }

export function formatCheckpoint(checkpoint: Checkpoint): string {
  if (!isOrigin(checkpoint.origin)) throw new Error('A checkpoint needs an origin of one line without a plus sign')
  if (!Number.isSafeInteger(checkpoint.size) || checkpoint.size < 0) throw new Error('A checkpoint needs a whole size')
  if (checkpoint.root.length !== 32) throw new Error('A checkpoint needs a root of 32 bytes')
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`
}

/** Reads exactly what formatCheckpoint writes; anything else (more lines, leading zeros, other base64) is undefined. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, sizeText, rootText, end, ...more] = text.split('\n')
  if (origin === undefined || sizeText === undefined || rootText === undefined || end !== '' || more.length > 0) return undefined
  const root = fromBase64(rootText)
  const size = Number(sizeText)
  if (!isOrigin(origin) || !/^(0|[1-9][0-9]*)$/.test(sizeText) || !Number.isSafeInteger(size) || root?.length !== 32) return undefined
  return { origin, size, root }
}

// The plus sign is reserved by the format for key names; line breaks would shift the other two lines.
function isOrigin(origin: string): boolean {
  return origin.length > 0 && !/[\n\r+]/.test(origin) && origin.trim() === origin
}

export type Extension = 'extends' | 'other-log' | 'shorter' | 'rewritten'

/**
 * Does the log with head `newer` continue the one seen as `older`? `proof` is an RFC 6962 consistency proof between the two sizes.
 * `shorter`: lines were cut off since; `rewritten`: the same length or longer, but earlier lines are not the ones that were seen.
 */
export function checkpointExtends(older: Checkpoint, newer: Checkpoint, proof: readonly Uint8Array[], hash: Hash): Extension {
  if (older.origin !== newer.origin) return 'other-log'
  if (older.size > newer.size) return 'shorter'
  return isConsistent(older, newer, proof, hash) ? 'extends' : 'rewritten'
}

/** The same question for whoever holds all the lines: `rootAtOlderSize` is the root over the first `older.size` of them. */
export function checkpointIsPrefix(older: Checkpoint, log: { origin: string; size: number; rootAtOlderSize: Uint8Array }): Extension {
  if (older.origin !== log.origin) return 'other-log'
  if (older.size > log.size) return 'shorter'
  return equalBytes(older.root, log.rootAtOlderSize) ? 'extends' : 'rewritten'
}
