import { CircleAlert, CircleCheck, FileText, Sparkles } from 'lucide-react'
import { CommandLine } from '../../../components/command-line.tsx'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { Session } from '../../../api/session.ts'
import { toFailure } from '../../../api/failure.ts'
import { t } from '../../../texts/texts.ts'
import { ModelTable } from './model-table.tsx'
import { ServerForm } from './server-form.tsx'
import { useExam } from './use-exam.ts'
import { useLanguageModel, type LanguageModelStatus } from './use-language-model.ts'

const words = t.settings.languageModel

interface NowProps {
  readonly now: LanguageModelStatus
  readonly canChange: boolean
  readonly isLooking: boolean
  readonly onLook: () => void
  readonly onOff: () => void
}

/** Who words the evidence, and whether the server answers. */
const InUse = ({ now, canChange, isLooking, onLook, onOff }: NowProps) => {
  const { chosen, host } = now.settings
  const { detection } = now
  const isGone = chosen !== null && detection.state === 'ready' && !now.models.some((model) => model.isChosen && model.examState === 'passed')
  return (
    <div className="sheet">
      <div className={chosen === null ? 'model-now' : isGone ? 'model-now hot' : 'model-now good'}>
        {chosen === null ? <FileText size={18} aria-hidden="true" /> : <Sparkles size={18} aria-hidden="true" />}
        <div>
          <p><strong>{chosen === null ? words.fixed : <DirectoryText>{chosen.model}</DirectoryText>}</strong></p>
          <p className="soft">{chosen === null ? words.fixedText : isGone ? words.missing : words.inUse(chosen.digest.slice(0, 12))}</p>
        </div>
        {chosen !== null && canChange ? <button type="button" className="button" onClick={onOff}>{words.off}</button> : null}
      </div>
      <div className={detection.state === 'ready' ? 'model-now good' : 'model-now hot'}>
        {detection.state === 'ready' ? <CircleCheck size={18} aria-hidden="true" /> : <CircleAlert size={18} aria-hidden="true" />}
        <div>
          <p><strong>{now.isLoopback ? words.server : words.serverElsewhere}</strong></p>
          <p className="soft">
            <DirectoryText>{detection.state === 'ready' ? words.answers(detection.version, host) : detection.failure.message}</DirectoryText>
          </p>
          {now.restsForSeconds > 0 ? <p>{words.resting(formatNumber(now.restsForSeconds))}</p> : null}
        </div>
        <button type="button" className="button" disabled={isLooking} onClick={onLook}>{isLooking ? words.looking : words.look}</button>
        {detection.state === 'failed' && detection.failure.code === 'no-server' ? <CommandLine command="ollama serve" /> : null}
      </div>
    </div>
  )
}

const Figures = ({ figures }: Pick<LanguageModelStatus, 'figures'>) => (
  <section className="settings-block">
    <h3>{words.figures}</h3>
    <dl className="settings-figures">
      {([[words.asked, figures.narratives], [words.ownWords, figures.byModel], [words.replaced, figures.replaced],
        [words.disagreeing, figures.disagreeing]] as const).map(([label, count]) => (
        <div key={label}><dt>{label}</dt><dd>{formatNumber(count)}</dd></div>
      ))}
    </dl>
  </section>
)

/** Choosing, examining and watching the model that may word the evidence. */
export const LanguageModelSection = ({ session }: { readonly session: Session }) => {
  const model = useLanguageModel()
  const exam = useExam(model.refresh)
  const { status } = model
  const canChange = session.person.roles.includes('officer')
  const isBusy = model.choose.isPending || model.off.isPending || model.setHost.isPending || model.allowHost.isPending
  const failure = exam.error ?? model.failed?.error ?? null
  if (status.isError) return <FailureView error={status.error} isInline onRetry={() => void status.refetch()} />
  const now = status.data
  return (
    <>
      <section className="settings-block">
        <h2>{words.title}</h2>
        <p className="soft settings-text">{words.intro}</p>
        {failure === null ? null : (
          <div className="notice hot" role="alert">
            <CircleAlert size={18} aria-hidden="true" />
            <div className="notice-body"><DirectoryText>{toFailure(failure).message ?? t.failureTitle[toFailure(failure).kind]}</DirectoryText></div>
          </div>
        )}
        {now === undefined ? <Skeleton lines={4} /> : (
          <InUse now={now} canChange={canChange} isLooking={status.isFetching} onLook={() => void status.refetch()} onOff={() => model.off.mutate({})} />
        )}
      </section>
      {now === undefined ? null : (
        <>
          <section className="settings-block">
            <h3>{words.models}</h3>
            <p className="soft settings-text">{words.modelsText}</p>
            {now.detection.state === 'failed' ? null : now.models.length === 0 ? (
              <EmptyView isInline title={words.noModels} text={words.noModelsText}><CommandLine command="ollama pull llama3.2:3b" /></EmptyView>
            ) : (
              <ModelTable models={now.models} running={exam.running} canChange={canChange} isBusy={isBusy} onExam={exam.start} onStop={exam.stop}
                onChoose={(name) => model.choose.mutate({ model: name })} />
            )}
          </section>
          <section className="settings-block">
            <h3>{words.leaves}</h3>
            <ul className="settings-facts">
              {words.leavesFacts.map((fact, at) => (
                <li key={fact}>{at === 0 && !now.isLoopback ? <SentenceText>{words.leavesElsewhere(now.settings.host)}</SentenceText> : fact}</li>
              ))}
            </ul>
          </section>
          {now.figures.narratives === 0 ? null : <Figures figures={now.figures} />}
          <section className="settings-block">
            <h3>{words.where}</h3>
            <ServerForm key={now.settings.host} host={now.settings.host} allowedHosts={now.settings.allowedHosts} canChange={canChange} isBusy={isBusy}
              onHost={(host) => model.setHost.mutate({ host })} onAllow={(host, isAllowed) => model.allowHost.mutate({ host, isAllowed })} />
          </section>
        </>
      )}
    </>
  )
}
