import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import { t } from '../../../texts/texts.ts'
import { SeverityBadge } from '../badges.tsx'
import type { RuleLine } from '../policy-types.ts'

const order = { critical: 0, high: 1, medium: 2 } as const

interface ListProps {
  readonly rules: readonly RuleLine[]
  readonly open: string | undefined
  readonly unsaved: ReadonlySet<string>
  readonly isNewStarted: boolean
}

/** Rules with the most open conflicts first, then the gravest. */
export const RuleList = ({ rules, open, unsaved, isNewStarted }: ListProps) => (
  <nav aria-label={t.policies.rules.list}>
    <ul className="line-list">
      {isNewStarted ? (
        <li>
          <a href={toHash('policies', 'rules', 'new')} aria-current={open === 'new' ? 'true' : undefined}>
            <span className="line-title">{t.policies.rules.newTitle}</span>
            <span className="badge warm">{t.policies.rules.unsaved}</span>
          </a>
        </li>
      ) : null}
      {rules.toSorted((a, b) => b.counts.open - a.counts.open || order[a.rule.severity] - order[b.rule.severity]).map(({ rule, counts }) => (
        <li key={rule.id}>
          <a href={toHash('policies', 'rules', rule.id)} aria-current={open === rule.id ? 'true' : undefined}>
            <span className="line-title"><DirectoryText>{rule.name}</DirectoryText></span>
            <SeverityBadge severity={rule.severity} />
            <span className="line-detail">
              <span className={counts.open > 0 ? 'outcome-revoke' : 'faint'}>{t.policies.rules.openCount(counts.open, formatNumber(counts.open))}</span>
              {counts.mitigated > 0 ? <span>{formatNumber(counts.mitigated)} {t.policies.state.mitigated.toLowerCase()}</span> : null}
              {counts.exempt > 0 ? <span>{formatNumber(counts.exempt)} {t.policies.state.exempt.toLowerCase()}</span> : null}
              {unsaved.has(rule.id) ? <span className="outcome-look-closer">{t.policies.rules.unsaved}</span> : null}
            </span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
