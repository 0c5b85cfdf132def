import type { HistoryTotals, PastDecision } from '../../../shared/model/learning.ts'
import { foldKey } from '../inventory/fold-key.ts'
import { decisionTable, SAME_GRANT, type DecisionTable } from './decision-table.ts'
import { entitlementCode, grantCode, type Recognised } from './names.ts'

/** Columns the product learns from, the entitlement first. The person counts only together with the very right decided on. */
export const historyColumns = ['entitlement', 'department', 'title', 'manager', SAME_GRANT] as const
export type HistoryColumn = (typeof historyColumns)[number]

/** Fewest decisions of either class anything is learned from: below, five lucky ones would look like a habit. */
export const LEAST_OF_A_CLASS = 20

/** A decision signed off in this workspace, as far as it can teach, with the person as the item showed them. */
export interface OwnPastDecision {
  readonly accountId: number
  readonly entitlementId: number
  readonly outcome: string
  readonly decidedAt: string
  readonly isAdviceVisible: boolean
  readonly department: string | null
  readonly title: string | null
  /** E-mail of the reviewer where they decided as the person's manager. */
  readonly manager: string | null
  /** Revoked, gone from the inventory, and granted again within 30 days: the revoke was wrong. */
  readonly cameBack: boolean
}

export interface History {
  readonly table: DecisionTable
  readonly decidedOn: readonly string[]
  readonly totals: HistoryTotals
  /** One line a decision, in order: what the history's hash is taken over. */
  readonly lines: readonly string[]
}

/**
 * Everything there is to learn from, oldest import first, own decisions after it. Own ones count only where the reviewer had not seen the
 * advice, or where life has shown a revoke to be wrong: else the engine would learn from its own echo.
 */
export function historyOf(imported: readonly PastDecision[], own: readonly OwnPastDecision[], names: Recognised): History {
  const decidedOn: string[] = []
  const lines: string[] = []
  const spelling = new Map<string, string>()
  // Spelling variants are one value, written as first met.
  const spelled = (column: string, text: string | null): string => {
    const key = foldKey(text)
    if (key === null) return ''
    const known = spelling.get(`${column} ${key}`)
    if (known === undefined) spelling.set(`${column} ${key}`, (text as string).trim())
    return known ?? (text as string).trim()
  }
  const rows: { readonly values: readonly string[]; readonly isKept: boolean }[] = []
  const add = (values: Readonly<Record<HistoryColumn, string>>, isKept: boolean, day: string): void => {
    const row = historyColumns.map((column) => spelled(column, values[column]))
    rows.push({ values: row, isKept })
    decidedOn.push(day)
    lines.push(JSON.stringify([...row, isKept, day]))
  }
  let unknownEntitlement = 0
  for (const one of imported) {
    const entitlement = names.entitlement(one.entitlement)
    if (!names.isKnownEntitlement(entitlement)) unknownEntitlement += 1
    const values = {
      entitlement, department: one.department ?? '', title: one.title ?? '', manager: one.manager === null ? '' : names.manager(one.manager),
      [SAME_GRANT]: grantCode(entitlement, names.holder(one.account)),
    }
    add(values, one.isKept, one.decidedOn)
  }
  const counts = { blind: 0, corrected: 0, adviceSeen: 0, undecided: 0 }
  for (const one of own) {
    if (one.outcome === 'look-closer') counts.undecided += 1
    else if (!one.cameBack && one.isAdviceVisible) counts.adviceSeen += 1
    else {
      counts[one.cameBack ? 'corrected' : 'blind'] += 1
      const entitlement = entitlementCode(one.entitlementId)
      const values = {
        entitlement, department: one.department ?? '', title: one.title ?? '', manager: one.manager === null ? '' : names.manager(one.manager),
        [SAME_GRANT]: grantCode(entitlement, names.holderOfAccount(one.accountId)),
      }
      add(values, one.cameBack || one.outcome !== 'revoke', one.decidedAt.slice(0, 10))
    }
  }
  // A column that says the same of everybody says nothing.
  const used = [...historyColumns.keys()].filter((column) => column === 0 || rows.some(({ values }) => values[column] !== rows[0]?.values[column]))
  const builder = decisionTable(used.map((column) => historyColumns[column] as string))
  for (const { values, isKept } of rows) builder.add(used.map((column) => values[column] ?? ''), isKept)
  const kept = rows.filter(({ isKept }) => isKept).length
  return {
    table: builder.finish(), decidedOn, lines,
    totals: { decisions: rows.length, kept, revoked: rows.length - kept, imported: imported.length, unknownEntitlement, ...counts },
  }
}

/** Decisions of either class that are still missing before anything is learned. */
export function missingDecisions({ kept, revoked }: Pick<HistoryTotals, 'kept' | 'revoked'>): { readonly kept: number; readonly revoked: number } {
  return { kept: Math.max(0, LEAST_OF_A_CLASS - kept), revoked: Math.max(0, LEAST_OF_A_CLASS - revoked) }
}
