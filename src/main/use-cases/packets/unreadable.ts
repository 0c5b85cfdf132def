import type { PacketFault, ReplacedRoots } from '../../../shared/model/packet-door.ts'
import type { ReadFault } from '../../exchange/read-file.ts'
import { Refusal } from '../context.ts'

/** A packet or response that is refused, with what kind of reason it is for whoever shows it. */
export class PacketRefusal extends Refusal {
  readonly why: PacketFault
  /** Fingerprints in hex, where the pinned root was replaced. */
  readonly roots: ReplacedRoots | undefined
  constructor(code: Refusal['code'], why: PacketFault, message: string, roots?: ReplacedRoots) {
    super(code, message)
    this.why = why
    this.roots = roots
  }
}

/** A file that could not be read, as a sentence. `kept`: what became of it all; `isByKey`: it was opened with a key, not with a passphrase. */
export function whyUnreadable(
  what: 'packet' | 'response', read: { readonly fault: ReadFault; readonly detail: string }, kept: string, isByKey: boolean,
): PacketRefusal {
  const sentence = `The ${what} cannot be read: ${read.detail}. ${kept}`
  switch (read.fault) {
    case 'not-opened':
      return isByKey ? new PacketRefusal('not-allowed', 'not-for-you', sentence) : new PacketRefusal('wrong-passphrase', 'wrong-passphrase', sentence)
    case 'newer-version':
      return new PacketRefusal('invalid', 'other', sentence)
    default:
      return new PacketRefusal('invalid', 'damaged', sentence)
  }
}
