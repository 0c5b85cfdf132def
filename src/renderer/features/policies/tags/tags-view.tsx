import { useQuery } from '@tanstack/react-query'
import { Hash } from 'lucide-react'
import { useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useEngine } from '../../../api/engine.ts'
import { formatNumber } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { TagDetail } from './tag-detail.tsx'

const filters = ['asked', 'given', 'all'] as const
type Filter = (typeof filters)[number]

/** Tags beside the one that is open: what carries it, and what looks as if it should. */
export const TagsView = ({ open, mayChange }: { readonly open: string | undefined; readonly mayChange: boolean }) => {
  const engine = useEngine()
  const tags = useQuery(engine.policies.tags.queryOptions())
  const [chosen, setFilter] = useState<Filter | null>(null)
  if (tags.isError) return <div className="policies-body"><FailureView error={tags.error} isInline onRetry={() => void tags.refetch()} /></div>
  if (tags.data === undefined) return <div className="policies-body"><Skeleton lines={8} /></div>
  const filter = chosen ?? (tags.data.some((one) => one.rules.length > 0) ? 'asked' : 'all')
  const shown = tags.data.filter((one) => filter === 'all' || one.tag === open || (filter === 'asked' ? one.rules.length > 0 : one.entitlements > 0))
  const tag = tags.data.find((one) => one.tag === open)
  return (
    <div className="policies-split">
      <div className="split-list">
        <ToggleButtonGroup
          className="filter-tabs" aria-label={t.policies.tags.filter} selectionMode="single" disallowEmptySelection selectedKeys={[filter]}
          onSelectionChange={(keys) => setFilter(filters.find((one) => keys.has(one)) ?? null)}
        >
          {filters.map((one) => <ToggleButton key={one} id={one}>{t.policies.tags.filters[one]}</ToggleButton>)}
        </ToggleButtonGroup>
        {shown.length === 0 ? <p className="soft">{t.policies.tags.noneAsked}</p> : null}
        <nav aria-label={t.policies.tabs.tags}>
          <ul className="line-list">
            {shown.map((one) => (
              <li key={one.tag}>
                <a href={toHash('policies', 'tags', one.tag)} aria-current={one.tag === open ? 'true' : undefined}>
                  <span className="line-title">{one.name}</span>
                  <span className="line-detail">
                    <span className={one.entitlements === 0 && one.rules.length > 0 ? 'outcome-look-closer' : undefined}>{t.policies.tags.carry(one.entitlements, formatNumber(one.entitlements))}</span>
                    {one.rules.length > 0 ? <span>{t.policies.tags.rules(one.rules.length, formatNumber(one.rules.length))}</span> : null}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {tag === undefined ? <EmptyView title={t.policies.tags.choose} text={t.policies.tags.text} sign={<Hash size={20} aria-hidden="true" />} />
        : <TagDetail key={tag.tag} tag={tag} mayChange={mayChange} />}
    </div>
  )
}
