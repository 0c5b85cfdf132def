import { formatDay, formatDays, formatNumber, formatPercent } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import type { Signal } from '../../../shared/model/signal.ts'
import { t } from '../../texts/texts.ts'

/** What a signal is called on chips and in the arithmetic. */
export const signalName =
  (signal: Signal): string => (signal.kind === 'data-gap' ? t.signals.gapName[signal.facts.about] : t.signals.name[signal.kind])

/** One signal's facts in one plain sentence. Text only: directory words in it are stripped of invisible controls. */
export const signalSentence = (signal: Signal): string => {
  const s = t.signals
  switch (signal.kind) {
    case 'last-use':
      return `${s.lastUse(formatDay(signal.facts.lastUsed), formatDays(signal.facts.days))} ${s.of[signal.facts.of]}`
    case 'never-used':
      return `${s.neverUsed(formatDay(signal.facts.since), formatDays(signal.facts.days))} ${s.of[signal.facts.of]}`
    case 'usage-frequency': {
      const { rhythm, activeMonths, coveredMonths, isWithinRhythm } = signal.facts
      return `${s.rhythmLine(s.rhythm[rhythm], formatNumber(activeMonths), formatNumber(coveredMonths))}. ${isWithinRhythm ? s.withinRhythm
        : s.outsideRhythm}.`
    }
    case 'peer-prevalence':
      return `${s.peers(formatNumber(signal.facts.holders),
        formatNumber(signal.facts.peers))}. ${s.peersBasis[signal.facts.basis]}: ${plainText(signal.facts.group)}. ${s.peersLeftOut}`
    case 'usage-vs-peers': {
      const { basis, peers, ownDays, medianDays, windowDays } = signal.facts
      return `${s.usageVsPeers(t.days(ownDays, formatNumber(ownDays)), t.days(medianDays, formatNumber(medianDays)), formatDays(windowDays))} ${
        s.usageVsPeersOf[basis](t.people(peers, formatNumber(peers)))}`
    }
    case 'dormant-account': {
      const { lastSeen, since, days } = signal.facts
      return lastSeen === null ? s.dormantUnseen(formatDay(since), formatDays(days)) : s.dormantSince(formatDay(lastSeen), formatDays(days))
    }
    case 'similar-identities':
      return `${s.similar(formatNumber(signal.facts.holders), formatNumber(signal.facts.people))}. ${
        s.similarLikeness(formatPercent(signal.facts.likeness))}`
    case 'past-decision': {
      const { basis, kept, revoked, latest } = signal.facts
      const counts = `${s.pastDecision[basis]}: ${s.pastCounts(formatNumber(kept), formatNumber(revoked))}`
      return latest === null ? `${counts}.` : `${counts}, ${s.pastLatest(formatDay(latest))}.`
    }
    case 'unreviewed-streak':
      return s.streak(t.campaignCount(signal.facts.campaigns, formatNumber(signal.facts.campaigns)), formatDay(signal.facts.since))
    case 'no-peer-group':
      return s.noPeers(t.people(signal.facts.largestGroup, formatNumber(signal.facts.largestGroup)), formatNumber(signal.facts.needed))
    case 'companion-right':
      return `${s.companion(formatNumber(signal.facts.holders), formatNumber(signal.facts.others), plainText(signal.facts.right))} ${s.companionWhy(formatPercent(signal.facts.everybody))}`
    case 'mover': {
      const { attribute, from, to, on, oldPeersPercent, newPeersPercent } = signal.facts
      const change = `${s.mover[attribute]} ${formatDay(on)}: ${plainText(from)} → ${plainText(to)}.`
      return oldPeersPercent === null || newPeersPercent === null ? change
        : `${change} ${s.moverPeers(formatPercent(oldPeersPercent), formatPercent(newPeersPercent))}.`
    }
    case 'manager-change':
      return `${s.managerChange(formatDay(signal.facts.on))}.`
    case 'leaver':
      return `${s.leaver[signal.facts.how](formatDay(signal.facts.on))}.`
    case 'account-disabled':
      return s.disabled
    case 'orphan-account':
      return s.orphan[signal.facts.reason]
    case 'privilege':
      return `${s.privilegeScale}: ${t.privilege[signal.facts.privilege]}.`
    case 'risk':
      return `${t.risk[signal.facts.risk]}.`
    case 'sod-conflict':
      return `${s.conflict(plainText(signal.facts.ruleName))}. ${s.severity[signal.facts.severity]}.`
    case 'new-grant':
      return `${s.newGrant(formatDay(signal.facts.since), formatDays(signal.facts.days))}.`
    case 'grant-age':
      return `${s.grantAge(formatDay(signal.facts.since), formatDays(signal.facts.days))}.`
    case 'grant-path':
      return `${signal.facts.isDirect ? s.direct : s.indirect}.`
    case 'expiring':
      return `${signal.facts.isPast ? s.expired(formatDay(signal.facts.on)) : s.expiring(formatDay(signal.facts.on))}.`
    case 'service-account':
      return s.service[signal.facts.kind]
    case 'outsider':
      return s.outsider[signal.facts.kind]
    case 'data-gap':
      return signal.facts.knownSince === null ? s.gapUnknown[signal.facts.about]
        : s.gap[signal.facts.about](formatDay(signal.facts.knownSince))
  }
}
