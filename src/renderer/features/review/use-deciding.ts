import { useRef, useState } from 'react'
import { useAnnounce } from '../../components/announcer.tsx'
import { formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import type { Outcome } from '../../../shared/model/decision.ts'
import { t } from '../../texts/texts.ts'
import { needsForm, toDecision } from './decide/decision-draft.ts'
import type { DecisionDraft } from './decide/decision-draft.ts'
import { useDecisions } from './decide/use-decisions.ts'
import type { FailedCall } from './decide/use-decisions.ts'
import { paceNotice, readingTime } from './pace.ts'
import type { PaceNotice, PaceSample } from './pace.ts'
import type { Changes } from './queue/queue-changes.ts'
import { nextUndecided, undecidedAfter } from './queue/queue-rows.ts'
import type { Walk } from './queue/queue-rows.ts'
import type { QueueItem, ReviewItem } from './review-types.ts'
import { useOpenTime } from './use-open-time.ts'

interface DecidingInput {
  readonly campaignId: number
  readonly walk: Walk
  readonly changes: Changes
  /** A line as it is now. */
  readonly lineOf: (itemId: number) => QueueItem | null
  readonly undecided: number
  readonly line: QueueItem | null
  readonly item: ReviewItem | undefined
  readonly onSelect: (itemId: number | null) => void
}

export interface Deciding {
  readonly form: Outcome | null
  /** The item whose hidden advice has just been shown, because it was decided. */
  readonly revealedId: number | null
  readonly undoable: 'this' | 'last' | null
  readonly pace: PaceNotice | null
  readonly failed: FailedCall | null
  readonly isSaving: boolean
  readonly choose: (outcome: Outcome) => void
  readonly confirm: (draft: DecisionDraft) => void
  readonly openForm: (outcome: Outcome) => void
  readonly closeForm: () => void
  readonly undo: () => void
  /** Takes back one decision, wherever it is in the queue. */
  readonly undoItem: (itemId: number) => void
  /** Decided in this sitting and still to be taken back, the last one first. */
  readonly decided: readonly number[]
  /** Several were decided in one go: the item on the screen may be among them. */
  readonly decidedTogether: (answer: { readonly decided: readonly number[] }) => void
  readonly goOn: () => void
  readonly retry: () => void
  readonly dismissFailure: () => void
  readonly dismissPace: () => void
  /** After the sign-off nothing before it can be undone. */
  readonly forget: () => void
}

/** What happens when somebody decides: record it, say it, go on to the next item; or come back and undo. */
export const useDeciding = ({ campaignId, walk, changes, lineOf, undecided, line, item, onSelect }: DecidingInput): Deciding => {
  const announce = useAnnounce()
  const [form, setForm] = useState<Outcome | null>(null)
  const [revealedId, setRevealedId] = useState<number | null>(null)
  const [decided, setDecided] = useState<readonly number[]>([])
  const [samples, setSamples] = useState<readonly PaceSample[]>([])
  const opener = useRef<Element | null>(null)
  const openTime = useOpenTime(line?.itemId ?? null, item !== undefined)
  const decisions = useDecisions(campaignId, (failedItem) => {
    setDecided((before) => before.filter((id) => id !== failedItem.itemId))
    announce(t.review.announce.failed)
  })

  const goOn = (): void => {
    setRevealedId(null)
    onSelect(nextUndecided(walk, line?.itemId ?? null, changes)?.itemId ?? null)
  }
  const closeForm = (): void => {
    if (form === null) return
    setForm(null)
    const back = opener.current
    // The button that opened the form is drawn anew; the queue is the place to go on from.
    requestAnimationFrame(() =>
      (back instanceof HTMLElement && back.isConnected ? back : document.querySelector<HTMLElement>('[role=tree]'))?.focus())
  }
  const openForm = (outcome: Outcome): void => {
    if (item === undefined || line === null || line.isSignedOff) return
    opener.current = document.activeElement
    setForm(outcome)
  }
  const record = (draft: DecisionDraft): void => {
    if (item === undefined || line === null || line.isSignedOff) return
    const openMs = openTime()
    const isFirstChoice = line.state === 'undecided'
    const mustReveal = item.isAdviceHidden && item.advice === null
    decisions.decide(line, toDecision(item, draft, openMs), (answer) => {
      if (mustReveal && answer.advice !== null) announce(t.review.announce.reveal(t.advice[answer.advice.action]))
    })
    setDecided((before) => [...before.filter((id) => id !== item.itemId), item.itemId])
    if (isFirstChoice && openMs !== null) setSamples((before) => [...before.slice(-9), { openMs, readMs: readingTime(item) }])
    const left = undecided - (isFirstChoice ? 1 : 0)
    announce(t.review.announce.decided(t.state[draft.outcome], plainText(line.entitlementName), plainText(line.subjectName),
      formatNumber(left)))
    setForm(null)
    // A hidden advice is shown now: stay, so that it can be read. A changed mind on a decided item stays, too.
    if (mustReveal) setRevealedId(item.itemId)
    else if (isFirstChoice) goOn()
  }
  const choose = (outcome: Outcome): void => {
    if (item === undefined || line === null || line.isSignedOff) return
    if (needsForm(item, outcome)) openForm(outcome)
    else record({ outcome, reason: null, text: '', until: '', askOf: null })
  }
  const confirm = (draft: DecisionDraft): void => {
    record(draft)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=tree]')?.focus())
  }

  const canUndo = (one: QueueItem | null | undefined): one is QueueItem => one != null && one.state !== 'undecided' && !one.isSignedOff
  const lastId = decided.findLast((id) => canUndo(lineOf(id)))
  const last = lastId === undefined ? undefined : (lineOf(lastId) ?? undefined)
  const undoable = canUndo(line) ? 'this' : last !== undefined ? 'last' : null
  const takeBack = (target: QueueItem): void => {
    setRevealedId(null)
    setDecided((before) => before.filter((id) => id !== target.itemId))
    const access = plainText(target.entitlementName)
    const person = plainText(target.subjectName)
    announce(t.review.announce.undone(access, person))
    decisions.undo(target, (answer) => {
      if (answer.decision !== null) announce(t.review.announce.restored(t.state[answer.decision.outcome], access, person))
    })
  }
  const undo = (): void => {
    const target = canUndo(line) ? line : last
    if (target === undefined) {
      announce(t.review.announce.nothingToUndo)
      return
    }
    onSelect(target.itemId)
    takeBack(target)
  }
  const undoItem = (itemId: number): void => {
    const target = lineOf(itemId)
    if (canUndo(target)) takeBack(target)
  }
  const decidedTogether = (answer: { readonly decided: readonly number[] }): void => {
    const now = new Set(answer.decided)
    setDecided((before) => [...before, ...answer.decided])
    if (line !== null && now.has(line.itemId)) {
      setRevealedId(null)
      onSelect(undecidedAfter(walk, line.itemId, changes, now.size + 1).find(({ itemId }) => !now.has(itemId))?.itemId ?? null)
    }
  }
  const retry = (): void => {
    const { failed } = decisions
    if (failed === null) return
    if (failed.kind === 'undo') decisions.undo(failed.item, () => undefined)
    else {
      decisions.decide(failed.item, failed.input, () => undefined)
      setDecided((before) => [...before, failed.item.itemId])
    }
  }

  return {
    form, revealedId, undoable, pace: paceNotice(samples), failed: decisions.failed, isSaving: decisions.isSaving,
    choose, confirm, openForm, closeForm, undo, undoItem, decidedTogether, goOn, decided: decided.toReversed(),
    retry, dismissFailure: decisions.dismissFailure, dismissPace: () => setSamples([]), forget: () => setDecided([]),
  }
}
