import { useSyncExternalStore } from 'react'
import { campaignScope, campaignSpec, scopePart, stageRule, type CampaignScope, type CampaignSpec, type ScopePart, type StageRule } from '../../../../shared/model/campaign.ts'
import { addMonths } from '../../../components/format.ts'

export const steps = ['name', 'scope', 'reviewers', 'stages', 'rules', 'preview'] as const
export type Step = (typeof steps)[number]

/** A campaign being planned. `saved`: what the store has of it, as text; null = nothing yet. */
export interface CampaignDraft {
  readonly spec: CampaignSpec
  readonly asOf: string
  readonly step: Step
  readonly saved: string | null
}

export const emptyPart: ScopePart = scopePart.parse({})
export const emptyScope: CampaignScope = campaignScope.parse({})

/** A month to decide, the officer for what nobody else can take; the rest as the model has it. */
export const emptySpec = (officer: string, asOf: string, escalation?: CampaignSpec['escalation']): CampaignSpec => ({
  ...campaignSpec.parse({ escalation, name: '-', scope: {}, reviewers: { fallback: officer }, rules: { dueOn: addMonths(asOf, 1) }, control: {} }), name: '',
})

export const emptyStage = (officer: string): StageRule => ({
  ...stageRule.parse({ name: '-', reviewers: { order: ['owner'], fallback: officer } }), name: '',
})

export const textOf = (draft: Pick<CampaignDraft, 'spec' | 'asOf'>): string => JSON.stringify([draft.spec, draft.asOf])

// Drafts survive a look at another screen; the store has what was saved.
let kept: ReadonlyMap<string, CampaignDraft> = new Map()
const listeners = new Set<() => void>()

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const keepDraft = (key: string, draft: CampaignDraft | null): void => {
  const next = new Map(kept)
  if (draft === null) next.delete(key)
  else next.set(key, draft)
  kept = next
  for (const listener of listeners) listener()
}

export const keptDraft = (key: string): CampaignDraft | undefined => kept.get(key)

/** The draft as it stands in this window; `first` until something was changed. */
export const useDraft = (key: string, first: CampaignDraft): readonly [CampaignDraft, (draft: CampaignDraft) => void] => {
  const drafts = useSyncExternalStore(subscribe, () => kept)
  return [drafts.get(key) ?? first, (draft) => keepDraft(key, draft)]
}

/** Whether a part of a scope leaves anything out. */
export const isEmptyPart = (part: ScopePart): boolean =>
  Object.entries(emptyPart).every(([key, value]) => {
    const own = part[key as keyof ScopePart]
    return Array.isArray(own) ? own.length === 0 : own === value
  })
