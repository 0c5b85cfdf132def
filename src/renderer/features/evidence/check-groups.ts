import type { z } from 'zod'
import type { verification } from '../../../shared/contract/evidence.ts'

export type Check = z.infer<typeof verification>['checks'][number]
export type Topic = 'seal' | 'log' | 'figures' | 'time'

/** `topic` null: gathered by outcome alone. */
export interface CheckGroup {
  readonly outcome: Check['outcome']
  readonly topic: Topic | null
  readonly checks: readonly Check[]
}

/** What a bundle's checks are about, by code; the checks of the workspace's own log are all about the log. */
const topics: Readonly<Record<string, Topic>> = {
  manifest: 'seal', 'manifest-signature': 'seal', root: 'seal', files: 'seal', unlisted: 'seal', 'checkpoint-signature': 'seal', 'sign-offs': 'seal', revocation: 'seal',
  'report-signature': 'seal', totals: 'figures', 'items-csv': 'figures', exceptions: 'figures', trail: 'figures', raw: 'figures', 'report-evidence': 'figures', 'report-print': 'figures',
  items: 'figures', time: 'time',
}
const order: readonly Topic[] = ['seal', 'log', 'figures', 'time']

/** What failed, then what could not be checked, then what passed by topic. Nothing is left out, and no group is empty. */
export const groupsOf = (checks: readonly Check[]): readonly CheckGroup[] => {
  const isOfBundle = checks.some(({ code }) => code === 'manifest')
  const topicOf = ({ code }: Check): Topic => (isOfBundle ? (topics[code] ?? 'log') : 'log')
  const of = (outcome: Check['outcome']): readonly Check[] => checks.filter((check) => check.outcome === outcome)
  const groups: readonly CheckGroup[] = [
    { outcome: 'failed', topic: null, checks: of('failed') },
    { outcome: 'not-checked', topic: null, checks: of('not-checked') },
    ...order.map((topic): CheckGroup => ({ outcome: 'passed', topic, checks: of('passed').filter((check) => topicOf(check) === topic) })),
  ]
  return groups.filter((group) => group.checks.length > 0)
}
