import { t } from '../../../texts/texts.ts'

/** What each figure counts, and what it says about a review. */
export const FigureMeanings = () => {
  const { title, lines } = t.campaigns.meaning
  return (
    <details className="day-table figure-meanings">
      <summary>{title}</summary>
      <dl>{lines.map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}</dl>
    </details>
  )
}
