import type { ProtectedKind, ProtectedObject, ProtectionBasis } from '../../shared/model/protected-object.ts'
import { inTransaction } from '../storage/database.ts'
import { insertProtected, listProtected, protectedById, releaseProtected } from '../storage/protected-objects.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { sourceNamed } from './find-source.ts'
import { recordEvent } from './record-event.ts'

export interface NewProtection {
  readonly kind: ProtectedKind
  readonly source: string
  readonly nativeId: string
  readonly basis: ProtectionBasis
  readonly reason: string
}

/** Takes an account or a right out of every machine's hands: advice is "look closer", removal is refused. It need not exist yet. */
export async function protectObject(context: Context, actor: Actor, input: NewProtection): Promise<ProtectedObject> {
  mustBeOfficer(actor)
  const source = await sourceNamed(context.store.db, input.source)
  return inTransaction(context.store, async (queries) => {
    const id = await insertProtected(queries, { ...input, source: source.name, by: actor.email, at: context.clock.now() })
    if (id === undefined) throw new Refusal('conflict', `“${input.nativeId}” is protected already.`)
    const { kind: object, nativeId, basis, reason } = input
    await recordEvent(context, queries, actor.email, { kind: 'object-protected', body: { object, source: source.name, nativeId, basis, reason } })
    const made = (await listProtected(queries)).find((one) => one.id === id)
    if (made === undefined) throw new Error(`protection ${id} was written and is not there`)
    return made
  })
}

/** Gives a protected object back to the ordinary rules. */
export async function endProtection(context: Context, actor: Actor, input: { readonly id: number; readonly reason: string }): Promise<{ released: string }> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const found = await protectedById(queries, input.id)
    if (found === undefined) throw new Refusal('not-found', `There is no protected object ${input.id}.`)
    await releaseProtected(queries, { id: input.id, by: actor.email, at: context.clock.now() })
    await recordEvent(context, queries, actor.email, {
      kind: 'protection-ended', body: { object: found.kind, source: found.source, nativeId: found.nativeId, reason: input.reason },
    })
    return { released: found.nativeId }
  })
}
