import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import type { Session } from '../../api/session.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import type { Entry, EntryGroup } from './entries.ts'
import { useEntries } from './use-entries.ts'
import './palette.css'

interface PaletteProps {
  readonly session: Session
  readonly isWide: boolean
  readonly onToggleWide: () => void
  readonly onClose: () => void
}

const groupOrder = Object.keys(t.shell.palette.groups) as readonly EntryGroup[]

const Option = ({ entry, id, isCurrent, onPoint, onChoose }: {
  readonly entry: Entry; readonly id: string; readonly isCurrent: boolean; readonly onPoint: () => void; readonly onChoose: () => void
}) => {
  const Sign = entry.sign
  const line = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <li ref={line} id={id} role="option" aria-selected={isCurrent} className="palette-option" onPointerMove={onPoint} onClick={onChoose}>
      <Sign size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="palette-name"><DirectoryText>{entry.name}</DirectoryText></span>
      {entry.more === '' ? null : <span className="palette-more faint"><DirectoryText>{entry.more}</DirectoryText></span>}
    </li>
  )
}

/** One box that goes anywhere: places, actions, campaigns, sources, people, access. */
export const CommandPalette = ({ session, isWide, onToggleWide, onClose }: PaletteProps) => {
  const [typed, setTyped] = useState('')
  const [current, setCurrent] = useState(0)
  const id = useId()
  const { entries, isSearching, hasFailed } = useEntries(session, typed, isWide, onToggleWide)
  const ordered = groupOrder.flatMap((group) => entries.filter((entry) => entry.group === group))
  const at = Math.min(current, Math.max(0, ordered.length - 1))
  const optionId = (index: number): string => `${id}-${index}`
  const choose = (entry: Entry | undefined): void => {
    if (entry === undefined) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setCurrent((at + 1) % Math.max(1, ordered.length))
    else if (event.key === 'ArrowUp') setCurrent((at - 1 + ordered.length) % Math.max(1, ordered.length))
    else if (event.key === 'Enter') choose(ordered[at])
    else return
    event.preventDefault()
  }
  const words = t.shell.palette
  const standing = isSearching ? words.searching : typed.trim() === '' ? '' : ordered.length === 0 ? words.nothing(typed.trim()) : words.found(ordered.length, formatNumber(ordered.length))
  return (
    <ModalOverlay className="dialog-veil palette-veil" isOpen isDismissable onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Modal className="palette">
        <Dialog className="palette-dialog" aria-label={words.title}>
          <div className="palette-box">
            <Search size={17} aria-hidden="true" />
            <input autoFocus role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-activedescendant={ordered.length === 0 ? undefined : optionId(at)} aria-autocomplete="list"
              aria-label={words.title} placeholder={words.placeholder} value={typed} autoComplete="off" spellCheck={false}
              onChange={(event) => { setTyped(event.target.value); setCurrent(0) }} onKeyDown={onKeyDown} />
          </div>
          <div id={`${id}-list`} className="palette-list" role="listbox" aria-label={words.title} tabIndex={-1}>
            {groupOrder.map((group) => {
              const inGroup = ordered.filter((entry) => entry.group === group)
              return inGroup.length === 0 ? null : (
                <ul key={group} role="group" aria-label={words.groups[group]}>
                  <li role="presentation" className="palette-group">{words.groups[group]}</li>
                  {inGroup.map((entry) => {
                    const index = ordered.indexOf(entry)
                    return <Option key={entry.id} entry={entry} id={optionId(index)} isCurrent={index === at} onPoint={() => setCurrent(index)} onChoose={() => choose(entry)} />
                  })}
                </ul>
              )
            })}
          </div>
          <p className="palette-foot faint">
            <span role="status">{standing}</span>
            {hasFailed ? <span className="field-error" role="alert">{words.searchFailed}</span> : null}
            <span className="palette-keys">{words.hint}</span>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
