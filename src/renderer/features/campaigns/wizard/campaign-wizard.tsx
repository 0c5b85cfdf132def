import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Campaign } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import { useWorkList } from '../../../api/kept-work.ts'
import { toFailure } from '../../../api/failure.ts'
import type { Session } from '../../../api/session.ts'
import { BackLink } from '../../../components/back-link.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { goTo } from '../../../components/hash-route.ts'
import { t } from '../../../texts/texts.ts'
import { CampaignStateBadge } from '../campaign-state-badge.tsx'
import { emptySpec, keepDraft, keptDraft, steps, textOf, useDraft, type CampaignDraft, type Step } from './campaign-draft.ts'
import { firstProblem, problemsAt } from './draft-problems.ts'
import { DiscardDraft } from './discard-draft.tsx'
import { LiveCount } from './live-count.tsx'
import { NameStep } from './name-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { ReviewersStep } from './reviewers-step.tsx'
import { RulesStep } from './rules-step.tsx'
import { ScopeStep } from './scope-step.tsx'
import { StagesStep } from './stages-step.tsx'
import type { StepProps } from './step-props.ts'

const stepViews: Readonly<Record<Exclude<Step, 'preview'>, (props: StepProps) => React.ReactNode>> = {
  name: NameStep, scope: ScopeStep, reviewers: ReviewersStep, stages: StagesStep, rules: RulesStep,
}
const newKey = 'new'

/** Planning a campaign: a few steps, in any order, kept as a draft. `campaign` null: one that was not saved yet. */
export const CampaignWizard = ({ campaign, session }: { readonly campaign: Campaign | null; readonly session: Session }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const words = t.campaigns.wizard
  const key = campaign === null ? newKey : String(campaign.id)
  const stored = campaign === null ? null : textOf(campaign)
  const calendar = useQuery(engine.calendar.settings.queryOptions({ enabled: campaign === null, staleTime: 60_000 }))
  const [draft, setDraft] = useDraft(key, {
    spec: campaign?.spec ?? emptySpec(session.person.email, session.asOf, calendar.data?.escalation), asOf: campaign?.asOf ?? session.asOf, step: 'name', saved: stored,
  })
  const mayChange = session.person.roles.includes('officer')
  // Whichever window launches it: what is being frozen is not changed meanwhile.
  const isBusy = useWorkList()?.some(({ name, standing }) => name === `launch:${campaign?.id ?? ''}` && standing.state === 'working') === true
  const [tried, setTried] = useState<ReadonlySet<Step>>(new Set())
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLDivElement>(null)
  const [toProblem, setToProblem] = useState(0)
  const { step } = draft
  const isSaved = draft.saved === textOf(draft)
  const missing = firstProblem(draft)
  const problems = tried.has(step) ? problemsAt(step, draft) : {}

  const before = useRef(step)
  useEffect(() => {
    if (before.current !== step) {
      heading.current?.closest('.page')?.scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    before.current = step
  }, [step])
  useEffect(() => {
    if (toProblem > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input, .field-error')?.focus()
  }, [toProblem])

  const saving = useMutation({
    mutationFn: async (next: CampaignDraft) => {
      const input = { spec: { ...next.spec, name: next.spec.name.trim(), control: { ...next.spec.control, frameworks: next.spec.control.frameworks.map((one) => one.trim()).filter((one) => one !== '') } }, asOf: next.asOf }
      return campaign === null ? engine.campaigns.create.call(input) : engine.campaigns.change.call({ campaign: campaign.id, ...input })
    },
    onSuccess: (made, next) => {
      // What was typed while this was being saved stays.
      const now = keptDraft(key)
      const isSame = now === undefined || textOf(now) === textOf(next)
      keepDraft(String(made.id), isSame ? { spec: made.spec, asOf: made.asOf, step: now?.step ?? next.step, saved: textOf(made) } : { ...now, saved: textOf(made) })
      if (campaign === null) {
        keepDraft(newKey, null)
        goTo('campaigns', String(made.id))
      }
      void queries.invalidateQueries({ queryKey: engine.campaigns.key() })
      void queries.invalidateQueries({ queryKey: engine.workspace.key() })
    },
  })

  const goStep = (to: Step): void => {
    const here = problemsAt(step, draft)
    if (steps.indexOf(to) > steps.indexOf(step) && Object.keys(here).length > 0) {
      setTried(new Set([...tried, step]))
      setToProblem((count) => count + 1)
      return
    }
    // The preview counts what is saved, so the way there leads past everything that is missing.
    const next: CampaignDraft = { ...draft, step: to === 'preview' && missing !== null ? missing : to }
    if (to === 'preview' && missing !== null) setTried(new Set(steps))
    setDraft(next)
    if (missing === null && !isSaved && mayChange) saving.mutate(next)
  }
  const at = steps.indexOf(step)
  const View = step === 'preview' ? null : stepViews[step]
  const failure = saving.error === null ? null : toFailure(saving.error)
  const previous = steps[at - 1]
  const following = steps[at + 1]
  return (
    <div className="page">
      <div className="page-inner wizard">
        <div>
          <BackLink href="#/campaigns">{t.campaigns.back}</BackLink>
          <div className="page-title">
            <h1>{draft.spec.name.trim() === '' ? words.newTitle : <DirectoryText>{draft.spec.name}</DirectoryText>}</h1>
            <CampaignStateBadge state="draft" />
            <span className="faint small wizard-saved" role="status">{!mayChange ? '' : saving.isPending ? words.saving : isSaved ? words.saved : words.unsaved}</span>
            {mayChange && campaign !== null && !isBusy ? <DiscardDraft campaign={campaign} /> : null}
          </div>
          {mayChange ? null : <p className="soft">{words.readOnly}</p>}
        </div>
        <nav aria-label={words.stepsLabel}>
          <ol className="step-list">
            {steps.map((one, index) => {
              const isMissing = tried.has(one) && Object.keys(problemsAt(one, draft)).length > 0
              return (
                <li key={one}>
                  <button type="button" className="step-button" aria-current={one === step ? 'step' : undefined} disabled={isBusy} onClick={() => goStep(one)}>
                    <span className="step-number" aria-hidden="true">{isMissing ? '!' : formatNumber(index + 1)}</span>
                    {words.steps[one]}
                    {isMissing ? <span className="visually-hidden"> ({words.hasProblem})</span> : null}
                  </button>
                </li>
              )
            })}
          </ol>
        </nav>
        {failure === null ? null : (
          <div className="notice hot" role="alert">
            <CircleAlert size={18} aria-hidden="true" />
            <div className="notice-body"><DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText></div>
          </div>
        )}
        <div className={step === 'scope' || step === 'reviewers' ? 'wizard-body with-count' : 'wizard-body'}>
          <div className="section" ref={form}>
            <h2 ref={heading} tabIndex={-1}>
              {words.steps[step]}
              <span className="visually-hidden"> {words.stepOf(formatNumber(at + 1), formatNumber(steps.length))}</span>
            </h2>
            <fieldset className="bare" disabled={!mayChange && step !== 'preview'}>
              {View === null
                ? (campaign === null || !isSaved ? <p className="soft" role="status">{words.saving}</p>
                  : <PreviewStep campaignId={campaign.id} name={campaign.spec.name} mayLaunch={mayChange} mostItems={campaign.spec.reviewers.mostItems} />)
                : <View draft={draft} session={session} problems={problems} onChange={(change) => setDraft({ ...draft, ...change })} />}
            </fieldset>
          </div>
          {step === 'scope' || step === 'reviewers' ? <LiveCount draft={draft} /> : null}
        </div>
        <div className="wizard-foot">
          {previous === undefined ? null : <button type="button" className="button" disabled={isBusy} onClick={() => goStep(previous)}>{words.previous}</button>}
          {following === undefined ? null : <button type="button" className="button primary" onClick={() => goStep(following)}>{words.next}</button>}
          <span className="top-space" />
          {mayChange && !isSaved && missing === null ? <button type="button" className="button" disabled={saving.isPending} onClick={() => saving.mutate(draft)}>{words.save}</button> : null}
        </div>
      </div>
    </div>
  )
}
