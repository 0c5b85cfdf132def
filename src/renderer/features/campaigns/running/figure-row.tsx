import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { secondsWords, shareWords, spanWords } from '../figures/share-words.ts'
import type { Figures } from './campaign-types.ts'

/** The campaign in figures, each with what it is a share of: the review, then what became of it. */
export const FigureRow = ({ figures }: { readonly figures: Figures }) => {
  const words = t.campaigns.figure
  const { progress, total, planted, removals } = figures
  const cells: readonly (readonly [label: string, value: string, of: string | null])[] = [
    [words.completion, shareWords(progress.items - progress.undecided, progress.items), words.of(formatNumber(progress.items))],
    [words.signed, shareWords(progress.signedOff, progress.items), words.of(formatNumber(progress.items))],
    [words.median, secondsWords(total.medianSeconds), null],
    [words.kept, shareWords(total.kept, total.decisions), words.of(formatNumber(total.decisions))],
    [words.attested, shareWords(total.attested, total.decisions), words.of(formatNumber(total.decisions))],
    [words.bulk, shareWords(total.bulk, total.decisions), words.of(formatNumber(total.decisions))],
    [words.visible, shareWords(total.agreedVisible, total.decidedVisible), words.of(formatNumber(total.decidedVisible))],
    [words.hidden, shareWords(total.agreedHidden, total.decidedHidden), words.of(formatNumber(total.decidedHidden))],
    ...(planted === 0 ? [] : [[words.found, shareWords(total.plantedRight, total.plantedAnswered), words.of(formatNumber(total.plantedAnswered))] as const]),
    ...(removals.planned === 0 ? [] : [
      [words.gone, shareWords(removals.gone, removals.planned), words.of(formatNumber(removals.planned))] as const,
      [words.toRemoval, spanWords(removals.medianHours), null] as const,
    ]),
  ]
  return (
    <>
      <dl className="figure-row sheet">
        {cells.map(([label, value, of]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numbers">{value}{of === null ? null : <span className="faint"> {of}</span>}</dd>
          </div>
        ))}
      </dl>
      <p className="faint small">{words.hint}</p>
    </>
  )
}
