import { ChevronDown, ChevronRight, EyeOff, Flag, Lock, Sparkles } from 'lucide-react'
import { memo, useMemo } from 'react'
import type { CSSProperties } from 'react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import { t } from '../../../texts/texts.ts'
import type { QueueItem } from '../review-types.ts'
import type { Changes } from './queue-changes.ts'
import { undecidedIn } from './queue-rows.ts'
import type { Grouping, QueueRow } from './queue-rows.ts'

interface LineProps<K extends QueueRow['kind']> {
  readonly id: string
  readonly row: Extract<QueueRow, { kind: K }>
  readonly grouping: Grouping
  readonly style: CSSProperties
}

/** A person (or an application) with how much is open. */
export const GroupLine = ({ id, row, grouping, style, isActive, changes, onFold }: LineProps<'group'> & {
  readonly changes: Changes
  readonly isActive: boolean
  readonly onFold: (key: string, isFolded: boolean) => void
}) => {
  const { group, isOpen } = row
  const undecided = useMemo(() => undecidedIn(group, changes), [group, changes])
  const Fold = isOpen ? ChevronDown : ChevronRight
  const first = group.items[0]
  const size = formatNumber(group.items.length)
  return (
    // No key handler here: the tree's own key handling folds with the arrow keys.
    <div
      id={id} className="queue-group" role="treeitem" aria-level={1} aria-posinset={row.position} aria-setsize={row.size}
        aria-expanded={isOpen}
      data-active={isActive ? '' : undefined}
      style={style} onClick={() => onFold(group.key, isOpen)}
    >
      <Fold size={14} aria-hidden="true" />
      <span className="queue-group-name">
        <DirectoryText>{nameOf(group.name)}</DirectoryText>
        {grouping === 'person' && first?.subjectTitle ? (
          <span className="faint"> <DirectoryText>{first.subjectTitle}</DirectoryText></span>
        ) : null}
      </span>
      <span className="queue-group-count numbers"
        aria-label={undecided === 0 ? t.review.queue.groupDone(size) : t.review.queue.groupCount(formatNumber(undecided), size)}>
        {undecided === 0 ? <OutcomeSign state="keep" size={13} /> : `${formatNumber(undecided)} / ${size}`}
      </span>
    </div>
  )
}

/** A name of nothing but invisible characters still is a line that can be seen and spoken. */
const nameOf = (name: string): string => (plainText(name) === '' ? t.review.queue.noName : name)

const spoken = (item: QueueItem, grouping: Grouping): string =>
  [
    plainText(grouping === 'person' ? item.application : item.subjectName), t.state[item.state],
    item.isSignedOff ? t.review.queue.signedOff : null,
    item.isFlagged ? t.review.queue.flagged : null, item.modelDisagrees ? t.review.wording.inQueue : null, item.privilege === 'none' ? null : t.privilege[item.privilege], t.risk[item.risk],
    item.advice === null ? t.review.queue.hidden : t.review.queue.advised(t.advice[item.advice]),
  ].filter((part) => part !== null && part !== '').join(', ')

/** One item: what it is, how risky, and what is advised; once it is decided, what was decided stands in the advice's place. */
export const ItemLine = memo(({ id, row, item, grouping, style, isSelected, onSelect }: LineProps<'item'> & {
  /** The line as it is now. */
  readonly item: QueueItem
  readonly isSelected: boolean
  readonly onSelect: (itemId: number) => void
}) => {
  const isRisky = item.risk === 'critical' || item.risk === 'high'
  return (
    // No key handler here: the review's arrow keys move the selection.
    <div
      id={id} className="queue-item" role="treeitem" aria-level={2} aria-posinset={row.position} aria-setsize={row.size}
        aria-selected={isSelected}
      data-active={isSelected ? '' : undefined}
      data-state={item.state} style={style} onClick={() => onSelect(item.itemId)}
    >
      {item.isSignedOff ? <Lock size={15} className={`icon outcome-${item.state}`} aria-hidden="true" />
        : <OutcomeSign state={item.state} size={15} />}
      <span className="queue-item-text">
        <span className="queue-item-row">
          <span className="queue-item-name"><DirectoryText>{nameOf(item.entitlementName)}</DirectoryText><span className="visually-hidden">,</span></span>
          {item.modelDisagrees ? <Sparkles size={13} className="icon queue-flag" aria-hidden="true" /> : null}
          {item.isFlagged ? <Flag size={13} className="icon queue-flag" aria-hidden="true" /> : null}
        </span>
        <span className="queue-item-row" aria-hidden="true">
          <span className="queue-item-sub">
            <DirectoryText>{grouping === 'person' ? item.application : item.subjectName}</DirectoryText>
            {item.privilege === 'admin' || (item.privilege === 'elevated' && !isRisky)
              ? <span className={item.privilege === 'admin' ? 'hot' : 'warm'}>{t.privilege[item.privilege]}</span> : null}
            {isRisky ? <span className={item.risk === 'critical' ? 'hot' : 'warm'}>{t.riskShort[item.risk]}</span> : null}
          </span>
          {item.state !== 'undecided' ? <span className={`queue-outcome outcome-${item.state}`}>{t.state[item.state]}</span>
            : item.advice === null ? <EyeOff size={14} className="icon faint" />
              : <span className={`queue-outcome outcome-${item.advice}`}>{t.advice[item.advice]}</span>}
        </span>
        <span className="visually-hidden">{spoken(item, grouping)}</span>
      </span>
    </div>
  )
})
ItemLine.displayName = 'ItemLine'
