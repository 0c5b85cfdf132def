import { useQuery } from '@tanstack/react-query'
import { Scissors } from 'lucide-react'
import { useEngine } from '../../../api/engine.ts'
import { SentenceText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import type { EffectPreview } from '../../../../shared/model/effect-preview.ts'
import { t } from '../../../texts/texts.ts'
import './effect.css'

const words = t.review.depth.effect

/** The effect in sentences, in the order one asks: what goes, can it, does it help, what else goes, whom does it hit. */
export const effectSentences = (effect: EffectPreview): readonly string[] => {
  if (!effect.isStillHeld) return [words.gone]
  const unnamed = effect.alsoLost - effect.alsoLostNames.length
  const named = [...effect.alsoLostNames.map((name) => t.quoted(name)), ...(unnamed > 0 ? [words.more(formatNumber(unnamed))] : [])].join(', ')
  return [
    `${effect.removes === 'right' ? words.right(effect.from) : words.membership(effect.from)} ${words.way[effect.way]}`,
    ...(effect.staysThrough.length === 0 ? []
      : [words.stays(effect.staysThrough.map((way) => (way === null ? words.direct : words.through(way))).join(', '))]),
    ...(effect.alsoLost === 0 ? [] : [words.also(effect.alsoLost, formatNumber(effect.alsoLost), named)]),
    effect.othersIfCut > 0 ? words.others(effect.othersIfCut, formatNumber(effect.othersIfCut)) : words.nobody,
  ]
}

/** What a revoke would come to, told before anybody decides. */
export const EffectNote = ({ itemId }: { readonly itemId: number }) => {
  const engine = useEngine()
  const effect = useQuery(engine.review.effect.queryOptions({ input: { itemId }, staleTime: 60_000 }))
  const isTricky = effect.data !== undefined && (effect.data.way !== 'at-source' || effect.data.staysThrough.length > 0 || effect.data.alsoLost > 0)
  return (
    <section className="effect-note" aria-label={words.title} data-tricky={isTricky ? '' : undefined}>
      <h2><Scissors size={14} aria-hidden="true" />{words.title}</h2>
      {effect.isError ? <p className="faint">{words.failed}</p>
        : effect.data === undefined ? <p className="faint">{words.loading}</p>
          : <p>{effectSentences(effect.data).map((sentence) => <span key={sentence}><SentenceText>{sentence}</SentenceText>{' '}</span>)}</p>}
    </section>
  )
}
