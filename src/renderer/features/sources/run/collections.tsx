import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment, formatNumber, formatSeconds } from '../../../components/format.ts'
import type { RunCollection } from '../../../../shared/model/live-source.ts'
import { t } from '../../../texts/texts.ts'

const words = t.sources.run

const figuresOf = (one: RunCollection): readonly (readonly [string, string | null])[] => {
  const { figures } = words
  const count = (n: number | null): string | null => (n === null ? null : formatNumber(n))
  return [
    [figures.pages, count(one.pages)], [figures.records, count(one.records)], [figures.sourceCount, count(one.sourceCount)], [figures.heldCount, one.sourceCount === null ? null : count(one.heldCount)],
    [figures.retries, count(one.retries)], [figures.throttled, words.seconds(formatSeconds(one.throttledMs))], [figures.rejects, count(one.rejects)],
    [figures.span, one.from === null || one.to === null ? null : `${formatMoment(one.from)} – ${formatMoment(one.to)}`], [figures.api, one.apiVersion],
  ]
}

const Reconciled = ({ collection }: { readonly collection: RunCollection }) => {
  const { sourceCount, heldCount } = collection
  if (sourceCount === null || heldCount === null) return <p className="faint">{words.uncounted}</p>
  return sourceCount === heldCount ? <p className="outcome-keep">{words.reconciled}</p>
    : <p className="outcome-look-closer">{words.differs(formatNumber(Math.abs(sourceCount - heldCount)))}</p>
}

/** What was asked of a live source, collection by collection. */
export const Collections = ({ collections }: { readonly collections: readonly RunCollection[] }) => (
  <section className="section">
    <h2>{words.collections}</h2>
    <p className="soft">{words.collectionsText}</p>
    <ul className="sheet">
      {collections.map((one) => (
        <li key={one.name} className="collection">
          <div className="collection-head">
            <h3><DirectoryText>{words.collectionNames[one.name] ?? one.name}</DirectoryText></h3>
            <span className="badge">{words.mode[one.mode]}</span>
            <span className={one.isComplete ? 'badge good' : 'badge warm'}>{one.isComplete ? words.complete : words.incomplete}</span>
          </div>
          {one.query === '' ? <p className="faint small">{words.notAsked}</p>
            : <p className="query mono">{one.query.split('\n').map((line) => <span key={line}><DirectoryText>{line}</DirectoryText></span>)}</p>}
          <dl className="collection-figures numbers">
            {figuresOf(one).map(([label, value]) => (value === null ? null : <div key={label}><dt>{label}</dt><dd>{value}</dd></div>))}
          </dl>
          <Reconciled collection={one} />
          {one.gaps.length === 0 ? null : (
            <div>
              <h4>{words.gaps}</h4>
              <ul className="plain-notes">{one.gaps.map((gap) => <li key={gap}><DirectoryText>{gap}</DirectoryText></li>)}</ul>
            </div>
          )}
        </li>
      ))}
    </ul>
  </section>
)
