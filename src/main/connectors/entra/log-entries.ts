import type { SignInRecord } from '../../core/inventory/records.ts'
import type { Holder, MirrorChange } from '../live-connector.ts'
import { dayOf, listOf, momentOf, objectOf, textOf, type JsonObject } from './json.ts'
import { groupId } from './groups.ts'
import { roleId } from './roles.ts'

/**
 * A sign-in as kept: who, to what, when, whether they got in. Takes Graph's entity and the same event as Azure's log export wraps it
 * (`properties` inside, the result outside). Null for what is no sign-in or names nobody.
 */
export function signInOf(event: JsonObject): SignInRecord | null {
  const inner = objectOf(event['properties'])
  const of = inner ?? event
  if (inner !== null && !/SignIn/.test(textOf(event['category']) ?? '')) return null
  const account = textOf(of['userId']) ?? textOf(of['servicePrincipalId'])
  const at = momentOf(of['createdDateTime']) ?? momentOf(event['time'])
  if (account === null || at === null) return null
  const application = textOf(of['appDisplayName']) ?? textOf(of['servicePrincipalName']) ?? textOf(of['resourceDisplayName']) ?? textOf(of['appId'])
  return { account, application: application ?? 'an application without a name', at, isSuccess: isSuccess(event, of) }
}

/** Error 0 is success. Where the entity does not say, the export's result does; where neither says, nobody claims they got in. */
function isSuccess(event: JsonObject, of: JsonObject): boolean {
  const code = objectOf(of['status'])?.['errorCode']
  if (typeof code === 'number') return code === 0
  const result = event['resultType'] ?? event['resulttype']
  return result === 0 || result === '0'
}

/** Since when access is held, from an audit entry that says somebody was added to a group or a role. */
export function grantedAtOf(entry: JsonObject): readonly MirrorChange[] {
  const of = objectOf(entry['properties']) ?? entry
  const activity = textOf(of['activityDisplayName'])?.toLowerCase() ?? ''
  const at = dayOf(of['activityDateTime'])
  if (at === null || (textOf(of['result'])?.toLowerCase() ?? 'success') !== 'success') return []
  const targets = listOf(of['targetResources']).map((target) => objectOf(target) ?? {})
  const member = targets.find((target) => /^(user|serviceprincipal|group)$/i.test(textOf(target['type']) ?? ''))
  const memberId = textOf(member?.['id'])
  if (member === undefined || memberId === null) return []
  const holder: Holder = /^group$/i.test(textOf(member['type']) ?? '') ? { of: 'entitlement', id: groupId(memberId) } : { of: 'account', id: memberId }
  const said = new Map(listOf(member['modifiedProperties']).map((one) => {
    const property = objectOf(one)
    return [textOf(property?.['displayName']) ?? '', unquoted(textOf(property?.['newValue']))]
  }))
  if (activity === 'add member to group') {
    const group = said.get('Group.ObjectID') ?? textOf(targets.find((target) => target !== member && /^group$/i.test(textOf(target['type']) ?? ''))?.['id'])
    return group === null || group === undefined ? [] : [{ put: 'granted-at', entitlement: groupId(group), holder, at }]
  }
  if (activity === 'add member to role') {
    const role = said.get('Role.TemplateId') ?? null
    return role === null ? [] : [{ put: 'granted-at', entitlement: roleId(role, '/', false), holder, at }]
  }
  return []
}

/** Audit entries quote their values once more. */
function unquoted(value: string | null): string | null {
  return value === null ? null : textOf(value.replace(/^"+|"+$/g, ''))
}
