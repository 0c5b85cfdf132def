import type { z } from 'zod'
import type { EventBodyOf } from '../../shared/model/evidence.ts'
import type { rootWay } from '../../shared/model/key-events.ts'
import type { Queries } from '../storage/database.ts'
import { eventsOfKinds } from '../storage/evidence-log.ts'
import type { Context } from './context.ts'

export interface AuthorityNow {
  /** `elsewhere`: the organisation's own authority certifies people; nothing here can. */
  readonly way: z.infer<typeof rootWay>
  /** Of the root, as the log tells; null where there is none yet. */
  readonly rootFingerprint: string | null
}

/** Who certifies people, as the log tells: what lies in the keys folder may be half of a change that was cut off. */
export async function authorityNow(queries: Queries): Promise<AuthorityNow> {
  const events = await eventsOfKinds(queries, ['workspace-created', 'root-adopted'])
  const last = events.at(-1)
  if (last?.kind === 'root-adopted') return { way: last.body.way, rootFingerprint: last.body.rootFingerprint }
  if (last?.kind === 'workspace-created') return { way: last.body.way ?? 'made', rootFingerprint: last.body.rootFingerprint }
  return { way: 'made', rootFingerprint: null }
}

type RetiredList = NonNullable<EventBodyOf<'root-adopted'>['revocationList']>

/** What a root that was just retired had revoked, for the event that tells of its successor; null where that is nothing. */
export async function retiredListOf({ signing, paths }: Pick<Context, 'signing' | 'paths'>, retired: string | null): Promise<RetiredList | null> {
  const list = (await signing.formerRevocationLists(paths.keys)).find(({ root }) => root === retired)
  return list === undefined ? null : { entries: list.entries, sha256: list.sha256 }
}
