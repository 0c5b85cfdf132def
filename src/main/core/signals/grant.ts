import { dateOf, NO_DAY } from './day.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'

const NEW_DAYS = 30
const OLD_DAYS = 730

/** The grant itself: its age, the way it was given, its end. */
export function grantSignals(context: GrantContext): readonly Draft[] {
  const { grants, paths, asOfDay } = context.population
  const rows = [context.rows.grant]
  const signals: Draft[] = []
  const granted = grants.granted[context.grant] as number
  if (granted !== NO_DAY) {
    const facts = { since: dateOf(granted), days: asOfDay - granted }
    const quality = grants.grantedInferred[context.grant] === 1 ? 'inferred' : 'observed'
    if (facts.days <= NEW_DAYS) signals.push({ kind: 'new-grant', facts, quality, rows, weighs: 'new-grant' })
    else signals.push({ kind: 'grant-age', facts, quality, rows, weighs: facts.days >= OLD_DAYS ? 'grant-age.old' : 'grant-age.recent' })
  }
  const path = paths[grants.path[context.grant] as number] ?? ''
  if (!isDirectPath(path)) {signals.push(
    { kind: 'grant-path', facts: { path, isDirect: false }, quality: 'observed', rows, weighs: 'grant-path.indirect' },
  )}
  const expires = grants.expires[context.grant] as number
  if (expires !== NO_DAY) {
    const isPast = expires < asOfDay
    signals.push({
      kind: 'expiring', facts: { on: dateOf(expires), days: Math.abs(expires - asOfDay), isPast }, quality: 'observed', rows,
      weighs: isPast ? 'expiring.past' : 'expiring.ahead',
    })
  }
  return signals
}

export function isDirectPath(path: string): boolean {
  const text = path.trim().toLowerCase()
  return text === '' || text === 'direct'
}
