import type { Remediation } from '../../../shared/model/remediation.ts'

/** What somebody who removes access by hand needs to know of one item. */
export type WorkLine = Pick<Remediation, 'id' | 'source' | 'account' | 'accountName' | 'subjectName' | 'application' | 'entitlement' | 'entitlementName' | 'path' | 'remove' | 'dueOn' | 'state'>
  & { readonly instead: string | null }

const columns = ['Number', 'Source', 'Account', 'Account name', 'Person', 'Application', 'Right', 'Right id', 'Held through', 'Remove', 'Remove id', 'How', 'Due', 'State'] as const

/** RFC 4180, with what a spreadsheet would run as a formula made text. */
export function worklistCsv(lines: readonly WorkLine[]): string {
  const rows = lines.map((one) => [
    String(one.id), one.source, one.account, one.accountName, one.subjectName, one.application, one.entitlementName, one.entitlement, one.path, one.remove.name,
    one.remove.nativeId, one.instead ?? '', one.dueOn, one.state,
  ])
  return [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n'
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A ticket's title and text: what to remove from whom, why it is not enough to look at the reviewed right, and by when. */
export function ticketText(lines: readonly WorkLine[], by: { readonly campaignName: string; readonly approvedBy: string }): { readonly title: string; readonly description: string; readonly dueOn: string } {
  const first = lines[0]
  const isOne = lines.length === 1
  const title = first === undefined ? '' : isOne ? `Remove “${first.remove.name}” from ${first.accountName}` : `Remove ${lines.length} rights in ${[...new Set(lines.map(({ source }) => source))].join(', ')}`
  const description = [
    `Access that the review “${oneLine(by.campaignName)}” decided to take away. Approved by ${oneLine(by.approvedBy)}.`, '',
    ...lines.flatMap((one) => [
      `${one.id}. ${oneLine(one.source)}: remove “${oneLine(one.remove.name)}” (${oneLine(one.remove.nativeId)}) from ${oneLine(one.accountName)} (${oneLine(one.account)}).`,
      ...(one.entitlement === one.remove.nativeId ? [] : [`   This takes away “${oneLine(one.entitlementName)}”, which is held through it.`]),
      ...(one.instead === null ? [] : [`   ${oneLine(one.instead)}`]),
    ]),
    '', 'Muster reads the source again and closes this by itself once the access is gone.',
  ].join('\n')
  return { title: oneLine(title).slice(0, 150), description, dueOn: lines.map(({ dueOn }) => dueOn).sort()[0] ?? '' }
}

/** The same for rights that a wrong revoke took away. */
export function giveBackText(
  lines: readonly Pick<Remediation, 'id' | 'source' | 'account' | 'accountName' | 'remove'>[], by: { readonly approvedBy: string; readonly dueOn: string },
): { readonly title: string; readonly description: string; readonly dueOn: string } {
  const first = lines[0]
  const title = first === undefined ? '' : lines.length === 1 ? `Give “${first.remove.name}” back to ${first.accountName}` : `Give ${lines.length} rights back in ${[...new Set(lines.map(({ source }) => source))].join(', ')}`
  const description = [
    `Access that was taken away by mistake. Approved by ${oneLine(by.approvedBy)}.`, '',
    ...lines.map((one) => `${one.id}. ${oneLine(one.source)}: give “${oneLine(one.remove.name)}” (${oneLine(one.remove.nativeId)}) to ${oneLine(one.accountName)} (${oneLine(one.account)}) again, directly.`),
    '', 'Muster reads the source again and closes this by itself once the access is there.',
  ].join('\n')
  return { title: oneLine(title).slice(0, 150), description, dueOn: by.dueOn }
}

/** Names from a directory may hold line breaks and control characters, which could pretend to be lines of ours. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
}
