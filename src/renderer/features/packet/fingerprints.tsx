import { BadgeCheck } from 'lucide-react'
import { SpokenDigits } from '../../components/spoken-digits.tsx'
import { t } from '../../texts/texts.ts'

/** The organisation's digits, and those of a key nobody has certified yet. */
export const Fingerprints = ({ rootSpoken, keySpoken }: { readonly rootSpoken: string; readonly keySpoken: string | null }) => {
  const words = t.packet
  return (
    <div className="packet-digits">
      {keySpoken === null ? <p className="packet-certified"><BadgeCheck size={17} className="outcome-keep" aria-hidden="true" /> {words.certified}</p> : (
        <div className="section">
          <SpokenDigits digits={keySpoken} label={words.keyDigits} say={words.digits} />
          <p className="field-hint">{words.keyDigitsText}</p>
        </div>
      )}
      <div className="section">
        <SpokenDigits digits={rootSpoken} label={words.rootDigits} say={words.digits} />
        <p className="field-hint">{words.rootDigitsText}</p>
      </div>
    </div>
  )
}
