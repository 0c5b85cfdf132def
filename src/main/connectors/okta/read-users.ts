import type { IdentityKind } from '../../../shared/model/identity.ts'
import type { CollectionEnd, DirectoryAccount, LivePage, MirrorChange, ReadCollection } from '../live-connector.ts'
import { blankJson } from '../raw-file/blanked-json.ts'
import { parseAccountKind, parseBoolean } from '../values/words.ts'
import { oktaUser, readAll, type OktaUser } from './answers.ts'
import { canReadLog, walkTargets } from './deletions.ts'
import { oktaConfigOf, type Org } from './org.ts'
import { createPersonReader } from './people.ts'
import { beginReading, stepAfter, stepOf } from './position.ts'
import { fullNameOf, textOf } from './profile.ts'
import { livePage, namedTwice, walk } from './walk.ts'

/** Sent as content type, Okta leaves out what is never read here and answers faster. */
const LEAN = 'application/json; okta-response=omitCredentials,omitCredentialsLinks'
/** Okta leaves deactivated users out unless a filter asks for them; leavers are what a review is about. */
const EVERYBODY = 'lastUpdated gt "1970-01-01T00:00:00.000Z"'

/**
 * Users of every status. Afterwards only those that changed, by `lastUpdated`, and those the System Log says were deleted; without the log,
 * everybody again each time.
 */
export async function* readUsers(input: ReadCollection, org: Org): AsyncGenerator<LivePage, CollectionEnd, void> {
  const reading = beginReading(input, input.cursor, input.cursor !== null && await canReadLog(org))
  const person = oktaConfigOf(input).isHr ? createPersonReader(org) : null
  const filter = reading.since === null ? EVERYBODY : `lastUpdated gt "${reading.since}"`
  const seen = new Set<string>()
  const step = stepOf(reading)
  const cursor = (at: string): string => reading.cursorAt(at, org.openedAt())
  if (step.of === 'listing') {
    const pages = walk(org, 'okta.users.read', (client) => client.userApi.listUsers({ contentType: LEAN, filter, limit: 200 }), step.next)
    for await (const page of pages) {
      const { taken, rejects } = readAll(page.items, oktaUser, 'a user')
      const changes: MirrorChange[] = taken.map((user) => ({ put: 'account', record: accountOf(user) }))
      if (person !== null) for (const user of taken) changes.push({ put: 'person', record: await person(user) })
      yield livePage(org, page.asked, cursor(stepAfter('listing', page.next)), {
        raw: blankJson(page.body, page.items).text,
        changes,
        rejects,
        records: page.items.length,
        gaps: namedTwice(taken.map((user) => user.id), seen, 'users'),
      })
    }
  }
  if (reading.since !== null && step.of !== 'end') {
    const deleted = walkTargets(org, reading.since, ['user.lifecycle.delete.completed'], 'User', step.of === 'deleted' ? step.next : null)
    for await (const { page, ids } of deleted) {
      const changes = ids.flatMap((id): MirrorChange[] =>
        person === null ? [{ drop: 'account', id }] : [{ drop: 'account', id }, { drop: 'person', id }])
      yield livePage(org, page.asked, cursor(stepAfter('deleted', page.next)), { changes })
    }
  }
  return { mode: reading.mode, nextCursor: reading.doneCursor(null, org.openedAt()), sourceCount: null, window: null }
}

/** Locked-out users and those with an expired or not yet chosen password get in again by themselves: they count as enabled. */
const DISABLED = new Set(['STAGED', 'SUSPENDED', 'DEPROVISIONED'])

export function accountOf(user: OktaUser): DirectoryAccount {
  const profile = user.profile
  const login = textOf(profile['login'])
  return {
    account: user.id,
    login,
    accountName: fullNameOf(profile) ?? login,
    email: textOf(profile['email']),
    employeeId: textOf(profile['employeeNumber']),
    accountKind: kindOf(user),
    isEnabled: !DISABLED.has(user.status),
  }
}

/** Okta says what an account is only in the profile: `userType`, or a yes-or-no attribute called service account. Names prove nothing. */
export function kindOf(user: OktaUser): IdentityKind | null {
  for (const name of ['serviceAccount', 'isServiceAccount', 'service_account', 'is_service_account']) {
    const value = user.profile[name]
    if (value === true || (typeof value === 'string' && parseBoolean(value) === 'true')) return 'service'
  }
  const userType = textOf(user.profile['userType'])
  return userType === null ? null : parseAccountKind(userType)
}
