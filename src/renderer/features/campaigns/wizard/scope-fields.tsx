import { useId, useState } from 'react'
import type { z } from 'zod'
import type { scopeChoices } from '../../../../shared/contract/campaigns.ts'
import type { ScopePart } from '../../../../shared/model/campaign.ts'
import { identityKind } from '../../../../shared/model/identity.ts'
import { privilege, risk } from '../../../../shared/model/entitlement.ts'
import { CheckField, TextField } from '../../../components/fields.tsx'
import { SearchBox } from '../../../components/search-box.tsx'
import { t } from '../../../texts/texts.ts'
import { Chips } from '../../../components/chips.tsx'
import { ChoiceList } from './choice-list.tsx'
import type { Problems } from './draft-problems.ts'
import { numberFrom } from '../../../components/number-from.ts'
import { useFound } from './use-found.ts'

export type Choices = z.infer<typeof scopeChoices>

interface ScopeFieldsProps<P extends ScopePart> {
  readonly part: P
  readonly onChange: (part: P) => void
  readonly choices: Choices
  readonly problems: Problems
  /** The field's name before the part's own: `scope`, `scope.anyOf.0`. */
  readonly at: string
}

const named = (values: readonly string[], words: Readonly<Record<string, string>>) => values.map((value) => ({ value, words: words[value] ?? value }))
const counted = (found: Choices['sources']) => found.map(({ value, grants }) => ({ value, words: value, count: grants }))

/** A picker for people or rights by what the inventory finds; keeps the sources' own ids. */
const InventoryPicker = ({ of, label, hint, chosen, onChange }: {
  readonly of: 'identities' | 'entitlements'; readonly label: string; readonly hint: string; readonly chosen: readonly string[]; readonly onChange: (chosen: string[]) => void
}) => {
  const [text, setText] = useState('')
  const { choices, isSearching } = useFound(text, of)
  return (
    <div className="picker">
      <SearchBox label={label} placeholder={hint} text={text} onText={setText} choices={choices.filter(({ key }) => !chosen.includes(key))} isSearching={isSearching}
        onChoose={(key) => onChange([...chosen, key])} />
      <Chips values={chosen} onRemove={(value) => onChange(chosen.filter((one) => one !== value))} />
    </div>
  )
}

/** Every condition a set of grants can have. */
export const ScopeFields = <P extends ScopePart>({ part, onChange, choices, problems, at }: ScopeFieldsProps<P>) => {
  const words = t.campaigns.wizard
  const id = useId()
  const set = (change: Partial<ScopePart>): void => onChange({ ...part, ...change })
  return (
    <div className="scope-fields">
      <div role="group" className="scope-group sheet" aria-labelledby={`${id}-where`}>
        <h3 id={`${id}-where`}>{words.where}</h3>
        <ChoiceList label={words.sources} options={counted(choices.sources)} chosen={part.sources} onChange={(sources) => set({ sources: [...sources] })} />
        <ChoiceList label={words.applications} options={counted(choices.applications)} chosen={part.applications} onChange={(applications) => set({ applications: [...applications] })} />
      </div>
      <div role="group" className="scope-group sheet" aria-labelledby={`${id}-whose`}>
        <h3 id={`${id}-whose`}>{words.whose}</h3>
        <ChoiceList label={words.departments} options={counted(choices.departments)} chosen={part.departments} onChange={(departments) => set({ departments: [...departments] })} />
        <ChoiceList label={words.kinds} options={named(identityKind.options, t.kind)} chosen={part.identityKinds}
          onChange={(chosen) => set({ identityKinds: identityKind.options.filter((kind) => chosen.includes(kind)) })} />
        <InventoryPicker of="identities" label={words.people} hint={words.peopleHint} chosen={part.people} onChange={(people) => set({ people })} />
      </div>
      <div role="group" className="scope-group sheet" aria-labelledby={`${id}-what`}>
        <h3 id={`${id}-what`}>{words.what}</h3>
        <ChoiceList label={words.privileges} options={named(privilege.options, t.privilege)} chosen={part.privileges}
          onChange={(chosen) => set({ privileges: privilege.options.filter((level) => chosen.includes(level)) })} />
        <ChoiceList label={words.risks} options={named(risk.options, t.risk)} chosen={part.risks} onChange={(chosen) => set({ risks: risk.options.filter((level) => chosen.includes(level)) })} />
        <InventoryPicker of="entitlements" label={words.entitlements} hint={words.entitlementsHint} chosen={part.entitlements} onChange={(entitlements) => set({ entitlements })} />
      </div>
      <div role="group" className="scope-group sheet" aria-labelledby={`${id}-how`}>
        <h3 id={`${id}-how`}>{words.how}</h3>
        <TextField label={words.newSince} type="date" value={part.newSince ?? ''} onChange={(day) => set({ newSince: day === '' ? null : day })} />
        <TextField label={words.unusedFor} hint={words.unusedForHint} type="number" value={part.unusedForDays === null ? '' : String(part.unusedForDays)}
          error={problems[`${at}.unusedForDays`]} onChange={(text) => set({ unusedForDays: numberFrom(text) })} />
        <CheckField label={words.onlyOrphans} isOn={part.onlyOrphans} onChange={(onlyOrphans) => set({ onlyOrphans })} />
        <CheckField label={words.onlyLeavers} isOn={part.onlyLeavers} onChange={(onlyLeavers) => set({ onlyLeavers })} />
        <CheckField label={words.onlyConflicts} isOn={part.onlyConflicts} onChange={(onlyConflicts) => set({ onlyConflicts })} />
      </div>
    </div>
  )
}
