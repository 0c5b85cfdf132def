import type { ListFault } from '../reports/signing/revocation.ts'
import { inTransaction } from '../storage/database.ts'
import { authorityNow } from './authority-now.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

const faults: Readonly<Record<ListFault, string>> = {
  'not-a-list': 'The file is no revocation list, or holds more than one.',
  'other-authority': 'The list is not signed by the organisation\'s root or one of the authorities under it that are known here.',
  older: 'The list is older than the one that is here: certificates revoked since would stand again.',
}

/** `content`: base64 of the list the organisation's own authority published, PEM or DER. Whoever is on it cannot sign here any more. */
export async function importRevocationList(context: Context, actor: Actor, input: { readonly content: string }): Promise<{ entries: number; sha256: string }> {
  mustBeOfficer(actor)
  if ((await authorityNow(context.store.db)).way !== 'elsewhere') {
    throw new Refusal('conflict', 'This workspace certifies people itself and keeps the revocation list itself. Nothing was changed.')
  }
  const taken = await context.authority.importRevocationList(context.paths.keys, Buffer.from(input.content, 'base64'))
  if (!taken.ok) throw new Refusal('invalid', `${faults[taken.reason]} Nothing was changed.`)
  const state = await context.signing.revocationListState(context.paths.keys)
  if (state === null) throw new Error('the list just written is not there')
  await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, { kind: 'revocation-list-changed', body: { ...state, isImported: true } }))
  return state
}
