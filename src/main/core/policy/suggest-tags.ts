import type { TagDescription } from '../../../shared/model/policy.ts'

export interface Nameable { readonly id: number; readonly nativeId: string; readonly name: string; readonly tags: readonly string[] }
export interface Suggested { readonly tag: string; readonly id: number; readonly because: string }

/**
 * Rights whose names look like a tag they do not carry. A suggestion and no more: names lie, so an officer says yes or no.
 * A pattern is words apart by blanks that all have to be met; `a|b` = either; each is the beginning of a word of the name or the id.
 * Three letters or fewer mean the whole word: `pay` must not find `payroll`.
 */
export function suggestTags(tags: readonly Pick<TagDescription, 'tag' | 'patterns'>[], entitlements: Iterable<Nameable>): readonly Suggested[] {
  const looks = tags.map(({ tag, patterns }) => ({
    tag, patterns: patterns.map((pattern) => pattern.toLowerCase().split(/\s+/).map((group) => group.split('|'))),
  }))
  const found: Suggested[] = []
  for (const entitlement of entitlements) {
    const words = wordsOf(`${entitlement.name} ${entitlement.nativeId}`)
    for (const { tag, patterns } of looks) {
      if (entitlement.tags.includes(tag)) continue
      const met = patterns.map((groups) => groups.map((group) => words.find((word) => group.some((start) => isMeant(start, word)))))
        .find((meeting) => meeting.every((word) => word !== undefined))
      if (met !== undefined) found.push({ tag, id: entitlement.id, because: [...new Set(met)].join(', ') })
    }
  }
  return found
}

function isMeant(start: string, word: string): boolean {
  return start.length > 3 ? word.startsWith(start) : word === start
}

/** `LL_AP_VendorMaint` → ll, ap, vendor, maint. */
function wordsOf(text: string): readonly string[] {
  return text.normalize('NFKC').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}
