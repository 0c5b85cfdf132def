import { Undo2 } from 'lucide-react'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { TogetherGo } from './together-types.ts'

const words = t.review.depth.together

/** What was decided in one go before, each to be taken back in one go. */
export const GoneList = ({ recorded, isBusy, onUndo }: {
  readonly recorded: readonly TogetherGo[]
  readonly isBusy: boolean
  readonly onUndo: (id: number) => void
}) => (
  <section className="together-part">
    <h3>{words.recorded}</h3>
    <p className="soft">{words.recordedLead}</p>
    <ul className="together-groups">
      {recorded.map(({ id, way, at, size, standing }) => {
        const what = words.go[way](t.items(size, formatNumber(size)), formatMoment(at))
        return (
          <li key={id}>
            <span>{what}{standing === size ? null : <span className="faint"> {words.standing(formatNumber(standing))}</span>}</span>
            <button type="button" className="button small" aria-disabled={isBusy} aria-label={`${words.undoGo(formatNumber(standing))}: ${what}`}
              onClick={() => (isBusy ? undefined : onUndo(id))}>
              <Undo2 size={14} aria-hidden="true" />{words.undoGo(formatNumber(standing))}
            </button>
          </li>
        )
      })}
    </ul>
  </section>
)
