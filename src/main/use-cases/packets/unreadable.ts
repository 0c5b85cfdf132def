import type { ReadFault } from '../../exchange/read-file.ts'
import { Refusal } from '../context.ts'

/** A file that could not be read, as a sentence. `kept`: what became of it all. */
export function whyUnreadable(what: 'packet' | 'response', read: { readonly fault: ReadFault; readonly detail: string }, kept: string): Refusal {
  const code = read.fault === 'not-opened' ? 'wrong-passphrase' : 'invalid'
  return new Refusal(code, `The ${what} cannot be read: ${read.detail}. ${kept}`)
}
