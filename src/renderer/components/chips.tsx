import { X } from 'lucide-react'
import { DirectoryText } from './directory-text.tsx'
import { plainText } from './plain-text.ts'
import { t } from '../texts/texts.ts'

/** What was picked, each with a way to drop it again. */
export const Chips = ({ values, onRemove }: { readonly values: readonly string[]; readonly onRemove: (value: string) => void }) =>
  values.length === 0 ? null : (
    <ul className="picked-list">
      {values.map((value) => (
        <li key={value} className="picked">
          <DirectoryText>{value}</DirectoryText>
          <button type="button" className="picked-drop" aria-label={t.campaigns.wizard.remove(plainText(value))} onClick={() => onRemove(value)}>
            <X size={13} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
