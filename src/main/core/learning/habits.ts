import { learnedStatements, type Contribution } from './explain.ts'
import type { LearnedModel } from './learn.ts'

/** More than are shown, because many tell of the same decisions. */
const LOOKED_AT = 400

/**
 * What the model has learned as habits for people: combinations that stand for the very same decisions ("this right" and "this right in
 * Finance", where nobody else ever asked for it) are one habit with their weights together, told by its fewest parts. Strongest first; at
 * most so many for keeping and so many for revoking, because where most is kept the rare revokes would drown out all else.
 */
export function habitsOf(model: LearnedModel, mostOfASide: number): readonly Contribution[] {
  const habits: Contribution[] = []
  for (const one of learnedStatements(model, LOOKED_AT).toSorted((a, b) => a.parts.length - b.parts.length)) {
    const at = habits.findIndex((habit) => isSame(habit, one))
    const same = habits[at]
    if (same === undefined) habits.push(one)
    else habits[at] = { ...same, logOdds: same.logOdds + one.logOdds }
  }
  const side = (sign: number): Contribution[] =>
    habits.filter(({ logOdds }) => sign * logOdds > 0).toSorted((a, b) => sign * (b.logOdds - a.logOdds)).slice(0, mostOfASide)
  return [...side(1), ...side(-1)].toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
}

/** A combination narrowed by further parts without losing a decision is about the same decisions. */
function isSame(wider: Contribution, narrower: Contribution): boolean {
  return wider.decided === narrower.decided && wider.approved === narrower.approved
    && wider.parts.every(({ name, value }) => narrower.parts.some((part) => part.name === name && part.value === value))
}
