/** A profile attribute as text; numbers as written, blank ones as absent. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : text
}

/** `Ada Lovelace`, from the display name or its parts; null where the profile names nobody. */
export function fullNameOf(profile: Readonly<Record<string, unknown>>): string | null {
  const joined = [textOf(profile['firstName']), textOf(profile['lastName'])].filter((part) => part !== null).join(' ')
  return textOf(profile['displayName']) ?? (joined === '' ? null : joined)
}
