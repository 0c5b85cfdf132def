import type { EventBody } from '../../shared/model/evidence.ts'
import type { WorkspaceKeyState } from '../../shared/model/workspace-key.ts'
import { inTransaction } from '../storage/database.ts'
import { openedPacketOf } from '../storage/packets.ts'
import { encryptedWith } from '../storage/store-key.ts'
import { loadSettings } from '../storage/workspace.ts'
import type { Actor, Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Officers, and in a workspace that was made from a review packet the reviewer whose it is: there is nobody else. */
async function mustKeep(context: Context, actor: Actor): Promise<void> {
  if (!(await isKeeper(context, actor))) mustBeOfficer(actor)
}

async function isKeeper({ store: { db } }: Context, actor: Actor): Promise<boolean> {
  return (await openedPacketOf(db)) !== undefined && (await loadSettings(db))?.createdBy === actor.email
}

/** How the files are protected, and what opens the workspace. */
export async function showProtection(context: Context, actor: Actor): Promise<WorkspaceKeyState> {
  if (!actor.roles.includes('auditor')) await mustKeep(context, actor)
  return context.workspaceKey.state()
}

/**
 * A reviewer's packet opens with the passphrase they sign with, and goes on doing so when they choose another one for their key. Where
 * something else opens it, that stays.
 */
export async function followOwnKey(context: Context, actor: Actor, input: { readonly current: string; readonly next: string }): Promise<void> {
  if (!context.workspaceKey.state().opensWith.passphrase || !(await isKeeper(context, actor))) return
  try {
    await context.workspaceKey.changePassphrase(input.current, input.next)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'wrong-passphrase') return
    throw error
  }
  await record(context, actor, 'passphrase-changed')
}

/** Chooses the passphrase that opens the workspace; its files stay as they are. */
export async function changeWorkspacePassphrase(context: Context, actor: Actor, input: { readonly current: string | null; readonly next: string }): Promise<WorkspaceKeyState> {
  await mustKeep(context, actor)
  await context.workspaceKey.changePassphrase(input.current, input.next)
  await record(context, actor, 'passphrase-changed')
  return context.workspaceKey.state()
}

/** Makes a new recovery kit. Its code is in the answer and nowhere else. */
export async function makeRecoveryKit(context: Context, actor: Actor, input: { readonly current: string | null }): Promise<{ code: string; at: string }> {
  await mustKeep(context, actor)
  const at = context.clock.now()
  const code = await context.workspaceKey.makeRecoveryCode(input.current, at)
  await record(context, actor, 'recovery-kit-made')
  return { code, at }
}

/** A new key for the whole workspace and a new kit. Recorded before, because the files follow at the next opening. */
export async function beginRekey(context: Context, actor: Actor, input: { readonly current: string | null; readonly next: string | null }): Promise<{ code: string; at: string }> {
  await mustKeep(context, actor)
  const at = context.clock.now()
  const code = await context.workspaceKey.beginRekey(input.current, input.next, at)
  await record(context, actor, 'rekey-begun')
  return { code, at }
}

/** The files are under the key they should be under. */
export async function recordSettledKey(context: Context, change: 'encrypted' | 'rekeyed'): Promise<void> {
  await inTransaction(context.store, (queries) => recordEvent(context, queries, 'system', keyedEvent(context, change)))
}

/** For the log of a workspace that is being made: how its files lie on the disk. None where they are plain. */
export function madeKeyEvents(context: Context): readonly KeyEvent[] {
  return context.workspaceKey.state().isEncrypted ? [keyedEvent(context, 'made')] : []
}

type KeyEvent = Extract<EventBody, { kind: 'workspace-key-changed' }>

/** Which cipher and which ways in; never what opens them. */
function keyedEvent({ workspaceKey }: Context, change: KeyEvent['body']['change']): KeyEvent {
  const { opensWith: { passphrase, computer, recovery }, isPublic } = workspaceKey.state()
  return {
    kind: 'workspace-key-changed',
    body: {
      change, ...encryptedWith,
      opensWith: [...(passphrase ? ['passphrase'] as const : []), ...(computer ? ['computer'] as const : []), ...(recovery === null ? [] : ['recovery-kit'] as const), ...(isPublic ? ['public'] as const : [])],
    },
  }
}

async function record(context: Context, actor: Actor, change: 'passphrase-changed' | 'recovery-kit-made' | 'rekey-begun'): Promise<void> {
  await inTransaction(context.store, (queries) => recordEvent(context, queries, actor.email, { kind: 'workspace-key-changed', body: { change } }))
}
