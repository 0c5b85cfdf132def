import type { CollectionEnd, LivePage } from '../live-connector.ts'
import type { SignInRecord } from '../../core/inventory/records.ts'
import { momentOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query, readCursor } from './links.ts'
import { listing } from './listing.ts'
import { DIRECTORY, type EntraCollection } from './reading.ts'

/** How late Microsoft writes this property; what is newer than the reading before less this is said (again). */
const LATE_MS = 24 * 3_600_000

interface Place {
  /** Only sign-ins after this are new; null = all are. */
  readonly since: string | null
  readonly started: string
  readonly inner: string | null
}

/**
 * When each account last got in at all, with or without a person present, which the sign-in log of v1.0 does not tell; it is the only
 * word on use before the log's window. `lastSignInDateTime` counts failed attempts and is not used. Said under the directory's own
 * name, so that it never adds to an application's use.
 */
export function accountActivity(): EntraCollection {
  const from = (since: string | null): EntraCollection => listing({
    name: 'account-activity', title: 'Last successful sign-in of each account', isOptional: true, isDelta: false, countPath: null,
    steps: [{ path: `/users?${query({ $select: 'id,signInActivity', $top: '500' })}` }],
    take: (entities) => ({ changes: [], signIns: entities.flatMap((user) => lastIn(user, since)) }),
  })
  return {
    about: from(null).about,
    read: async function* (reading): AsyncGenerator<LivePage, CollectionEnd, void> {
      const place: Place = reading.cursor === null
        ? { since: null, started: reading.now(), inner: null }
        : readCursor(reading.cursor, (value) => placeOf(value, reading.now()))
      const pages = from(place.since).read({ ...reading, cursor: place.inner })
      for (;;) {
        const step = await pages.next()
        if (step.done === true) return { ...step.value, nextCursor: cursorOf({ since: late(place.started), started: '', inner: null }) }
        yield { ...step.value, cursor: cursorOf({ ...place, inner: step.value.cursor }) }
      }
    },
  }
}

function lastIn(user: JsonObject, since: string | null): readonly SignInRecord[] {
  const account = textOf(user['id'])
  const at = momentOf(objectOf(user['signInActivity'])?.['lastSuccessfulSignInDateTime'])
  return account === null || at === null || (since !== null && at <= since) ? [] : [{ account, application: DIRECTORY, at, isSuccess: true }]
}

function late(started: string): string {
  return new Date(Date.parse(started) - LATE_MS).toISOString()
}

function cursorOf(place: Place): string {
  return JSON.stringify(place)
}

function placeOf(value: JsonObject, now: string): Place | null {
  const { since, started, inner } = value
  if ((since !== null && typeof since !== 'string') || typeof started !== 'string' || (inner !== null && typeof inner !== 'string')) return null
  return { since, started: started === '' ? now : started, inner }
}
