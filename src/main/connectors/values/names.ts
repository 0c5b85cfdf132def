const SUFFIX = /^(jr|sr|ii|iii|iv|phd|md|mba|esq|dipl|msc|bsc)\b\.?/i

/** A person's name in reading order: `Last, First` is turned round, runs of blanks become one. `Smith, Jr.` stays. */
export function personName(text: string): string {
  const name = text.replace(/\s+/g, ' ').trim()
  const parts = name.split(',')
  if (parts.length !== 2) return name
  const [last = '', first = ''] = parts.map((part) => part.trim())
  if (last === '' || first === '' || SUFFIX.test(first)) return name
  return `${first} ${last}`
}

/** Two spellings of one name give the same key. */
export const nameKey = (name: string): string => personName(name).normalize('NFC').toLowerCase()
