import { learnedStatements, type Contribution } from './explain.ts'
import type { LearnedModel } from './learn.ts'

/** More than are shown, because many tell of the same decisions. */
const LOOKED_AT = 400

/**
 * What the model has learned as habits for people: combinations that stand for the very same decisions ("this right" and "this right in
 * Finance", where nobody else ever asked for it) are one habit with their weights together, told by its fewest parts. Strongest first.
 */
export function habitsOf(model: LearnedModel, most: number): readonly Contribution[] {
  const habits: Contribution[] = []
  for (const one of learnedStatements(model, LOOKED_AT).toSorted((a, b) => a.parts.length - b.parts.length)) {
    const at = habits.findIndex((habit) => isSame(habit, one))
    const same = habits[at]
    if (same === undefined) habits.push(one)
    else habits[at] = { ...same, logOdds: same.logOdds + one.logOdds }
  }
  return habits.toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)).slice(0, most)
}

/** A combination narrowed by further parts without losing a decision is about the same decisions. */
function isSame(wider: Contribution, narrower: Contribution): boolean {
  return wider.decided === narrower.decided && wider.approved === narrower.approved
    && wider.parts.every(({ name, value }) => narrower.parts.some((part) => part.name === name && part.value === value))
}
