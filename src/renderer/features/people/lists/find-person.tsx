import { useState } from 'react'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryParts, DirectoryText } from '../../../components/directory-text.tsx'
import { plainText } from '../../../components/plain-text.ts'
import { TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'
import { useSettled } from '../../../components/use-settled.ts'
import { useGroup } from '../search/use-search.ts'

/** Chooses a person by name. */
export const FindPerson = ({ title, onChoose, onClose }: {
  readonly title: string; readonly onChoose: (identityId: number, name: string) => void; readonly onClose: () => void
}) => {
  const [typed, setTyped] = useState('')
  const text = useSettled(typed.trim(), 120)
  const people = useGroup(text, 'identities')
  const found = people.data?.pages[0]?.identities ?? []
  return (
    <DialogBox title={plainText(title)} isNarrow onClose={onClose}>
      <div className="dialog-body section">
        <TextField label={t.inventory.orphans.findLabel} value={typed} onChange={setTyped} />
        {found.length === 0 && people.isSuccess ? <p className="soft">{t.inventory.nothing(text)}</p> : null}
        <ul className="suggestions" aria-busy={people.isFetching}>
          {found.slice(0, 8).map((one) => (
            <li key={one.id}>
              <span className="cell-lines">
                <span><DirectoryText>{one.displayName}</DirectoryText></span>
                <span className="faint small"><DirectoryParts parts={[one.title, one.department, one.email]} /></span>
              </span>
              <button type="button" className="button small" aria-label={`${t.inventory.orphans.confirm}: ${one.displayName}`} onClick={() => onChoose(one.id, one.displayName)}>{t.inventory.orphans.confirm}</button>
            </li>
          ))}
        </ul>
      </div>
    </DialogBox>
  )
}
