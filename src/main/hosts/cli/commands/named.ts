import type { EngineClient } from '../../engine-types.ts'
import { CommandRefusal } from '../failure.ts'

interface Named { readonly id: number; readonly names: readonly (string | null)[]; readonly shown: string }

/** The one thing a text names exactly, else the only one it is part of; a refusal that lists the others. */
function theOne(found: readonly Named[], text: string, what: string): number {
  const folded = text.trim().toLowerCase()
  const exact = found.filter((one) => one.names.some((name) => name?.toLowerCase() === folded))
  const [first, second] = exact.length > 0 ? exact : found
  if (first === undefined) throw new CommandRefusal(`No ${what} is called "${text}"; "muster search ${text}" may find a near one.`)
  if (second === undefined) return first.id
  const several = (exact.length > 0 ? exact : found).slice(0, 5).map((one) => `${one.id} ${one.shown}`).join('; ')
  throw new CommandRefusal(`"${text}" may be several: ${several}. Say which by its number.`)
}

const isNumber = (text: string): boolean => /^\d{1,15}$/.test(text)

/** An identity by its number, e-mail address, employee id or name. */
export const identityNamed = async (client: EngineClient, text: string | undefined): Promise<number> => {
  if (text === undefined) throw new CommandRefusal('Say whom: give --person a number, an address or a name.')
  if (isNumber(text)) return Number(text)
  const { identities } = await client.inventory.search({ text })
  return theOne(identities.map((one) => ({
    id: one.id, names: [one.displayName, one.email, one.employeeId], shown: `${one.displayName} (${one.department ?? 'no department'})`,
  })), text, 'person')
}

/** An entitlement by its number, the source's own id or its name. */
export const entitlementNamed = async (client: EngineClient, text: string): Promise<number> => {
  if (isNumber(text)) return Number(text)
  const { entitlements } = await client.inventory.search({ text })
  const byId = entitlements.filter((one) => one.nativeId.toLowerCase() === text.trim().toLowerCase())
  const found = byId.length > 0 ? byId : entitlements
  return theOne(found.map((one) => ({ id: one.id, names: [one.nativeId, one.name], shown: `${one.name} (${one.application})` })), text, 'entitlement')
}

/** Several of them, in the order they were asked for. */
export const entitlementsNamed = async (client: EngineClient, texts: readonly string[] | undefined): Promise<number[]> => {
  const ids: number[] = []
  for (const text of texts ?? []) ids.push(await entitlementNamed(client, text))
  return ids
}
