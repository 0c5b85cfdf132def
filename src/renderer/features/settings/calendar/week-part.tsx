import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CalendarSettings } from '../../../../shared/model/calendar.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { LadderFields } from '../../../components/ladder-fields.tsx'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'

/** The week as people read it, Monday first. */
const week = [1, 2, 3, 4, 5, 6, 0] as const
const fewestWorked = 2

const isStep = (day: number): boolean => Number.isInteger(day) && day >= -90 && day <= 90

const Form = ({ stored, mayChange }: { readonly stored: CalendarSettings; readonly mayChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.calendar
  const [settings, setSettings] = useState(stored)
  const [isTried, setTried] = useState(false)
  const saving = useMutation({
    mutationFn: () => engine.calendar.setSettings.call(settings),
    onSuccess: async (kept) => {
      setSettings(kept)
      announce(words.saved)
      await queries.invalidateQueries({ queryKey: engine.calendar.settings.key() })
    },
  })
  const isShort = 7 - settings.weekend.length < fewestWorked
  const isWrong = isShort || settings.escalation.some(({ day }) => !isStep(day))
  const toggle = (day: number, isWorked: boolean): void =>
    setSettings((now) => ({ ...now, weekend: isWorked ? now.weekend.filter((one) => one !== day) : [...now.weekend, day].sort() }))
  return (
    <form className="settings-block" onSubmit={(event) => { event.preventDefault(); setTried(true); if (!isWrong && !saving.isPending) saving.mutate() }}>
      <fieldset className="plain-set sheet" disabled={!mayChange}>
        <legend>{words.week.legend}</legend>
        <p className="soft small">{words.week.text}</p>
        <div className="week-days">
          {week.map((day) => (
            <label key={day} className="week-day">
              <input type="checkbox" checked={!settings.weekend.includes(day)} onChange={(event) => toggle(day, event.target.checked)} />
              {words.week.days[day]}
            </label>
          ))}
        </div>
        {isTried && isShort ? <span className="field-error" role="alert">{words.week.few}</span> : null}
      </fieldset>
      <LadderFields title={words.ladder.title} text={words.ladder.text} steps={settings.escalation} isDisabled={!mayChange}
        problemAt={(index) => (isTried && !isStep(settings.escalation[index]?.day ?? Number.NaN) ? words.ladder.day : undefined)}
        onChange={(escalation) => setSettings((now) => ({ ...now, escalation }))} />
      <FailureLine error={saving.error} />
      {mayChange ? <p><button type="submit" className="button primary" disabled={saving.isPending}>{words.save}</button></p> : null}
    </form>
  )
}

/** Which days are worked, and the ladder a new campaign begins with. */
export const WeekPart = ({ mayChange }: { readonly mayChange: boolean }) => {
  const engine = useEngine()
  const settings = useQuery(engine.calendar.settings.queryOptions())
  return (
    <div className="settings-block">
      <h3>{t.calendar.week.title}</h3>
      {settings.isError ? <FailureView error={settings.error} isInline onRetry={() => void settings.refetch()} /> : null}
      {settings.isPending ? <Skeleton lines={4} /> : null}
      {settings.data === undefined ? null : <Form stored={settings.data} mayChange={mayChange} />}
    </div>
  )
}
