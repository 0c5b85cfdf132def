import type { EntraConfig } from '../../../shared/model/live-source.ts'
import type { DirectoryAccount, MirrorChange } from '../live-connector.ts'
import { flagOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query } from './links.ts'
import { listing } from './listing.ts'
import { withId, type EntraCollection, type Taken } from './reading.ts'

const FIELDS = 'id,userPrincipalName,displayName,mail,accountEnabled,userType,employeeId,employeeType'

/** Everybody who can sign in, in full the first time and by changes afterwards. */
export function users(config: EntraConfig): EntraCollection {
  return listing({
    name: 'users', title: 'Users and guests', isOptional: false, isDelta: true, countPath: '/users/$count', variant: config.isHr ? 'hr' : 'accounts',
    steps: [{ path: `/users/delta?${query({ $select: FIELDS })}` }],
    take: (entities) => takeUsers(entities, config.isHr),
  })
}

function takeUsers(entities: readonly JsonObject[], isHr: boolean): Taken {
  const { named, rejects } = withId(entities, 'user')
  const changes: MirrorChange[] = []
  let bare = 0
  for (const user of named) {
    if (objectOf(user['@removed']) !== null) changes.push({ drop: 'account', id: user.id })
    else if ('userPrincipalName' in user || 'displayName' in user) changes.push({ put: 'account', record: accountOf(user, isHr) })
    else bare += 1
  }
  const bareGap = bare === 0 ? [] : [`${bare} changed ${bare === 1 ? 'user' : 'users'} came without their properties; what was known of them stays.`]
  return { changes, rejects, gaps: [...repeated(named.map((user) => user.id), 'user'), ...bareGap] }
}

/** Where the directory stands in for HR, who has no employee id is known by the directory's own. */
function accountOf(user: JsonObject & { readonly id: string }, isHr: boolean): DirectoryAccount {
  const login = textOf(user['userPrincipalName'])
  const isGuest = textOf(user['userType'])?.toLowerCase() === 'guest'
  const loginAsMail = login !== null && login.includes('@') && !login.includes('#EXT#') ? login : null
  return {
    account: user.id, login, accountName: textOf(user['displayName']) ?? login, email: textOf(user['mail']) ?? loginAsMail,
    employeeId: textOf(user['employeeId']) ?? (isHr && !isGuest ? user.id : null),
    accountKind: isGuest ? 'guest' : null, isEnabled: flagOf(user['accountEnabled']),
  }
}

/** One sentence if a page names the same entity several times. */
export function repeated(ids: readonly string[], what: string): readonly string[] {
  const twice = ids.length - new Set(ids).size
  return twice === 0 ? [] : [`Microsoft Graph named ${twice === 1 ? `one ${what}` : `${twice} ${what}s`} more than once on a page; what it said last counts.`]
}
