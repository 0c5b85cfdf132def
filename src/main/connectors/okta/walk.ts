import type { Client, Collection } from '@okta/okta-sdk-nodejs'
import type { OktaScope } from '../../../shared/model/okta-permissions.ts'
import { LiveSourceError, type LivePage } from '../live-connector.ts'
import type { OktaPage, Org } from './org.ts'

/**
 * The pages of one listing, from its beginning or an earlier page's `next`. A next link that was followed before would go round for ever:
 * the page is asked once more, and if it still points back the reading stops. A `parent` that is gone by now gives one page that says so.
 */
export async function* walk<T>(
  org: Org, scope: OktaScope, open: (client: Client) => Promise<Collection<T>>, at: string | null,
): AsyncGenerator<OktaPage, void, void> {
  const followed = new Set<string>()
  for (let next = at; ;) {
    if (next !== null) followed.add(next)
    let page = await org.page(scope, open, next)
    if (page.next !== null && followed.has(page.next)) page = await org.page(scope, open, next)
    if (page.next !== null && followed.has(page.next)) {
      throw new LiveSourceError(
        'half-answer',
        `Okta's pages of ${page.asked} lead back to one that was read: the listing has no end and was not taken.`,
      )
    }
    yield page
    if (page.next === null) return
    next = page.next
  }
}

/** What one answer means for the mirror, put together with what it cost. */
export function livePage(
  org: Org, asked: string, cursor: string, parts: Partial<Pick<LivePage, 'raw' | 'changes' | 'signIns' | 'records' | 'rejects' | 'gaps' | 'progress'>>,
): LivePage {
  return {
    request: asked, cursor, raw: null, changes: [], signIns: [], records: 0, rejects: [], gaps: [], progress: null, ...org.takeCounts(), ...parts,
  }
}

/** Sentences about ids that came a second time in the same listing; `seen` lives as long as the listing is read. */
export function namedTwice(ids: readonly string[], seen: Set<string>, what: string): readonly string[] {
  let count = 0
  for (const id of ids) {
    if (seen.has(id)) count += 1
    seen.add(id)
  }
  return count === 0 ? [] : [`Okta named ${String(count)} ${what} twice in one listing; the later word holds.`]
}
