import { ChevronDown, Search } from 'lucide-react'
import { useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { DirectoryText } from './directory-text.tsx'
import { plainText } from './plain-text.ts'
import { t } from '../texts/texts.ts'
import './search-box.css'

export interface Choice {
  readonly key: string
  readonly title: string
  readonly detail: string
}

interface SearchBoxProps {
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly placeholder: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly choices: readonly Choice[]
  readonly isSearching: boolean
  readonly isDisabled?: boolean
  readonly onChoose: (key: string) => void
}

/** A field that finds as one types; choosing empties it for the next. Arrow keys and Enter do everything. */
export const SearchBox = ({
  label, isLabelHidden = false, placeholder, text, onText, choices, isSearching, isDisabled = false, onChoose,
}: SearchBoxProps) => {
  // A choice is an act, not a value: the box must be able to choose the same thing again.
  const [round, setRound] = useState(0)
  return (
    <ComboBox
      key={round} className="finder" inputValue={text} onInputChange={onText} items={choices} selectedKey={null} isDisabled={isDisabled}
      menuTrigger="input" allowsEmptyCollection defaultFilter={() => true} autoFocus={round > 0}
      onSelectionChange={(key) => {
        if (key === null) return
        onText('')
        setRound((before) => before + 1)
        onChoose(String(key))
      }}
    >
      <Label className={isLabelHidden ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <div className="finder-line">
        <Search size={15} aria-hidden="true" />
        <Input placeholder={placeholder} />
        <Button className="finder-open"><ChevronDown size={15} aria-hidden="true" /></Button>
      </div>
      <Popover className="popover finder-results" offset={4} maxHeight={320}>
        <ListBox<Choice> renderEmptyState={() => <p className="soft finder-none">{isSearching ? t.policies.searching : t.policies.nothingFound}</p>}>
          {(choice) => (
            <ListBoxItem id={choice.key} className="menu-item finder-choice" textValue={plainText(choice.title)}>
              <span className="finder-title"><DirectoryText>{choice.title}</DirectoryText></span>
              <span className="faint"><DirectoryText>{choice.detail}</DirectoryText></span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
