import { useRef, useState } from 'react'
import { useAnnounce } from '../../components/announcer.tsx'
import { formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import type { Outcome } from '../../../shared/model/decision.ts'
import { t } from '../../texts/texts.ts'
import { needsForm, toDecision } from './decide/decision-draft.ts'
import type { DecisionDraft } from './decide/decision-draft.ts'
import { lastDone, withOne, withoutItems } from './decide/undo-list.ts'
import type { UndoList } from './decide/undo-list.ts'
import { useDecisions } from './decide/use-decisions.ts'
import type { FailedCall } from './decide/use-decisions.ts'
import { paceNotice, readingTime } from './pace.ts'
import type { PaceNotice, PaceSample } from './pace.ts'
import type { Changes } from './queue/queue-changes.ts'
import { nextUndecided, undecidedAfter } from './queue/queue-rows.ts'
import type { Walk } from './queue/queue-rows.ts'
import type { QueueItem, ReviewItem } from './review-types.ts'
import { useUndoTogether } from './together/use-undo-together.ts'
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
  /** What the undo key takes back: the item on the screen, the one decided last, or a number of items that were decided in one go. */
  readonly undoable: 'this' | 'last' | number | null
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
  /** Takes back what was decided in one go, by the number of its event. */
  readonly undoGo: (id: number) => void
  /** Decided in this sitting and still to be taken back, the last at the end. */
  readonly done: UndoList
  /** Several were decided in one go: the item on the screen may be among them. */
  readonly decidedTogether: (answer: { readonly id: number; readonly decided: readonly number[] }) => void
  /** A go was taken back elsewhere. */
  readonly undoneTogether: (answer: { readonly undone: readonly number[] }) => void
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
  const [done, setDone] = useState<UndoList>([])
  const [samples, setSamples] = useState<readonly PaceSample[]>([])
  const opener = useRef<Element | null>(null)
  const openTime = useOpenTime(line?.itemId ?? null, item !== undefined)
  const decisions = useDecisions(campaignId, (failedItem) => {
    setDone((before) => withoutItems(before, new Set([failedItem.itemId])))
    // What was not recorded has revealed nothing.
    setRevealedId((before) => (before === failedItem.itemId ? null : before))
    announce(t.review.announce.failed)
  })
  const undoneTogether = ({ undone }: { readonly undone: readonly number[] }): void => {
    setDone((before) => withoutItems(before, new Set(undone)))
    announce(t.review.depth.together.undone(t.items(undone.length, formatNumber(undone.length))))
  }
  const undoingGo = useUndoTogether(campaignId, (answer) => {
    undoneTogether(answer)
    const [first] = answer.undone
    if (first !== undefined) onSelect(first)
  }, () => announce(t.review.announce.failed))

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
    setDone((before) => withOne(before, item.itemId))
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
  const last = lastDone(done, (itemId) => canUndo(lineOf(itemId)))
  const undoable = canUndo(line) ? 'this' : last === undefined ? null : last.kind === 'one' ? 'last' : last.items.length
  const takeBack = (target: QueueItem): void => {
    setRevealedId(null)
    setDone((before) => withoutItems(before, new Set([target.itemId])))
    const access = plainText(target.entitlementName)
    const person = plainText(target.subjectName)
    announce(t.review.announce.undone(access, person))
    decisions.undo(target, (answer) => {
      if (answer.decision !== null) announce(t.review.announce.restored(t.state[answer.decision.outcome], access, person))
    })
  }
  const undoGo = (id: number): void => {
    setRevealedId(null)
    if (!undoingGo.isPending) undoingGo.mutate(id)
  }
  const undo = (): void => {
    if (!canUndo(line) && last?.kind === 'together') {
      undoGo(last.id)
      return
    }
    const target = canUndo(line) ? line : last?.kind === 'one' ? lineOf(last.itemId) : null
    if (target === null) {
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
  const decidedTogether = (answer: { readonly id: number; readonly decided: readonly number[] }): void => {
    const now = new Set(answer.decided)
    setDone((before) => [...before, { kind: 'together', id: answer.id, items: answer.decided }])
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
      setDone((before) => withOne(before, failed.item.itemId))
    }
  }

  return {
    form, revealedId, undoable, pace: paceNotice(samples), failed: decisions.failed, isSaving: decisions.isSaving || undoingGo.isPending,
    choose, confirm, openForm, closeForm, undo, undoItem, undoGo, decidedTogether, undoneTogether, goOn, done,
    retry, dismissFailure: decisions.dismissFailure, dismissPace: () => setSamples([]), forget: () => setDone([]),
  }
}
