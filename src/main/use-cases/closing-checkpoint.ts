import type { Signer } from '../reports/signing/signer.ts'
import { rememberCheckpoint } from '../storage/checkpoint-witness.ts'
import { inTransaction, type Store } from '../storage/database.ts'
import type { Context } from './context.ts'
import { signCheckpoint } from './sign-checkpoint.ts'

// An officer's key that was opened once stays open until the workspace is closed, for this one signature. It cannot be exported, nothing else
// reaches it, and every other signature asks for the passphrase anew. A reviewer's is not kept: it must not answer for others' events.
const openKeys = new WeakMap<Store, Signer>()

export function keepForClosing(context: Pick<Context, 'store'>, officer: Signer): void {
  openKeys.set(context.store, officer)
}

/**
 * Signs the log's head when the workspace closes, where an officer opened their key since it was opened: what was recorded after the last
 * signature cannot be cut off unseen either. Closing never fails for it: a log that does not extend its last checkpoint is not signed, and
 * the log check tells why.
 */
export async function signAtClose(context: Context): Promise<void> {
  const signer = openKeys.get(context.store)
  if (signer === undefined) return
  openKeys.delete(context.store)
  try {
    const checkpoint = await inTransaction(context.store, (queries) => signCheckpoint(context, queries, signer, 'workspace closed'))
    rememberCheckpoint(context.paths.folder, checkpoint.note)
  } catch {
    return
  }
}
