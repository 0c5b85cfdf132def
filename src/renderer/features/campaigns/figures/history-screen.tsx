import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { BackLink } from '../../../components/back-link.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber, formatPercent } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { CampaignStateBadge } from '../campaign-state-badge.tsx'
import { FigureMeanings } from './figure-meanings.tsx'
import { secondsWords, shareWords, spanWords } from './share-words.ts'
import type { Engine } from '../../../api/engine.ts'

type History = Awaited<ReturnType<Engine['campaigns']['history']['call']>>
type Line = History[number]

const lines: readonly { readonly key: 'kept' | 'visible' | 'hidden' | 'found' | 'gone'; readonly share: (line: Line) => number | null }[] = [
  { key: 'kept', share: ({ total: { kept, decisions } }) => (decisions === 0 ? null : kept / decisions) },
  { key: 'visible', share: ({ total: { agreedVisible, decidedVisible } }) => (decidedVisible === 0 ? null : agreedVisible / decidedVisible) },
  { key: 'hidden', share: ({ total: { agreedHidden, decidedHidden } }) => (decidedHidden === 0 ? null : agreedHidden / decidedHidden) },
  { key: 'found', share: ({ total: { plantedRight, plantedAnswered } }) => (plantedAnswered === 0 ? null : plantedRight / plantedAnswered) },
  { key: 'gone', share: ({ removals: { gone, planned } }) => (planned === 0 ? null : gone / planned) },
]
const frame = { width: 720, height: 190, left: 44, right: 16, top: 12, bottom: 26 } as const

/** Shares from campaign to campaign; the table below has the same figures. */
const Trend = ({ history }: { readonly history: History }) => {
  const id = useId()
  const words = t.campaigns.history
  const shown = lines.filter(({ share }) => history.some((line) => share(line) !== null))
  const inner = frame.width - frame.left - frame.right
  const x = (at: number): number => frame.left + (history.length === 1 ? inner / 2 : (at / (history.length - 1)) * inner)
  const y = (share: number): number => frame.top + (1 - share) * (frame.height - frame.top - frame.bottom)
  return (
    <figure className="chart trend sheet">
      <figcaption><strong>{words.trend}</strong></figcaption>
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-labelledby={`${id}-title`}>
        <title id={`${id}-title`}>{words.trend}</title>
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line className="grid-line" x1={frame.left} x2={frame.width - frame.right} y1={y(share)} y2={y(share)} />
            <text className="axis-word" x={frame.left - 6} y={y(share) + 3} textAnchor="end">{formatPercent(share * 100)}</text>
          </g>
        ))}
        {shown.map(({ key, share }) => {
          const points = history.flatMap((line, at) => {
            const value = share(line)
            return value === null ? [] : [{ at, value }]
          })
          return (
            <g key={key}>
              <polyline className={`trend-${key}`} points={points.map((point) => `${x(point.at)},${y(point.value)}`).join(' ')} />
              {points.map((point) => <circle key={point.at} className={`trend-dot trend-${key}`} cx={x(point.at)} cy={y(point.value)} r="3" />)}
            </g>
          )
        })}
        {history.map(({ campaign }, at) => (at === 0 || at === history.length - 1
          ? <text key={campaign.id} className="axis-word" x={x(at)} y={frame.height - 6} textAnchor={history.length === 1 ? 'middle' : at === 0 ? 'start' : 'end'}>{formatDay(campaign.asOf)}</text> : null))}
      </svg>
      <ul className="legend" aria-hidden="true">
        {shown.map(({ key }) => <li key={key}><svg width="18" height="8"><line className={`trend-${key}`} x1="0" x2="18" y1="4" y2="4" /></svg>{words.legend[key]}</li>)}
      </ul>
    </figure>
  )
}

/** How reviews went from campaign to campaign. */
export const HistoryScreen = () => {
  const engine = useEngine()
  const history = useQuery(engine.campaigns.history.queryOptions())
  const words = t.campaigns
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href="#/campaigns">{words.back}</BackLink>
          <h1>{words.history.title}</h1>
          <p className="soft">{words.history.text}</p>
        </div>
        {history.isError ? <FailureView isInline error={history.error} onRetry={() => void history.refetch()} /> : null}
        {history.isPending ? <Skeleton lines={8} /> : null}
        {history.data?.length === 0 ? <EmptyView isInline title={words.history.none} text={words.history.noneText} /> : null}
        {history.data === undefined || history.data.length === 0 ? null : (
          <>
            {history.data.filter(({ total }) => total.decisions > 0).length > 1 ? <Trend history={history.data.filter(({ total }) => total.decisions > 0)} />
              : <p className="faint">{words.history.needsTwo}</p>}
            <div className="sheet wide-table" tabIndex={0} role="group" aria-label={words.history.title}>
              <table className="table dense history-table">
                <thead>
                  <tr>
                    <th scope="col">{words.columns.name}</th><th scope="col">{words.columns.state}</th><th scope="col">{words.history.asOf}</th><th scope="col" className="number">{words.columns.items}</th>
                    <th scope="col" className="number">{words.figure.completion}</th><th scope="col" className="number">{words.figure.median}</th><th scope="col" className="number">{words.figure.kept}</th>
                    <th scope="col" className="number">{words.pace.bulk}</th><th scope="col" className="number">{words.pace.agreed}</th>
                    <th scope="col" className="number">{words.figure.found}</th><th scope="col" className="number">{words.figure.gone}</th><th scope="col" className="number">{words.figure.toRemoval}</th>
                  </tr>
                </thead>
                <tbody>
                  {history.data.map(({ campaign, progress, total, removals }) => (
                    <tr key={campaign.id}>
                      <td><a className="strong-link" href={`#/campaigns/${campaign.id}`}><DirectoryText>{campaign.spec.name}</DirectoryText></a></td>
                      <td><CampaignStateBadge state={campaign.state} /></td>
                      <td className="day">{formatDay(campaign.asOf)}</td>
                      <td className="number">{formatNumber(progress.items)}</td>
                      <td className="number">{shareWords(progress.items - progress.undecided, progress.items)}</td>
                      <td className="number">{secondsWords(total.medianSeconds)}</td>
                      <td className="number">{shareWords(total.kept, total.decisions)}</td>
                      <td className="number">{shareWords(total.bulk + total.attested, total.decisions)}</td>
                      <td className="number">{`${shareWords(total.agreedVisible, total.decidedVisible)} / ${shareWords(total.agreedHidden, total.decidedHidden)}`}</td>
                      <td className="number">{shareWords(total.plantedRight, total.plantedAnswered)}</td>
                      <td className="number">{shareWords(removals.gone, removals.planned)}</td>
                      <td className="number">{spanWords(removals.medianHours)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <FigureMeanings />
          </>
        )}
      </div>
    </div>
  )
}
