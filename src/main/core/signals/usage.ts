import { dateOf, NO_DAY } from './day.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { isWithinRhythm, monthsIn, usagePattern } from './usage-pattern.ts'
import { dormantAccount, usageVsPeers } from './usage-compared.ts'
import type { Rhythm, UsagePattern } from './usage-pattern.ts'
import type { WeightKey } from './weight-keys.ts'

/** A right given last week cannot have been "never used" in any telling way. */
const TELLING_DAYS = 30
/** A log that ends this long before as-of says little about today. */
const STALE_AFTER_DAYS = 45
/** From a typical gap longer than this on, work comes in spells and silence in between is part of it. */
const IN_SPELLS_DAYS = 14

/**
 * Use of the right itself where the source recorded it, else of the application behind it. Silence is counted only while somebody
 * was looking, and judged against the subject's own cadence.
 */
export function usageSignals(context: GrantContext): readonly Draft[] {
  const { population, grant } = context
  const { grants, entitlements } = population
  const application = entitlements.application[context.entitlement] as number
  const pattern = usagePattern(population, context.watched, context.subject, application)
  const ownLastUse = grants.lastUsed[grant] as number
  const usageRow = `usage:account:${population.accounts.id[context.account]}:${population.labels[application] ?? ''}`

  if (ownLastUse !== NO_DAY) {
    const silence = population.asOfDay - ownLastUse
    const isUsual = pattern.rhythm !== null && pattern.rhythm.typicalGap > IN_SPELLS_DAYS && isWithinRhythm(silence, pattern.rhythm.typicalGap)
    const signals: Draft[] = [lastUse(context, ownLastUse, silence, 'entitlement', isUsual, 'observed', [context.rows.grant])]
    if (pattern.rhythm !== null) {signals.push(
      frequency(context, pattern.rhythm, pattern, isUsual ? 'usage-frequency.regular' : 'usage-frequency.context', isUsual, usageRow),
    )}
    return [...signals, ...dormantAccount(context)]
  }
  const use = pattern.lastUsed === null ? unseenUse(context, pattern, usageRow) : seenUse(context, pattern, pattern.lastUsed, usageRow)
  // Somebody who works every few weeks uses it less than the others and rightly so; a daily user's month of silence is no such rhythm.
  const isOnTime = use.some(
    (signal) => signal.kind === 'usage-frequency' && signal.facts.isWithinRhythm && signal.facts.typicalGapDays > IN_SPELLS_DAYS,
  )
  return [...use, ...usageVsPeers(context, isOnTime, pattern.isAmbiguous), ...dormantAccount(context)]
}

function seenUse(context: GrantContext, pattern: UsagePattern, lastDay: number, row: string): readonly Draft[] {
  const lookedUntil = Math.max(lastDay, pattern.covered?.to ?? lastDay)
  const silence = lookedUntil - lastDay
  const isStale = context.population.asOfDay - lookedUntil > STALE_AFTER_DAYS
  const isUsual = pattern.rhythm !== null && isWithinRhythm(silence, pattern.rhythm.typicalGap)
  const quality = isStale ? 'stale' : pattern.isAmbiguous ? 'inferred' : 'observed'
  const isInSpells = pattern.rhythm !== null && pattern.rhythm.typicalGap > IN_SPELLS_DAYS
  const signals: Draft[] = [lastUse(context, lastDay, silence, 'application', isUsual && isInSpells, quality, [row])]
  if (pattern.rhythm === null) return signals
  const weighs = context.isOnLeave
    ? 'usage-frequency.context'
    : !isUsual
    ? 'usage-frequency.broken'
    : isInSpells
    ? 'usage-frequency.regular'
    : 'usage-frequency.frequent'
  signals.push(frequency(context, pattern.rhythm, pattern, weighs, isUsual, row))
  return signals
}

/** Nothing seen: "never used" only if somebody was looking ever since the grant, else what is known since when. */
function unseenUse(context: GrantContext, pattern: UsagePattern, row: string): readonly Draft[] {
  const { covered } = pattern
  if (covered === null) {
    return [
      {
        kind: 'data-gap', facts: {
          about: 'usage', knownSince: null, days: null,
        }, quality: 'missing', rows: [], weighs: 'data-gap.usage-none',
      },
    ]
  }
  const granted = context.population.grants.granted[context.grant] as number
  const isStale = context.population.asOfDay - covered.to > STALE_AFTER_DAYS
  if (granted !== NO_DAY && granted >= covered.from && covered.to - granted >= TELLING_DAYS) {
    const days = covered.to - granted
    const isInferred = context.population.grants.grantedInferred[context.grant] === 1
    return [{
      kind: 'never-used', facts: {
        since: dateOf(granted), days, of: 'application',
      }, quality: isStale ? 'stale' : isInferred ? 'inferred' : 'observed',
      rows: [context.rows.grant, row], weighs: context.isOnLeave
        ? 'never-used.on-leave'
        : days >= 180
        ? 'never-used.half-year'
        : days >= 90
        ? 'never-used.quarter'
        : 'never-used.month',
    }]
  }
  // Given after the window opened but too recently to tell: the silence before it says nothing about this right.
  const isTelling = granted === NO_DAY || granted < covered.from
  const days = covered.to - covered.from
  const weighs = context.isOnLeave
    || !isTelling
    || days < 90
    ? 'data-gap.usage-short'
    : days < 180
    ? 'data-gap.usage-quarter'
    : 'data-gap.usage-half-year'
  return [{ kind: 'data-gap', facts: { about: 'usage', knownSince: dateOf(covered.from), days }, quality: 'inferred', rows: [row], weighs }]
}

function lastUse(
  context: GrantContext, day: number, silence: number, of: 'application' | 'entitlement', isUsual: boolean, quality: Draft['quality'],
  rows: readonly string[],
): Draft {
  const days = context.population.asOfDay - day
  return {
    kind: 'last-use', facts: {
      lastUsed: dateOf(day), days, of,
    }, quality, rows, weighs: quality === 'stale' ? 'last-use.stale' : lastUseWeight(silence, isUsual, context.isOnLeave),
  }
}

function lastUseWeight(silence: number, isUsual: boolean, isOnLeave: boolean): WeightKey {
  if (silence <= 30) return 'last-use.month'
  if (isUsual) return 'last-use.within-rhythm'
  if (silence <= 90) return 'last-use.quarter'
  if (isOnLeave) return 'last-use.on-leave'
  return silence <= 180 ? 'last-use.half-year' : silence <= 365 ? 'last-use.year' : 'last-use.longer'
}

function frequency(context: GrantContext, rhythm: Rhythm, pattern: UsagePattern, weighs: WeightKey, isWithin: boolean, row: string): Draft {
  const last = pattern.lastUsed ?? context.population.asOfDay
  const range = pattern.covered ?? { from: last, to: last }
  const coveredMonths = Math.max(monthsIn(range), rhythm.months.length)
  return {
    kind: 'usage-frequency',
    facts: {
      rhythm: rhythm.name, activeDays: rhythm.activeDays, activeMonths: rhythm.months.length, coveredMonths,
      typicalGapDays: rhythm.typicalGap,
      isWithinRhythm: isWithin, months: rhythm.months.map((one) => ({ month: one.month, days: one.days })),
    },
    quality: pattern.isAmbiguous ? 'inferred' : 'observed',
    rows: [row],
    weighs,
  }
}
