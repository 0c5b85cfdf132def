import { Fragment } from 'react'
import { plainText } from '../../../components/plain-text.ts'
import type { RenderedClaim } from '../../../../shared/model/narrative.ts'
import type { Signal } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'
import { signalName } from '../signal-words.ts'

interface ClaimProps {
  readonly claim: RenderedClaim
  readonly signals: readonly Signal[]
  readonly onEvidence: (signalId: string) => void
}

/** One sentence and the chips of what it rests on. Facts are set apart, and only ever drawn as text. */
export const ClaimLine = ({ claim, signals, onEvidence }: ClaimProps) => (
  <>
    {claim.pieces.map((piece, at) => {
      // Pieces keep their spaces: only the invisible controls are taken out.
      const text = `${/^\s/.test(piece.text) ? ' ' : ''}${plainText(piece.text)}${/\s$/.test(piece.text) ? ' ' : ''}`
      return piece.isFact ? <bdi key={at} className="fact">{text}</bdi> : <span key={at}>{text}</span>
    })}
    {claim.evidence.map((id) => {
      const signal = signals.find((one) => one.id === id)
      if (signal === undefined) return null
      const name = signalName(signal)
      return (
        <Fragment key={id}>
          {' '}
          <button type="button" className="chip" aria-label={t.review.item.showEvidence(name)} onClick={() => onEvidence(id)}>{name}</button>
        </Fragment>
      )
    })}
  </>
)
