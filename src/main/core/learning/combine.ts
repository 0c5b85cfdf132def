import { chanceOf } from './logistic.ts'

/** Log-odds of approval = offset + Σ share × what each member says. */
export interface Combination {
  readonly offset: number
  readonly shares: readonly number[]
}

const ROUNDS = 50

/**
 * Weighs several members against each other and calibrates the sum, in one: logistic regression (Platt 1999) on what they said about rows
 * they had not seen. No member counts below 0, so that the combined chance never falls when every member's rises.
 */
export function combine(members: readonly Float64Array[], approved: Uint8Array): Combination {
  const count = approved.length
  let offset = 0
  const shares = members.map(() => 1 / members.length)
  const margin = new Float64Array(count)
  for (let round = 0; round < ROUNDS; round++) {
    for (let column = -1; column < members.length; column++) {
      const values = members[column]
      let [slope, curve] = [0, 1e-6]
      for (let row = 0; row < count; row++) {
        margin[row] = members.reduce((sum, member, at) => sum + (shares[at] as number) * (member[row] as number), offset)
        const chance = chanceOf(margin[row] as number)
        const value = values?.[row] ?? 1
        slope += (chance - (approved[row] as number)) * value
        curve += chance * (1 - chance) * value * value
      }
      if (column < 0) offset -= slope / curve
      else shares[column] = Math.max(0, (shares[column] as number) - slope / curve)
    }
  }
  return { offset, shares }
}
