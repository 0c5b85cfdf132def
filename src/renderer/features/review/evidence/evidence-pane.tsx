import { useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { Ref } from 'react'
import { Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { ReviewItem } from '../review-types.ts'
import { EvidenceCard } from './evidence-card.tsx'
import { familyOf, toFamilies } from './families.ts'
import type { Family } from './families.ts'

export interface EvidenceHandle {
  /** Brings a signal's card into view and puts the focus on it; without an id, the first card. */
  readonly show: (signalId: string | null) => void
  readonly hasFocus: () => boolean
}

interface PaneProps {
  readonly item: ReviewItem | undefined
  /** An item is on the screen and its evidence on the way. */
  readonly isWaiting: boolean
  readonly handle: Ref<EvidenceHandle>
  readonly onLeave: () => void
}

/** The right pane: a card for each kind of evidence, drawn for looking rather than reading. */
export const EvidencePane = ({ item, isWaiting, handle, onLeave }: PaneProps) => {
  const pane = useRef<HTMLElement>(null)
  const [lit, setLit] = useState<string | null>(null)
  const isWeightShown = item !== undefined && item.advice !== null
  const families = useMemo(() => (item === undefined ? [] : toFamilies(item.signals, isWeightShown)), [item, isWeightShown])

  useImperativeHandle(handle, () => ({
    show: (signalId) => {
      const signal = item?.signals.find((one) => one.id === signalId)
      const family: Family | undefined = signal === undefined ? families[0]?.family : familyOf(signal)
      setLit(signalId)
      const card = pane.current?.querySelector<HTMLElement>(`[data-family="${family ?? ''}"]`)
      card?.focus({ preventScroll: true })
      card?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
    },
    hasFocus: () => pane.current?.contains(document.activeElement) ?? false,
  }), [item, families])

  return (
    <section
      ref={pane} className="evidence-pane" aria-label={t.review.evidencePane.label} tabIndex={0}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onLeave()
      }}
    >
      {isWaiting ? <Skeleton lines={9} /> : null}
      {item !== undefined && families.length === 0 ? <p className="soft">{t.review.evidencePane.none}</p> : null}
      {item === undefined ? null : families.map((family) => (
        <EvidenceCard key={family.family} family={family} item={item} isWeightShown={isWeightShown} litSignal={lit} />
      ))}
      {item === undefined ? null : (
        <p className="packet faint" title={t.review.evidencePane.packetHint}>
          {isWeightShown ? null : <>{t.review.evidencePane.weightsHidden}<br /></>}
          {t.review.evidencePane.packet} <span className="mono">{item.packetHash.slice(0, 16)}</span>
        </p>
      )}
    </section>
  )
}
