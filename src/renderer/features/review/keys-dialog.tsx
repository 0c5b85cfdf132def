import { DialogBox } from '../../components/dialog-box.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { t } from '../../texts/texts.ts'

const keys: readonly (readonly [readonly string[], string])[] = [
  [['J', '↓'], t.review.keys.next], [['↑'], t.review.keys.previous], [['K'], t.review.keys.keep], [['R'], t.review.keys.revoke],
  [['L'], t.review.keys.lookCloser], [['E'], t.review.keys.keepUntil], [['A'], t.review.depth.passOn.keys], [['Z'], t.review.keys.undo], [['O'], t.review.depth.basket.keys], [['Space'], t.review.keys.evidence],
  [['/'], t.review.keys.search], [['1', '…', '9'], t.review.keys.reasons], [['Enter'], t.review.keys.confirm],
    [['Esc'], t.review.keys.cancel],
  [['←', '→'], t.review.keys.toggle], [['?'], t.review.keys.all], [['Ctrl', 'Enter'], t.review.keys.signOff],
]

/** Every key of the review. */
export const KeysDialog = ({ onClose, onGuide }: { readonly onClose: () => void; readonly onGuide: () => void }) => (
  <DialogBox title={t.review.keys.title} isNarrow onClose={onClose}>
    <div className="dialog-body">
      <p className="soft">{t.review.keys.intro}</p>
      <dl className="key-list">
        {keys.map(([names, what]) => (
          <div key={what}>
            <dt>
              {names.map((name) => <KeyHint key={name}>{name}</KeyHint>)}
              <span className="visually-hidden">{names.join(' ')}</span>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p><button type="button" className="button" onClick={onGuide}>{t.review.depth.guide.again}</button></p>
    </div>
  </DialogBox>
)
