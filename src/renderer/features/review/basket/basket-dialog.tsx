import { useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { UndoList } from '../decide/undo-list.ts'
import type { QueueItem } from '../review-types.ts'
import './basket.css'

interface DialogProps {
  /** Lines as they are now, riskiest first. */
  readonly lines: readonly QueueItem[]
  /** Decided in this sitting, the last at the end. */
  readonly done: UndoList
  readonly onGo: (itemId: number) => void
  readonly onUndo: (itemId: number) => void
  readonly onUndoGo: (id: number) => void
  readonly onSignOff: () => void
  readonly onClose: () => void
}

const words = t.review.depth.basket
const mostLines = 200
/** A line of the lists: an item, or several that were decided in one go. */
type Entry = QueueItem | { readonly id: number; readonly size: number }
const parts = ['undecided', 'pending', 'undo'] as const
type Part = (typeof parts)[number]

/** What was decided; while nothing is, what is advised, where that may be seen. */
const Standing = ({ line }: { readonly line: QueueItem }) => {
  if (line.state !== 'undecided') return <span className={`basket-standing outcome-${line.state}`}>{t.state[line.state]}</span>
  return <span className="basket-standing faint">{line.advice === null ? t.review.queue.hidden : t.review.queue.advised(t.advice[line.advice])}</span>
}

/** What is left, what waits for the signature, and what was just decided: a place to check before signing. */
export const BasketDialog = ({ lines, done, onGo, onUndo, onUndoGo, onSignOff, onClose }: DialogProps) => {
  const pending = lines.filter(({ state, isSignedOff }) => state !== 'undecided' && !isSignedOff)
  const byId = new Map(pending.map((line) => [line.itemId, line]))
  const listed: Readonly<Record<Part, readonly Entry[]>> = {
    undecided: lines.filter(({ state }) => state === 'undecided'), pending,
    undo: done.toReversed().flatMap((one): readonly Entry[] => {
      if (one.kind === 'together') return [{ id: one.id, size: one.items.length }]
      const line = byId.get(one.itemId)
      return line === undefined ? [] : [line]
    }),
  }
  const [part, setPart] = useState<Part>(listed.undecided.length > 0 ? 'undecided' : 'pending')
  const shown = listed[part]
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <div className="dialog-body basket">
        <ToggleButtonGroup className="filter-tabs" aria-label={words.title} selectionMode="single" disallowEmptySelection selectedKeys={[part]}
          onSelectionChange={(keys) => setPart(parts.find((one) => keys.has(one)) ?? 'undecided')}>
          {parts.map((one) => <ToggleButton key={one} id={one}>{words[one](formatNumber(listed[one].length))}</ToggleButton>)}
        </ToggleButtonGroup>
        {part === 'undo' ? <p className="soft">{words.undoHint}</p> : null}
        {shown.length === 0 ? <p className="faint">{words.none}</p> : (
          <ul className="basket-lines">
            {shown.slice(0, mostLines).map((line) => {
              if ('id' in line) {
                const go = words.together(t.items(line.size, formatNumber(line.size)))
                return (
                  <li key={`go-${line.id}`}>
                    <OutcomeSign state="keep" size={14} />
                    <span>{go}</span>
                    <button type="button" className="button quiet small basket-go" aria-label={`${t.review.decide.undoMany(formatNumber(line.size))}: ${go}`}
                      onClick={() => onUndoGo(line.id)}>{t.review.decide.undoMany(formatNumber(line.size))}</button>
                  </li>
                )
              }
              const [what, who] = [plainText(line.entitlementName), plainText(line.subjectName)]
              return (
                <li key={line.itemId}>
                  <OutcomeSign state={line.state} size={14} />
                  <button type="button" className="basket-item" title={words.go(what, who)} onClick={() => onGo(line.itemId)}>
                    <DirectoryText>{line.subjectName}</DirectoryText><span className="visually-hidden">, </span><strong><DirectoryText>{line.entitlementName}</DirectoryText></strong>
                  </button>
                  <Standing line={line} />
                  {part === 'undecided' ? null : (
                    <button type="button" className="button quiet small" aria-label={words.undoOne(what, who)} onClick={() => onUndo(line.itemId)}>{t.review.decide.undo}</button>
                  )}
                </li>
              )
            })}
            {shown.length > mostLines ? <li className="faint">{words.more(formatNumber(shown.length - mostLines))}</li> : null}
          </ul>
        )}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.close}</button>
        <button type="button" className="button primary" disabled={pending.length === 0} onClick={onSignOff}>{t.signOff.button}</button>
      </div>
    </DialogBox>
  )
}
