import type { CampaignSpec, ReviewerRule } from '../../../../shared/model/campaign.ts'
import { t } from '../../../texts/texts.ts'
import { steps, type CampaignDraft, type Step } from './campaign-draft.ts'

/** What is wrong, by field: `name`, `reviewers.named`, `stages.0.name`. */
export type Problems = Readonly<Record<string, string>>

const words = t.campaigns.wizard.problems
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

type Found = (readonly [field: string, problem: string] | false)[]

const ofRule = (at: string, rule: ReviewerRule): Found => [
  rule.order.length === 0 && [`${at}.order`, words.order],
  rule.order.includes('named') && rule.named === null && [`${at}.named`, words.named],
  rule.order.includes('group') && rule.group.length === 0 && [`${at}.group`, words.group],
  rule.mostItems !== null && !(Number.isInteger(rule.mostItems) && rule.mostItems >= 1) && [`${at}.mostItems`, words.positive],
  rule.fallback === '' && [`${at}.fallback`, words.fallback],
  ...rule.cases.flatMap(({ reviewer }, index): Found => [reviewer === '' && [`${at}.cases.${index}.reviewer`, words.caseReviewer]]),
]

const isBetween = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most

const positiveOrNull = (n: number | null): boolean => n === null || (Number.isInteger(n) && n >= 1)

const ofStep: Readonly<Record<Exclude<Step, 'preview'>, (spec: CampaignSpec, asOf: string) => Found>> = {
  name: (spec, asOf) => [spec.name.trim() === '' && ['name', words.name], !isDay(asOf) && ['asOf', words.asOf]],
  scope: ({ scope }) => [
    !positiveOrNull(scope.unusedForDays) && ['scope.unusedForDays', words.positive],
    ...scope.anyOf.flatMap((part, index): Found => [!positiveOrNull(part.unusedForDays) && [`scope.anyOf.${index}.unusedForDays`, words.positive]]),
  ],
  reviewers: ({ reviewers }) => ofRule('reviewers', reviewers),
  stages: ({ stages }) => stages.flatMap((stage, index): Found => [
    stage.name.trim() === '' && [`stages.${index}.name`, words.stageName], stage.takes.length === 0 && [`stages.${index}.takes`, words.takes],
    !isBetween(stage.days, 1, 365) && [`stages.${index}.days`, words.days], ...ofRule(`stages.${index}`, stage.reviewers),
  ]),
  rules: ({ rules, escalation }, asOf) => [
    !isDay(rules.dueOn) ? ['dueOn', words.due] : rules.dueOn < asOf && ['dueOn', words.dueEarly],
    !isBetween(rules.controlSharePercent, 0, 100) && ['controlShare', words.percent],
    ...escalation.flatMap(({ day }, index): Found => [!isBetween(day, -90, 90) && [`escalation.${index}`, words.escalationDay]]),
  ],
}

export const problemsAt = (step: Step, { spec, asOf }: Pick<CampaignDraft, 'spec' | 'asOf'>): Problems =>
  step === 'preview' ? {} : Object.fromEntries(ofStep[step](spec, asOf).filter((one) => one !== false))

/** The first step something is missing in; null = the draft can be saved and launched. */
export const firstProblem = (draft: Pick<CampaignDraft, 'spec' | 'asOf'>): Step | null =>
  steps.find((step) => Object.keys(problemsAt(step, draft)).length > 0) ?? null
