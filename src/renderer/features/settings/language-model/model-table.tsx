import { Check } from 'lucide-react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment, formatNumber, formatPercent, formatSeconds } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { RunningExam } from './use-exam.ts'
import type { ModelLine } from './use-language-model.ts'

const words = t.settings.languageModel
const tone = { none: 'badge', passed: 'badge good', failed: 'badge hot', outdated: 'badge warm' } as const

interface TableProps {
  readonly models: readonly ModelLine[]
  readonly running: RunningExam | null
  readonly canChange: boolean
  readonly isBusy: boolean
  readonly onExam: (model: string) => void
  readonly onStop: () => void
  readonly onChoose: (model: string) => void
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '' : words.share(formatPercent(Math.floor((100 * part) / whole)), formatNumber(part), formatNumber(whole))

const Action = ({ model, running, canChange, isBusy, onExam, onStop, onChoose }: Omit<TableProps, 'models'> & { readonly model: ModelLine }) => {
  const name = plainText(model.name)
  if (running?.model === model.name) {
    return (
      <span className="exam-progress">
        <span className="soft" role="status">{running.step}</span>
        <button type="button" className="button small" onClick={onStop}>{words.stop}</button>
      </span>
    )
  }
  if (model.obstacle !== null || !canChange) return model.isChosen ? <span className="badge good">{words.chosen}</span> : null
  return (
    <span className="actions">
      <button type="button" className="button small" disabled={running !== null || isBusy} aria-label={model.exam === null ? words.runExamLabel(name) : words.againLabel(name)}
        onClick={() => onExam(model.name)}>
        {model.exam === null ? words.runExam : words.again}
      </button>
      {model.isChosen && model.examState === 'passed' ? (
        <span className="badge good"><Check size={13} aria-hidden="true" />{words.chosen}</span>
      ) : (
        <button type="button" className="button small primary" disabled={model.examState !== 'passed' || running !== null || isBusy}
          aria-label={words.chooseLabel(name)} onClick={() => onChoose(model.name)}>
          {words.choose}
        </button>
      )}
    </span>
  )
}

/** The models on the server with what they scored. Those that can never be used stay visible, with the reason. */
export const ModelTable = ({ models, ...rest }: TableProps) => (
  <div className="sheet model-table">
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{words.columns.model}</th>
          <th scope="col" className="number">{words.columns.size}</th>
          <th scope="col">{words.columns.exam}</th>
          <th scope="col" className="number">{words.columns.supported}</th>
          <th scope="col" className="number">{words.columns.form}</th>
          <th scope="col" className="number">{words.columns.time}</th>
          <th scope="col"><span className="visually-hidden">{words.columns.action}</span></th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => {
          const { exam, obstacle } = model
          return (
            <tr key={model.name} className={obstacle === null ? undefined : 'is-barred'}>
              <th scope="row">
                <span className="model-name"><DirectoryText>{model.name}</DirectoryText></span>
                <br />
                <span className="faint mono">{model.digest.slice(0, 12)}</span>
              </th>
              <td className="number">{obstacle === 'remote-model' ? '' : words.size(formatNumber(Math.round(model.bytes / 1e8) / 10))}</td>
              <td>
                {obstacle === null ? (
                  <span className={tone[model.examState]} title={exam === null ? undefined : words.examined(formatMoment(exam.at), exam.by)}>
                    {words.exam[model.examState]}
                  </span>
                ) : <span className="badge" title={words.obstacleText[obstacle]}>{words.obstacle[obstacle]}</span>}
              </td>
              {obstacle === null ? (
                <>
                  <td className="number">{exam === null ? '' : share(exam.verified, exam.sentences)}</td>
                  <td className="number">{exam === null ? '' : share(exam.schemaValid, exam.packets)}</td>
                  <td className="number">{exam === null ? '' : words.seconds(formatSeconds(exam.millisecondsPerItem))}</td>
                  <td><Action model={model} {...rest} /></td>
                </>
              ) : <td colSpan={4} className="barred-why">{words.obstacleText[obstacle]}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  </div>
)
