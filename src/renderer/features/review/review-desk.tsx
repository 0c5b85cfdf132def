import { useEffect, useMemo, useRef, useState } from 'react'
import type { Session } from '../../api/session.ts'
import { notePlace } from '../../components/hash-route.ts'
import { AllDecided } from './all-decided.tsx'
import { DecisionBar } from './decide/decision-bar.tsx'
import { DecisionForm } from './decide/decision-form.tsx'
import { EvidencePane } from './evidence/evidence-pane.tsx'
import type { EvidenceHandle } from './evidence/evidence-pane.tsx'
import { ItemPane } from './item/item-pane.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import type { ReviewCommand } from './keys.ts'
import { FailedNotice, PaceStrip } from './notices.tsx'
import { progressOf } from './queue/progress-of.ts'
import { QueuePane } from './queue/queue-pane.tsx'
import { followingOf, nextUndecided, stepFrom } from './queue/queue-rows.ts'
import type { QueueTreeHandle } from './queue/queue-tree.tsx'
import { useQueueView } from './queue/use-queue-view.ts'
import { ReviewHead } from './review-head.tsx'
import type { Queue } from './review-types.ts'
import { SignOffDialog } from './sign-off/sign-off-dialog.tsx'
import { useDeciding } from './use-deciding.ts'
import { useItem } from './use-item.ts'
import { useReviewKeys } from './use-review-keys.ts'

interface DeskProps {
  readonly queue: Queue
  readonly firstItemId: number | null
  readonly session: Session
}

/** The three panes, and what every key and button does in them. */
export const ReviewDesk = ({ queue, firstItemId, session }: DeskProps) => {
  const { campaign, items } = queue
  const view = useQueueView(items)
  const [selectedId, setSelectedId] = useState<number | null>(() => {
    const named = items.find((line) => line.itemId === firstItemId)
    return (named ?? nextUndecided(view.order, null) ?? null)?.itemId ?? null
  })
  const [dialog, setDialog] = useState<'keys' | 'sign-off' | null>(null)
  const tree = useRef<QueueTreeHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  const evidence = useRef<EvidenceHandle>(null)
  const cameFrom = useRef<Element | null>(null)

  const line = items.find((one) => one.itemId === selectedId) ?? null
  const open = useItem(selectedId, view.order)
  const progress = progressOf(items)
  const following = useMemo(() => followingOf(view.order, selectedId), [view.order, selectedId])

  const select = (itemId: number | null): void => {
    setSelectedId(itemId)
    deciding.closeForm()
    if (itemId !== null) view.foldGroupOf(itemId, false)
    notePlace('review', String(campaign.id), ...(itemId === null ? [] : [String(itemId)]))
  }
  const deciding =
    useDeciding({ campaignId: campaign.id, items, order: view.order, line, item: open.item, onSelect: (itemId) => select(itemId) })

  useEffect(() => tree.current?.focus(), [])

  const step = (by: 1 | -1): void => {
    const next = stepFrom(view.order, selectedId, by)
    if (next !== null) select(next.itemId)
  }
  const showEvidence = (signalId: string | null): void => {
    cameFrom.current = document.activeElement
    evidence.current?.show(signalId)
  }
  const leaveEvidence = (): void => {
    const back = cameFrom.current
    if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus()
    else tree.current?.focus()
  }
  const run: Record<ReviewCommand, () => void> = {
    next: () => step(1),
    previous: () => step(-1),
    keep: () => deciding.choose('keep'),
    revoke: () => deciding.choose('revoke'),
    'look-closer': () => deciding.choose('look-closer'),
    'keep-until': () => deciding.choose('keep-until'),
    undo: deciding.undo,
    evidence: () => (evidence.current?.hasFocus() ? leaveEvidence() : showEvidence(null)),
    search: () => search.current?.select(),
    keys: () => setDialog('keys'),
    'sign-off': () => setDialog('sign-off'),
  }
  useReviewKeys((command) => run[command]())

  return (
    <div className="review">
      <ReviewHead campaign={campaign} progress={progress} asOf={session.asOf} onKeys={() => setDialog('keys')}
        onSignOff={() => setDialog('sign-off')} />
      <div className="review-panes">
        <QueuePane view={view} selectedId={selectedId} onSelect={select} tree={tree} search={search}
          onLeaveSearch={() => tree.current?.focus()} />
        <div className="item-pane">
          {deciding.pace === null ? null : <PaceStrip notice={deciding.pace} onDismiss={deciding.dismissPace} />}
          <div className="item-scroll" key={selectedId}>
            {deciding.failed === null ? null
              : <FailedNotice failed={deciding.failed} onRetry={deciding.retry} onDismiss={deciding.dismissFailure} />}
            {line === null ? (
              <AllDecided progress={progress} onSignOff={() => setDialog('sign-off')}
                onFirst={() => select(view.order[0]?.itemId ?? items[0]?.itemId ?? null)} />
            ) : (
              <ItemPane
                line={line} item={open.item} error={open.error} isRevealed={deciding.revealedId === line.itemId} following={following}
                onRetry={open.refetch}
                onEvidence={showEvidence} onNext={deciding.goOn} onReason={deciding.openForm}
              />
            )}
          </div>
          {line === null ? null : deciding.form !== null && open.item !== undefined ? (
            <DecisionForm key={`${line.itemId}-${deciding.form}`} item={open.item} outcome={deciding.form} onConfirm={deciding.confirm}
              onCancel={deciding.closeForm} />
          ) : (
            <DecisionBar
              state={line.state} isReady={open.item !== undefined && !line.isSignedOff} undo={deciding.undoable} onChoose={deciding.choose}
                onUndo={deciding.undo}
            />
          )}
        </div>
        <EvidencePane key={selectedId} item={open.item} handle={evidence} onLeave={leaveEvidence} />
      </div>
      {dialog === 'keys' ? <KeysDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'sign-off' ? (
        <SignOffDialog campaignId={campaign.id} session={session} isSaving={deciding.isSaving} onClose={() => setDialog(null)}
          onSigned={deciding.forget} />
      ) : null}
    </div>
  )
}
