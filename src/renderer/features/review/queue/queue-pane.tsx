import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { formatNumber } from '../../../components/format.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { EmptyView } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { queueFilters } from './queue-rows.ts'
import type { Changes } from './queue-changes.ts'
import type { Grouping, QueueFilter } from './queue-rows.ts'
import { QueueTree } from './queue-tree.tsx'
import type { QueueTreeHandle } from './queue-tree.tsx'
import type { QueueView } from './use-queue-view.ts'

interface PaneProps {
  readonly view: QueueView
  readonly changes: Changes
  readonly counts: Readonly<Record<QueueFilter, number>>
  /** Lines on their way; 0 = all are there. */
  readonly missing: number
  readonly selectedId: number | null
  readonly onSelect: (itemId: number) => void
  readonly tree: Ref<QueueTreeHandle>
  readonly search: Ref<HTMLInputElement>
  readonly onLeaveSearch: () => void
}

const groupings: readonly Grouping[] = ['person', 'application']

/** The left pane: what is there, narrowed and grouped as one likes. */
export const QueuePane = ({ view, changes, counts, missing, selectedId, onSelect, tree, search, onLeaveSearch }: PaneProps) => (
  <section className="queue-pane" aria-label={t.review.queue.label}>
    <div className="queue-tools">
      <div className="search-field">
        <Search size={15} aria-hidden="true" />
        <input
          ref={search} type="text" role="searchbox" value={view.search} placeholder={t.review.queue.searchHint}
            aria-label={t.review.queue.search} aria-keyshortcuts="/"
          spellCheck={false} autoComplete="off" onChange={(event) => view.setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && view.search !== '') view.setSearch('')
            else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') onLeaveSearch()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
        {view.search === '' ? (
          <KeyHint>/</KeyHint>
        ) : (
          <button type="button" className="clear" aria-label={t.review.queue.clear} onClick={() => view.setSearch('')}>
            <X size={14} aria-hidden="true" />
          </button>
        )}
      </div>
      <ToggleButtonGroup
        className={counts.all < 1_000 ? 'filter-tabs' : 'filter-tabs with-long-counts'} aria-label={t.review.queue.filter} selectionMode="single" disallowEmptySelection
          selectedKeys={[view.filter]}
        onSelectionChange={(keys) => view.setFilter(queueFilters.find((filter) => keys.has(filter)) ?? 'all')}
      >
        {queueFilters.map((filter) => (
          <ToggleButton key={filter} id={filter}>
            {t.review.queue.filters[filter]}{' '}
            <span className="count numbers">{formatNumber(counts[filter])}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="queue-grouping">
        <span aria-hidden="true">{t.review.queue.group}</span>
        <ToggleButtonGroup
          className="filter-tabs" aria-label={t.review.queue.group} selectionMode="single" disallowEmptySelection
            selectedKeys={[view.grouping]}
          onSelectionChange={(keys) => view.setGrouping(keys.has('application') ? 'application' : 'person')}
        >
          {groupings.map((grouping) => <ToggleButton key={grouping} id={grouping}>{t.review.queue[grouping]}</ToggleButton>)}
        </ToggleButtonGroup>
      </div>
      {missing === 0 ? null : <p className="queue-missing faint" role="status">{t.review.depth.loading(formatNumber(missing))}</p>}
    </div>
    {view.rows.length === 0 ? (
      <div className="queue-empty">
        <EmptyView isInline title={t.review.queue.noMatch} text={t.review.queue.noMatchText}>
          <button type="button" className="button" onClick={view.showAll}>{t.review.queue.showAll}</button>
        </EmptyView>
      </div>
    ) : (
      <QueueTree
        rows={view.rows} changes={changes} grouping={view.grouping} selectedId={selectedId} onSelect={onSelect} onFold={view.fold} handle={tree}
        onFoldSelected={(isFolded) => (selectedId === null ? undefined : view.foldGroupOf(selectedId, isFolded))}
      />
    )}
  </section>
)
