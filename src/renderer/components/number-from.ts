/** What a number field holds; null = empty. What is no number becomes NaN, which no rule lets through. */
export const numberFrom = (text: string): number | null => (text.trim() === '' ? null : Number(text))

/** The same for a number that must be there. */
export const numberOrNaN = (text: string): number => numberFrom(text) ?? Number.NaN

export const numberText = (n: number | null): string => (n === null || Number.isNaN(n) ? '' : String(n))
