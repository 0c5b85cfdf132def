import type { Weighed } from '../../src/main/core/signals/weigh.ts'
import { everyDays, organisation } from './population-builder.ts'

/**
 * An office in which every text that a directory, an HR file or a rule's author may write is `text`: department, title, the former
 * department, names of rights, paths, applications and rules. Only who has what and when is the same, whatever the text.
 */
export function officeNamed(text: string): Weighed {
  const clerk = { department: text, title: text, location: text }
  const org = organisation().person('anna', clerk).people('c', 8, clerk).people('old', 8, { department: `${text} before`, title: 'Agent' })
    .right('PAY', { name: text, application: text, privilege: 'elevated', risk: 'high' }).right('APPROVE', { name: text, application: text })
    .grantAll('c', 8, 'APPROVE', { path: text }).grantAll('old', 8, 'PAY', { path: text })
    .grant('anna', 'PAY', { path: text }).grant('anna', 'APPROVE', { path: text }).watched('2025-01-01')
    .event('anna', { kind: 'mover', attribute: 'department', from: `${text} before`, to: text, effectiveOn: '2026-02-01' })
    .rule({ name: text.trim().slice(0, 100), description: text.slice(0, 100), left: ['PAY'], right: ['APPROVE'] })
    .reviewed('anna', 'PAY', 1, '2026-03-31', 'none')
  for (let n = 1; n <= 8; n++) org.used(`old${n}`, text, everyDays('2025-01-07', '2026-06-25', 7))
  return org.used('anna', text, ['2025-09-01', '2025-10-01']).weigh('anna', 'PAY')
}

/** The same facts with harmless words. */
export const harmlessOffice: Weighed = officeNamed('Accounts payable')
