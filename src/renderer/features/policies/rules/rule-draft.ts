import type { EntitlementRef, SodRule, SodSide } from '../../../../shared/model/sod-rule.ts'

/** A rule being written, with every earlier state of it. Typing on in the same field is one step. */
export interface RuleDraft {
  readonly rule: SodRule
  readonly past: readonly SodRule[]
  readonly lastField: keyof SodRule | null
}

export const noSide: SodSide = { entitlements: [], tags: [] }

export const emptyRule: SodRule = {
  id: '', name: '', severity: 'high', description: '', reason: '', within: 'anywhere', left: noSide, right: noSide, compensating: null,
}

const typed: ReadonlySet<keyof SodRule> = new Set(['id', 'name', 'description', 'reason'])

export const startRuleDraft = (rule: SodRule): RuleDraft => ({ rule, past: [], lastField: null })

export const changeRule = <Field extends keyof SodRule>(draft: RuleDraft, field: Field, value: SodRule[Field]): RuleDraft => ({
  rule: { ...draft.rule, [field]: value },
  past: draft.lastField === field && typed.has(field) ? draft.past : [...draft.past, draft.rule],
  lastField: field,
})

export const undoRule = (draft: RuleDraft): RuleDraft => {
  const before = draft.past.at(-1)
  return before === undefined ? draft : { rule: before, past: draft.past.slice(0, -1), lastField: null }
}

export const isSameRule = (a: SodRule, b: SodRule): boolean => JSON.stringify(a) === JSON.stringify(b)

export const hasSide = (side: SodSide): boolean => side.entitlements.length + side.tags.length > 0

export const canPreview = (rule: SodRule): boolean => hasSide(rule.left) && hasSide(rule.right)

export type RuleProblem = 'needName' | 'needId' | 'takenId' | 'needSides'

/** What keeps a rule from being saved, in the order of the form. */
export const ruleProblems = (rule: SodRule, takenIds: ReadonlySet<string>): readonly RuleProblem[] => [
  ...(rule.name.trim() === '' ? (['needName'] as const) : []),
  ...(/^[a-z0-9][a-z0-9-]{0,63}$/.test(rule.id) ? (takenIds.has(rule.id) ? (['takenId'] as const) : []) : (['needId'] as const)),
  ...(canPreview(rule) ? [] : (['needSides'] as const)),
]

/** A safeguard side that was emptied is no safeguard. */
export const asSaved = (rule: SodRule): SodRule => ({
  ...rule, name: rule.name.trim(), compensating: rule.compensating === null || !hasSide(rule.compensating) ? null : rule.compensating,
})

/** `Create a vendor & pay it` → `create-a-vendor-pay-it`. */
export const idFromName = (name: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 48)

const isSameRef = (a: EntitlementRef, b: EntitlementRef): boolean => a.id === b.id && a.source === b.source

export const withEntitlement = (side: SodSide, ref: EntitlementRef): SodSide =>
  side.entitlements.some((one) => isSameRef(one, ref)) ? side : { ...side, entitlements: [...side.entitlements, ref] }

export const withoutEntitlement = (side: SodSide, ref: EntitlementRef): SodSide =>
  ({ ...side, entitlements: side.entitlements.filter((one) => !isSameRef(one, ref)) })

export const withTag = (side: SodSide, tag: string): SodSide => (side.tags.includes(tag) ? side : { ...side, tags: [...side.tags, tag] })

export const withoutTag = (side: SodSide, tag: string): SodSide => ({ ...side, tags: side.tags.filter((one) => one !== tag) })
