import type { Account } from '../../shared/model/identity.ts'
import { inTransaction } from '../storage/database.ts'
import { accountToMatch, insertConfirmedMatch } from '../storage/identities.ts'
import { correlateAccounts } from '../storage/identities-correlate.ts'
import { accountById, identityById } from '../storage/inventory-rows.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** The officer's word that an account belongs to an identity. It outlives later syncs; an id or e-mail the account states outweighs it. */
export async function confirmMatch(
  context: Context, actor: Actor, input: { readonly accountId: number; readonly identityId: number },
): Promise<Account> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const account = await accountToMatch(queries, input.accountId)
    if (account === undefined) throw new Refusal('not-found', `There is no account ${input.accountId}.`)
    const identity = await identityById(queries, input.identityId)
    if (identity === undefined) throw new Refusal('not-found', `There is no identity ${input.identityId}.`)
    await insertConfirmedMatch(queries, { account, identityId: identity.id, by: actor.email, at: context.clock.now() })
    await correlateAccounts(context.store, queries)
    const linked = await accountById(queries, account.id)
    if (linked?.identityId !== identity.id) {
      const why = linked?.linkReason === 'employee-id' ? 'the employee id it states' : 'the e-mail address it states'
      throw new Refusal(
        'conflict',
        `“${account.nativeId}” belongs to somebody else by ${why}. Nothing was changed; correct it in the source.`,
      )
    }
    await recordEvent(context, queries, actor.email, {
      kind: 'match-confirmed',
      body: { source: account.sourceName, account: account.nativeId, employeeId: identity.employeeId, identity: identity.id },
    })
    return linked
  })
}
