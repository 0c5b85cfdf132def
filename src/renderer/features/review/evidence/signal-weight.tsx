import { formatWeight } from '../../../components/format.ts'
import type { Signal } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'

/** What a signal adds to the score, signed; nothing where it adds nothing. */
export const SignalWeight = ({ signal }: { readonly signal: Signal }) =>
  signal.weight === 0 ? null : (
    <span className={signal.weight > 0 ? 'signal-weight numbers for' : 'signal-weight numbers against'}>
      {formatWeight(signal.weight)}
      <span className="visually-hidden"> {t.signals.direction[signal.direction]}</span>
    </span>
  )
