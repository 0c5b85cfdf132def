export type { ApplyOutcome, GiveBackOutcome, Remediation, RemediationDetail, RemediationState } from '../../../shared/model/remediation.ts'

/** What a tab shows, in the order of the work. */
export const tabs = {
  todo: ['planned', 'came-back'], underway: ['requested', 'applied'], gone: ['verified-gone'], back: ['withdrawn', 'restoring', 'restored'], all: [],
} as const
export type Tab = keyof typeof tabs
