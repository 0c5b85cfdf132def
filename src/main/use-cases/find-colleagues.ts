import { colleaguesLike, type Colleague } from '../storage/people.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { personByEmail } from '../storage/people.ts'

/** People at work whom an item can be handed to, by a part of their name or address; never the asking person. */
export async function findColleagues(context: Context, actor: Actor, text: string): Promise<Colleague[]> {
  const { db } = context.store
  if ((await personByEmail(db, actor.email)) === undefined) throw new Refusal('not-allowed', 'Only people who act here can look up colleagues.')
  return [...(await colleaguesLike(db, text, actor.email))]
}
