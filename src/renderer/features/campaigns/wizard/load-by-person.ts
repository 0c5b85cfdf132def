import type { z } from 'zod'
import type { reviewerLoad } from '../../../../shared/contract/campaigns.ts'

type Load = z.infer<typeof reviewerLoad>

export interface PersonLoad { readonly person: string; readonly name: string; readonly items: number; readonly bases: readonly Load['basis'][] }

/** One line for each reviewer, whatever made them one; the most items first. */
export const loadByPerson = (lines: readonly Load[]): readonly PersonLoad[] => {
  const byPerson = new Map<string, PersonLoad>()
  for (const { person, name, basis, items } of lines) {
    const known = byPerson.get(person)
    byPerson.set(person, known === undefined ? { person, name, items, bases: [basis] } : { ...known, items: known.items + items, bases: [...known.bases, basis] })
  }
  return [...byPerson.values()].sort((a, b) => b.items - a.items || a.name.localeCompare(b.name))
}
