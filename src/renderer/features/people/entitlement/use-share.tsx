import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { formatDay, formatNumber, formatPercent } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'

const parts = ['within30Days', 'within90Days', 'within365Days', 'longer', 'notSeen'] as const
const words = t.inventory.entitlement

/** How long ago the holders last used it, as shares of a bar and in words. */
export const UseShare = ({ entitlementId }: { readonly entitlementId: number }) => {
  const engine = useEngine()
  const query = useQuery(engine.inventory.entitlementUsage.queryOptions({ input: { entitlementId }, staleTime: 60_000 }))
  if (query.isError) return <FailureView error={query.error} isInline onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={3} />
  const usage = query.data
  if (usage.holders === 0) return null
  const bars = parts.map((part, at) => ({ part, n: usage[part], x: parts.slice(0, at).reduce((sum, earlier) => sum + usage[earlier], 0) }))
  return (
    <section className="section">
      <h2>{words.usage}</h2>
      <p className="soft">{words.usageText} {usage.knownSince === null ? words.neverKnown : words.knownSince(formatDay(usage.knownSince))}</p>
      <div className="use-share" aria-hidden="true">
        <svg viewBox={`0 0 ${usage.holders} 1`} preserveAspectRatio="none">{bars.map(({ part, x, n }, at) => <rect key={part} className={`use-${at}`} x={x} y={0} width={n} height={1} />)}</svg>
      </div>
      <ul className="use-legend">
        {bars.map(({ part, n }, at) => (
          <li key={part}>
            <svg width="10" height="10" aria-hidden="true"><rect className={`use-${at}`} width="10" height="10" rx="2" /></svg>
            <span className="soft">{words[part]}</span>
            <span className="numbers">{words.share(formatNumber(n), formatPercent((n / usage.holders) * 100))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
