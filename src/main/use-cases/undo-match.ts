import type { Account } from '../../shared/model/identity.ts'
import { inTransaction } from '../storage/database.ts'
import { accountToMatch, deleteConfirmedMatch } from '../storage/identities.ts'
import { correlateAccounts } from '../storage/identities-correlate.ts'
import { accountById } from '../storage/inventory-rows.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Takes a confirmed match back: the account belongs to whom its own ids say, or to nobody. That it was once confirmed stays in the log. */
export async function undoMatch(context: Context, actor: Actor, input: { readonly accountId: number }): Promise<Account> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const account = await accountToMatch(queries, input.accountId)
    if (account === undefined) throw new Refusal('not-found', `There is no account ${input.accountId}.`)
    if (!(await deleteConfirmedMatch(queries, account))) {
      throw new Refusal('conflict', `Nobody has confirmed whose “${account.nativeId}” is; there is nothing to take back.`)
    }
    await correlateAccounts(context.store, queries)
    const now = await accountById(queries, account.id)
    if (now === undefined) throw new Error('the account vanished while its match was taken back')
    await recordEvent(context, queries, actor.email, {
      kind: 'match-undone', body: { source: account.sourceName, account: account.nativeId, identity: now.identityId },
    })
    return now
  })
}
