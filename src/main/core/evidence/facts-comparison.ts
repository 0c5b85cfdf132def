// Does a report tell the trail its events tell, and does its table of outcomes by risk follow from its rows?
import type { ReportHead, ReportItem } from '../../../shared/model/evidence-report.ts'
import type { LogFacts, StoreFacts } from '../../../shared/model/report-facts.ts'
import type { Hash } from './bytes.ts'
import { sampleDifferences } from './campaign-trail.ts'
import type { CampaignReplay } from './campaign-replay.ts'
import { canonicalJson } from './canonical-json.ts'

export type RiskTable = StoreFacts['outcomeByRisk']

const field = { keep: 'keep', revoke: 'revoke', 'keep-until': 'keepUntil', 'look-closer': 'lookCloser', undecided: 'undecided' } as const
const order: readonly ReportItem['risk'][] = ['low', 'medium', 'high', 'critical']

/** Counts rows as they come; `result` has a line for each risk that occurs, from low to critical. */
export function startRiskTable(): { add: (row: Pick<ReportItem, 'risk' | 'outcome'>) => void; result: () => RiskTable } {
  const lines = new Map<string, RiskTable[number]>()
  return {
    add: ({ risk, outcome }) => {
      const line = lines.get(risk) ?? { risk, items: 0, keep: 0, revoke: 0, keepUntil: 0, lookCloser: 0, undecided: 0 }
      lines.set(risk, { ...line, items: line.items + 1, [field[outcome]]: line[field[outcome]] + 1 })
    },
    result: () => order.flatMap((risk) => lines.get(risk) ?? []),
  }
}

/** Differences as sentences; a report without facts (the first release wrote none) has none to differ. */
export function compareFacts(head: ReportHead, log: LogFacts, rows: RiskTable, replay: CampaignReplay, hash: Hash): string[] {
  if (head.facts === undefined) return []
  const told = head.facts.log
  const differing = (Object.keys(words) as (keyof LogFacts)[]).filter((key) => canonicalJson(told[key]) !== canonicalJson(log[key]))
  return [
    ...differing.map((key) => `${words[key]}: the report tells other than the events`),
    ...(canonicalJson(head.facts.store.outcomeByRisk) === canonicalJson(rows) ? [] : ['outcomes by risk: the report tells other than its rows']),
    ...sampleDifferences(log, replay, hash),
  ]
}

const words: Record<keyof LogFacts, string> = {
  handedOn: 'items handed on', stages: 'stages', extensions: 'extensions', reminders: 'reminders', questions: 'questions and answers', circular: 'people who reviewed each other', pace: 'pace',
  days: 'decisions by day', wording: 'models that worded', tests: 'tests of the population', samples: 'samples', custody: 'custody', amendments: 'amendments',
  sealed: 'versions sealed before',
}
