import { useEffect, useMemo, useRef, useState } from 'react'
import type { Session } from '../../api/session.ts'
import { notePlace } from '../../components/hash-route.ts'
import { AllDecided } from './all-decided.tsx'
import { DecisionBar } from './decide/decision-bar.tsx'
import { DecisionForm } from './decide/decision-form.tsx'
import { BasketDialog } from './basket/basket-dialog.tsx'
import { GuideStrip, setGuide, useGuide } from './guide/guide-strip.tsx'
import { PassOnDialog } from './pass-on/pass-on-dialog.tsx'
import { useQuestions } from './questions/question-list.tsx'
import { QuestionsDialog } from './questions/questions-dialog.tsx'
import { TogetherDialog } from './together/together-dialog.tsx'
import { EvidencePane } from './evidence/evidence-pane.tsx'
import type { EvidenceHandle } from './evidence/evidence-pane.tsx'
import { ItemPane } from './item/item-pane.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import type { ReviewCommand } from './keys.ts'
import { FailedNotice, PaceStrip } from './notices.tsx'
import { lineNow, progressNow, progressOf } from './queue/queue-changes.ts'
import { QueuePane } from './queue/queue-pane.tsx'
import { countFlagged, flaggedNow, nextUndecided, stepFrom, undecidedAfter } from './queue/queue-rows.ts'
import type { QueueTreeHandle } from './queue/queue-tree.tsx'
import { useQueueView } from './queue/use-queue-view.ts'
import { ReviewHead } from './review-head.tsx'
import type { Queue, QueueItem } from './review-types.ts'
import { SignOffDialog } from './sign-off/sign-off-dialog.tsx'
import { useDeciding } from './use-deciding.ts'
import { useItem } from './use-item.ts'
import { useReviewKeys } from './use-review-keys.ts'

interface DeskProps {
  readonly queue: Queue
  readonly firstItemId: number | null
  readonly session: Session
}

/** How many items a language model may word ahead. */
const wordedAhead = 5

/** The three panes, and what every key and button does in them. */
export const ReviewDesk = ({ queue, firstItemId, session }: DeskProps) => {
  const { campaign, items, isWhole, changes } = queue
  const byId = useMemo(() => new Map(items.map((item) => [item.itemId, item])), [items])
  const lineOf = (itemId: number): QueueItem | null => {
    const loaded = byId.get(itemId)
    return loaded === undefined ? null : lineNow(loaded, changes)
  }
  const view = useQueueView(items, changes)
  const [selectedId, setSelectedId] = useState<number | null>(() =>
    (firstItemId !== null && byId.has(firstItemId) ? firstItemId : (nextUndecided(view.walk, null, changes)?.itemId ?? null)))
  const [dialog, setDialog] = useState<'keys' | 'sign-off' | 'pass-on' | 'together' | 'questions' | 'overview' | null>(null)
  const tree = useRef<QueueTreeHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  const evidence = useRef<EvidenceHandle>(null)
  const cameFrom = useRef<Element | null>(null)
  const isGuided = useGuide()
  const questions = useQuestions().data?.filter(({ canAnswer, answer }) => canAnswer && answer === null).length ?? 0

  const line = selectedId === null ? null : lineOf(selectedId)
  const following = useMemo(() => undecidedAfter(view.walk, selectedId, changes, wordedAhead).map(({ itemId }) => itemId), [view.walk, selectedId, changes])
  const open = useItem(line?.itemId ?? null, view.walk, following)
  const before = useMemo(() => (isWhole ? progressOf(items) : queue.progress), [items, isWhole, queue.progress])
  const progress = progressNow(before, byId, changes)
  const flaggedBefore = useMemo(() => countFlagged(items), [items])
  const counts = {
    all: progress.items, undecided: progress.undecided, flagged: flaggedNow(flaggedBefore, byId, changes), decided: progress.items - progress.undecided,
  }

  const select = (itemId: number | null): void => {
    setSelectedId(itemId)
    deciding.closeForm()
    if (itemId !== null) view.foldGroupOf(itemId, false)
    notePlace('review', String(campaign.id), ...(itemId === null ? [] : [String(itemId)]))
  }
  const deciding =
    useDeciding({ campaignId: campaign.id, walk: view.walk, changes, lineOf, undecided: progress.undecided, line, item: open.item, onSelect: (itemId) => select(itemId) })

  useEffect(() => tree.current?.focus(), [])

  const step = (by: 1 | -1): void => {
    const next = stepFrom(view.walk, selectedId, by)
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
  const passOn = (): void => {
    if (line !== null && !line.isSignedOff) setDialog('pass-on')
  }
  const close = (): void => setDialog(null)
  const samePerson = (of: QueueItem): number[] =>
    items.filter((item) => item.subjectKey === of.subjectKey && !lineNow(item, changes).isSignedOff).map(({ itemId }) => itemId)
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
    overview: () => setDialog('overview'),
    reassign: passOn,
  }
  useReviewKeys((command) => run[command]())

  return (
    <div className="review">
      <ReviewHead campaign={campaign} progress={progress} asOf={session.asOf} questions={questions} onKeys={() => setDialog('keys')}
        onTogether={() => setDialog('together')} onQuestions={() => setDialog('questions')} onOverview={() => setDialog('overview')} onSignOff={() => setDialog('sign-off')} />
      <div className="review-panes">
        <QueuePane view={view} changes={changes} counts={counts} missing={isWhole ? 0 : queue.progress.items - items.length} selectedId={selectedId} onSelect={select} tree={tree} search={search}
          onLeaveSearch={() => tree.current?.focus()} />
        <div className="item-pane">
          <div className="item-strips">
            {isGuided ? <GuideStrip /> : null}
            {deciding.pace === null ? null : <PaceStrip notice={deciding.pace} onDismiss={deciding.dismissPace} />}
          </div>
          <div className="item-scroll" key={selectedId}>
            {deciding.failed === null ? null
              : <FailedNotice failed={deciding.failed} onRetry={deciding.retry} onDismiss={deciding.dismissFailure} />}
            {line === null ? (
              <AllDecided progress={progress} onSignOff={() => setDialog('sign-off')}
                onFirst={() => select(view.walk.order[0]?.itemId ?? items[0]?.itemId ?? null)} />
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
                onUndo={deciding.undo} onPassOn={passOn}
            />
          )}
        </div>
        <EvidencePane key={selectedId} item={open.item} isWaiting={line !== null && open.item === undefined && open.error === null}
          handle={evidence} onLeave={leaveEvidence} />
      </div>
      {dialog === 'keys' ? <KeysDialog onClose={close} onGuide={() => { setGuide(true); close() }} /> : null}
      {dialog === 'questions' ? <QuestionsDialog onClose={close} /> : null}
      {dialog === 'together' ? <TogetherDialog campaignId={campaign.id} onClose={close} onDecided={deciding.decidedTogether}
        onUndone={deciding.undoneTogether} /> : null}
      {dialog === 'overview' ? (
        <BasketDialog lines={items.map((item) => lineNow(item, changes))} done={deciding.done} onUndo={deciding.undoItem} onUndoGo={deciding.undoGo} onClose={close}
          onGo={(itemId) => { close(); view.showAll(); select(itemId) }} onSignOff={() => setDialog('sign-off')} />
      ) : null}
      {dialog === 'pass-on' && line !== null ? (
        <PassOnDialog campaignId={campaign.id} line={line} samePerson={samePerson(line)} onClose={close}
          onDone={(gone) => { close(); select(undecidedAfter(view.walk, line.itemId, changes, gone.length + 1).find(({ itemId }) => !gone.includes(itemId))?.itemId ?? null) }} />
      ) : null}
      {dialog === 'sign-off' ? (
        <SignOffDialog campaignId={campaign.id} session={session} isSaving={deciding.isSaving} onClose={close}
          onSigned={deciding.forget} />
      ) : null}
    </div>
  )
}
