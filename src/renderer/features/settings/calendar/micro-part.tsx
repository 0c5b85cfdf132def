import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { microRuleKind, type MicroRule, type MicroRuleKind } from '../../../../shared/model/calendar.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { TextField } from '../../../components/fields.tsx'
import { formatDay } from '../../../components/format.ts'
import { numberOrNaN, numberText } from '../../../components/number-from.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'

/** What a rule begins with when it was never set. */
const usual: Readonly<Record<MicroRuleKind, number>> = { mover: 14, 'privileged-grant': 0, conflict: 0, 'unused-privileged': 90, 'contractor-end': 30, 'came-back': 0 }
const usualDueDays = 10

const isWithin = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most

const Rule = ({ stored, mayChange }: { readonly stored: MicroRule; readonly mayChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.calendar.micro
  const { name, text, days: daysWords } = words.rules[stored.kind]
  const [rule, setRule] = useState(stored)
  const saving = useMutation({
    mutationFn: (next: MicroRule) => engine.calendar.setMicroRule.call(next),
    onSuccess: async (_, next) => {
      setRule(next)
      announce(words.announce(name, next.isActive ? words.on : words.off))
      await queries.invalidateQueries({ queryKey: engine.calendar.key() })
    },
  })
  const problems = { days: isWithin(rule.days, 0, 730) ? null : words.outside, dueDays: isWithin(rule.dueDays, 1, 90) ? null : words.outside }
  const isFine = problems.days === null && problems.dueDays === null && !saving.isPending
  const isChanged = rule.days !== stored.days || rule.dueDays !== stored.dueDays
  return (
    <li className="micro-rule">
      <label className="micro-name">
        <input type="checkbox" role="switch" checked={rule.isActive} disabled={!mayChange || !isFine} onChange={(event) => saving.mutate({ ...rule, isActive: event.target.checked })} />
        <span><strong>{name}</strong><span className="soft small">{text}</span></span>
      </label>
      <form onSubmit={(event) => { event.preventDefault(); if (isFine && isChanged) saving.mutate(rule) }}>
        <fieldset className="plain-set micro-fields" disabled={!mayChange} aria-label={name}>
          {daysWords === '' ? <span /> : <TextField label={daysWords} type="number" value={numberText(rule.days)} error={problems.days} onChange={(typed) => setRule((now) => ({ ...now, days: numberOrNaN(typed) }))} />}
          <TextField label={words.dueDays} type="number" value={numberText(rule.dueDays)} error={problems.dueDays} onChange={(typed) => setRule((now) => ({ ...now, dueDays: numberOrNaN(typed) }))} />
          {mayChange ? <button type="submit" className="button small" aria-label={words.save(name)} disabled={!isChanged || !isFine}>{t.calendar.save}</button> : null}
        </fieldset>
      </form>
      <FailureLine error={saving.error} />
    </li>
  )
}

const Cases = () => {
  const engine = useEngine()
  const words = t.calendar.micro
  const cases = useQuery(engine.calendar.microCases.queryOptions())
  const { columns } = words
  if (cases.isError) return <FailureView error={cases.error} isInline onRetry={() => void cases.refetch()} />
  if (cases.data === undefined) return <Skeleton lines={3} />
  if (cases.data.length === 0) return <EmptyView isInline title={words.noCases} text={words.noCasesText} />
  return (
    <div className="sheet wide-table case-table" tabIndex={0} role="group" aria-label={words.cases}>
      <table className="table dense">
        <thead>
          <tr>
            <th scope="col">{columns.rule}</th><th scope="col">{columns.person}</th><th scope="col">{columns.what}</th><th scope="col">{columns.seen}</th><th scope="col">{columns.due}</th>
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {cases.data.map((one) => {
            const kind = microRuleKind.safeParse(one.kind).data
            return (
              <tr key={`${one.kind} ${one.key}`}>
                <td>{kind === undefined ? one.kind : words.rules[kind].name}</td><td><DirectoryText>{one.person}</DirectoryText></td><td><DirectoryText>{one.why}</DirectoryText></td>
                <td className="numbers">{formatDay(one.seenOn)}</td><td className="numbers">{formatDay(one.dueOn)}</td>
                <td>{words.states[one.state] ?? one.state}{one.campaign === null ? null : <><br /><a className="small" href={`#/campaigns/${one.campaign}`}>{words.toCampaign}</a></>}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** What opens a small review between the others, and what it saw. */
export const MicroPart = ({ mayChange }: { readonly mayChange: boolean }) => {
  const engine = useEngine()
  const words = t.calendar.micro
  const rules = useQuery(engine.calendar.microRules.queryOptions())
  const ruleOf = (kind: MicroRuleKind): MicroRule => {
    const set = rules.data?.find((one) => one.kind === kind)
    return set === undefined ? { kind, days: usual[kind], dueDays: usualDueDays, isActive: false } : { kind, days: set.days, dueDays: set.dueDays, isActive: set.isActive }
  }
  return (
    <div className="settings-block">
      <h3>{words.title}</h3>
      <p className="soft settings-text">{words.text}</p>
      {rules.isError ? <FailureView error={rules.error} isInline onRetry={() => void rules.refetch()} /> : null}
      {rules.isPending ? <Skeleton lines={6} /> : null}
      {rules.data === undefined ? null : <ul className="sheet micro-rules">{microRuleKind.options.map((kind) => <Rule key={kind} stored={ruleOf(kind)} mayChange={mayChange} />)}</ul>}
      <h4>{words.cases}</h4>
      <Cases />
    </div>
  )
}
