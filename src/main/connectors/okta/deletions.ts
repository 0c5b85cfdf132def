import { LiveSourceError } from '../live-connector.ts'
import { oktaEvent, readAll } from './answers.ts'
import type { OktaPage, Org } from './org.ts'
import { walk } from './walk.ts'

/** Whether the System Log may be read: one request for one event. Other faults are thrown. */
export async function canReadLog(org: Org): Promise<boolean> {
  try {
    await org.page('okta.logs.read', (client) => client.systemLogApi.listLogEvents({ limit: 1 }), null)
    return true
  } catch (error) {
    if (error instanceof LiveSourceError && error.code === 'permission-missing') return false
    throw error
  }
}

/** Okta tells its clock in whole seconds. */
const CLOCK_MS = 2_000

/** Pages of what was done successfully since a moment, with the ids of the things of one type it was done to. */
export async function* walkTargets(
  org: Org, since: string, eventTypes: readonly string[], targetType: string, at: string | null = null,
): AsyncGenerator<{ readonly page: OktaPage; readonly ids: readonly string[] }, void, void> {
  // An `until` makes the listing finite: without one Okta's log always offers a next page.
  const until = new Date(Date.parse(org.openedAt()) + CLOCK_MS).toISOString()
  const filter = eventTypes.map((type) => `eventType eq "${type}"`).join(' or ')
  const pages = walk(org, 'okta.logs.read', (client) => client.systemLogApi.listLogEvents({ since, until, filter, limit: 1000, sortOrder: 'ASCENDING' }), at)
  for await (const page of pages) {
    const ids = new Set<string>()
    for (const event of readAll(page.items, oktaEvent, 'an event').taken) {
      if (event.outcome?.result === 'FAILURE') continue
      for (const target of event.target ?? []) if (target.type === targetType && target.id != null) ids.add(target.id)
    }
    yield { page, ids: [...ids] }
  }
}

export async function targetsSince(org: Org, since: string, eventTypes: readonly string[], targetType: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for await (const { ids } of walkTargets(org, since, eventTypes, targetType)) for (const id of ids) found.add(id)
  return found
}
