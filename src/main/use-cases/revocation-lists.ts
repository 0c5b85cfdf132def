// The lists of revoked certificates as they go into a bundle. The log tells of each, so that one that was exchanged for an older one is found.
import type { FormerRevocationList } from '../reports/signing/revocation.ts'
import type { Queries } from '../storage/database.ts'
import { eventsOfKinds } from '../storage/evidence-log.ts'
import { authorityNow } from './authority-now.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { recordEvent } from './record-event.ts'

export interface SealedLists {
  /** PEM; null while nothing was revoked under the root that is here. */
  readonly present: string | null
  /** Of the roots this one replaced. */
  readonly former: readonly FormerRevocationList[]
}

/**
 * Right before the checkpoint a bundle rests on: what lies in the keys folder has to be what the log tells. One the log does not know yet (Muster was
 * stopped between the file and its event) is told now; one that is older than the log's, or gone, is a refusal.
 */
export async function listsForSeal(context: Context, queries: Queries, actor: Actor): Promise<SealedLists> {
  const { signing, paths } = context
  const [present = null, state, former] = await Promise.all([
    signing.revocationListPem(paths.keys), signing.revocationListState(paths.keys), signing.formerRevocationLists(paths.keys),
  ])
  const events = await eventsOfKinds(queries, ['revocation-list-changed', 'root-adopted'])
  for (const event of events) {
    if (event.kind !== 'root-adopted' || event.body.revocationList == null) continue
    const { retired, revocationList: { sha256 } } = event.body
    if (former.find(({ root }) => root === retired)?.sha256 !== sha256) throw gone(`keys/retired/crl-${retired}.pem`)
  }
  const last = events.at(-1)
  const told = last?.kind === 'revocation-list-changed' ? last.body : null
  if (state === null) {
    if (told !== null) throw gone('keys/crl.pem')
    return { present, former }
  }
  if (state.sha256 === told?.sha256) return { present, former }
  const isPublished = (await authorityNow(queries)).way === 'elsewhere'
  if (told !== null && state.entries < told.entries && !isPublished) throw gone('keys/crl.pem')
  await recordEvent(context, queries, actor.email, { kind: 'revocation-list-changed', body: { ...state, isImported: isPublished } })
  return { present, former }
}

function gone(file: string): Refusal {
  return new Refusal('conflict', `${file} is not the list of revoked certificates the log tells of: it is missing, older or another. Put it back from a copy of the keys folder. Nothing was sealed.`)
}
