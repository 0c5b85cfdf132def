// In a bundle, events that belong to other campaigns are shown as stubs: enough to recompute chain and tree, nothing to read.
import { canonicalJson } from './canonical-json.ts'
import { toHex } from './bytes.ts'
import type { Hash } from './bytes.ts'
import { lineHashes } from './event-chain.ts'

/** `hash` is the chain hash of the hidden line, `leaf` its RFC 6962 leaf hash; both hex. */
export type EventStub = { readonly stub: 1; readonly seq: number; readonly hash: string; readonly leaf: string }

/** The stub line that stands for `line`, the event number `seq`. */
export function stubLine(seq: number, line: string, hash: Hash): string {
  const { event, leaf } = lineHashes(line, hash)
  const stub: EventStub = { stub: 1, seq, hash: event, leaf: toHex(leaf) }
  return canonicalJson(stub)
}
