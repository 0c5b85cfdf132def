import type { SignInRecord } from '../../core/inventory/records.ts'
import { parseTime } from '../values/times.ts'
import { oktaEvent, readAll, type OktaEvent } from './answers.ts'
import { OKTA_ITSELF } from './read-groups.ts'

/** Okta keeps its System Log this long. */
export const LOG_DAYS = 90

/** A session with Okta itself, and single sign-on to an application: the two that say somebody used something. */
export const SIGN_IN_EVENTS = ['user.session.start', 'user.authentication.sso'] as const
export const ADDED_TO_GROUP = 'group.user_membership.add'
export const SIGN_IN_FILTER = SIGN_IN_EVENTS.map((type) => `eventType eq "${type}"`).join(' or ')

/**
 * The sign-in an event tells of; null for everything else and for attempts by nobody known. Single sign-on names the application by its
 * label in this organisation (`alternateId`) and by its catalogue name (`displayName`): the label is what the inventory calls it.
 */
export function signInOf(event: OktaEvent): SignInRecord | null {
  if (!SIGN_IN_EVENTS.some((type) => type === event.eventType)) return null
  const account = event.actor?.id ?? ''
  if (event.actor?.type !== 'User' || account === '' || account === 'unknown') return null
  const at = eventTime(event.published)
  if (at === null) return null
  return { account, application: applicationOf(event), at, isSuccess: event.outcome?.result === 'SUCCESS' || event.outcome?.result === 'ALLOW' }
}

function applicationOf(event: OktaEvent): string {
  if (event.eventType === 'user.session.start') return OKTA_ITSELF
  const app = event.target?.find((target) => target.type === 'AppInstance')
  return named(app?.alternateId) ?? named(app?.displayName) ?? ''
}

const named = (text: string | null | undefined): string | null =>
  text == null || text.trim() === '' || text === 'unknown' ? null : text.trim()

/** Who was added to which group on which day, oldest first as the log tells it. */
export function membershipsGiven(items: readonly unknown[]): readonly { readonly group: string; readonly account: string; readonly at: string }[] {
  const given: { group: string; account: string; at: string }[] = []
  for (const event of readAll(items, oktaEvent, 'an event').taken) {
    if (event.eventType !== ADDED_TO_GROUP || event.outcome?.result === 'FAILURE') continue
    const group = event.target?.find((target) => target.type === 'UserGroup')?.id
    const account = event.target?.find((target) => target.type === 'User')?.id
    const at = eventTime(event.published)
    if (group != null && account != null && at !== null) given.push({ group, account, at: at.slice(0, 'YYYY-MM-DD'.length) })
  }
  return given
}

/** Okta writes `2026-11-22T05:32:00.000Z`; log collectors rewrite it as `2026-11-22 05:32:00.000000000`, UTC too. Null if it is no time. */
export function eventTime(text: string): string | null {
  const time = parseTime(text, 'day-first')
  return typeof time === 'string' ? time : null
}
