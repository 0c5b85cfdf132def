import type { ScopePart } from '../../../../shared/model/campaign.ts'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** A part of a scope in a line: what each condition lets through. */
export const scopeWords = (part: ScopePart): string => {
  const { words } = t.campaigns.wizard
  const listed = (label: string, values: readonly string[]): string[] => (values.length === 0 ? [] : [`${label} ${values.slice(0, 3).join(', ')}${values.length > 3 ? ' …' : ''}`])
  const plain = (values: readonly string[]): string[] => (values.length === 0 ? [] : [values.join(', ')])
  return [
    ...listed(words.sources, part.sources), ...listed(words.applications, part.applications), ...listed(words.departments, part.departments),
    ...plain(part.identityKinds.map((kind) => t.kind[kind])), ...plain(part.privileges.map((level) => t.privilege[level])), ...plain(part.risks.map((level) => t.risk[level])),
    ...listed(words.people, part.people), ...listed(words.entitlements, part.entitlements),
    ...(part.newSince === null ? [] : [words.newSince(formatDay(part.newSince))]),
    ...(part.unusedForDays === null ? [] : [words.unusedFor(formatNumber(part.unusedForDays))]),
    ...(part.onlyOrphans ? [words.orphans] : []), ...(part.onlyLeavers ? [words.leavers] : []), ...(part.onlyConflicts ? [words.conflicts] : []),
  ].join(' · ')
}
