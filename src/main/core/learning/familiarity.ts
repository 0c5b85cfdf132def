/** How often a combination was met before, in steps that double: 0, 1, 2, 3–4, 5–8, … , over 256. */
export const FAMILIARITY_STEPS = 11

export function familiarityStep(times: number): number {
  if (times <= 2) return Math.max(0, times)
  return Math.min(FAMILIARITY_STEPS - 1, 32 - Math.clz32(times - 1) + 1)
}

/** The most of earlier rows that a step stands for, for its sentence; null for the open last step. */
export function familiarityRange(step: number): { readonly from: number; readonly to: number | null } {
  if (step <= 2) return { from: step, to: step }
  return { from: 2 ** (step - 2) + 1, to: step === FAMILIARITY_STEPS - 1 ? null : 2 ** (step - 1) }
}
