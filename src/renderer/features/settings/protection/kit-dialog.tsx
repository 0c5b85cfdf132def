import { Printer } from 'lucide-react'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

export interface Kit { readonly code: string; readonly at: string }

/** The recovery code, shown this once: large enough to be copied by hand, and alone on the page when it is printed. */
export const KitDialog = ({ kit, workspace, onClose }: { readonly kit: Kit; readonly workspace: string; readonly onClose: () => void }) => {
  const words = t.protection
  return (
    <DialogBox title={words.kitShown} isNarrow onClose={onClose}>
      <div className="dialog-body form-stack recovery-kit">
        <p className="recovery-kit-of"><strong><DirectoryText>{workspace}</DirectoryText></strong> · {formatDay(kit.at.slice(0, 10))}</p>
        <ol className="recovery-code" aria-label={words.code}>
          {kit.code.split('-').map((group, place) => <li key={place} className="mono">{group}</li>)}
        </ol>
        <p className="soft">{words.kitKeep}</p>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={() => window.print()}><Printer size={16} aria-hidden="true" />{words.print}</button>
        <button type="button" className="button primary" onClick={onClose}>{words.kitDone}</button>
      </div>
    </DialogBox>
  )
}
