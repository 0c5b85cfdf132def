/** How often a combination was met before, in steps that double: 0, 1, 2, 3–4, 5–8, … , over 256. */
export const FAMILIARITY_STEPS = 11

export function familiarityStep(times: number): number {
  if (times <= 2) return Math.max(0, times)
  return Math.min(FAMILIARITY_STEPS - 1, 32 - Math.clz32(times - 1) + 1)
}
