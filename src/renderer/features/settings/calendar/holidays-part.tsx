import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { FileUp, Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Holiday } from '../../../../shared/model/calendar.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { TextField } from '../../../components/fields.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { holidaysIn } from './holidays-file.ts'

const weekdayFormat = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'short', timeZone: 'UTC' })

const List = ({ days, onRemove }: { readonly days: readonly Holiday[]; readonly onRemove: ((day: string) => void) | null }) => (
  <ul className="sheet holiday-list" tabIndex={0} aria-label={t.calendar.holidays.title}>
    {days.map(({ day, name }) => (
      <li key={day}>
        <span className="numbers">{formatDay(day)}</span>
        <span className="faint small">{weekdayFormat.format(new Date(`${day}T00:00:00Z`))}</span>
        <span><DirectoryText>{name}</DirectoryText></span>
        {onRemove === null ? null : (
          <button type="button" className="button quiet icon-only small" aria-label={t.calendar.remove(`${plainText(name)}, ${formatDay(day)}`)} onClick={() => onRemove(day)}><X size={14} aria-hidden="true" /></button>
        )}
      </li>
    ))}
  </ul>
)

/** Days nobody works, one by one or from a file. Each change is kept at once; what is over is folded away. */
export const HolidaysPart = ({ mayChange }: { readonly mayChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.calendar.holidays
  const input = useRef<HTMLInputElement>(null)
  const holidays = useQuery(engine.calendar.holidays.queryOptions())
  const [day, setDay] = useState('')
  const [name, setName] = useState('')
  const [note, setNote] = useState<string | null>(null)
  const known = holidays.data ?? []
  const saving = useMutation({
    mutationFn: (days: readonly Holiday[]) => engine.calendar.setHolidays.call({ days: [...days] }),
    onSuccess: (kept) => { queries.setQueryData(engine.calendar.holidays.queryKey(), kept) },
  })
  const isTwice = known.some((one) => one.day === day)
  const isReady = /^\d{4}-\d{2}-\d{2}$/.test(day) && name.trim() !== '' && !isTwice && !saving.isPending
  const bring = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const found = holidaysIn(await file.text())
    const more = found.days.filter((one) => !known.some((old) => old.day === one.day))
    const said = [words.found(more.length, formatNumber(more.length)), ...(found.skipped > 0 ? [words.skipped(found.skipped, formatNumber(found.skipped))] : [])].join(' ')
    if (more.length > 0) await saving.mutateAsync([...known, ...more]).catch(() => undefined)
    setNote(said)
    announce(said)
  }
  const today = new Date().toISOString().slice(0, 10)
  const [past, ahead] = [known.filter((one) => one.day < today), known.filter((one) => one.day >= today)]
  const onRemove = mayChange ? (gone: string) => saving.mutate(known.filter((one) => one.day !== gone)) : null
  return (
    <div className="settings-block">
      <h3>{words.title}</h3>
      <p className="soft settings-text">{words.text}</p>
      {holidays.isError ? <FailureView error={holidays.error} isInline onRetry={() => void holidays.refetch()} /> : null}
      {holidays.isPending ? <Skeleton lines={4} /> : null}
      {holidays.data?.length === 0 ? <EmptyView isInline title={words.none} text={words.noneText} /> : null}
      {ahead.length > 0 ? <List days={ahead} onRemove={onRemove} /> : null}
      {past.length > 0 ? <details><summary className="soft">{words.past(past.length, formatNumber(past.length))}</summary><List days={past} onRemove={onRemove} /></details> : null}
      {mayChange && holidays.data !== undefined ? (
        <form className="settings-form holiday-form" onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          saving.mutate([...known, { day, name: name.trim() }], { onSuccess: () => { setDay(''); setName(''); announce(t.calendar.saved) } })
        }}>
          <TextField label={words.day} type="date" value={day} error={isTwice ? words.twice : null} onChange={setDay} />
          <TextField label={words.name} value={name} onChange={setName} />
          <button type="submit" className="button" disabled={!isReady}><Plus size={14} aria-hidden="true" />{t.calendar.add}</button>
          <span className="holiday-file">
            <input ref={input} className="visually-hidden" type="file" tabIndex={-1} aria-hidden="true" accept=".ics,.csv,.txt" data-testid="holidays-file"
              onChange={(event) => { void bring(event.target.files?.[0]); event.target.value = '' }} />
            <button type="button" className="button" onClick={() => input.current?.click()}><FileUp size={14} aria-hidden="true" />{words.choose}</button>
          </span>
          <span className="field-hint holiday-hint">{words.hint}</span>
        </form>
      ) : null}
      {note === null ? null : <p className="soft">{note}</p>}
      <FailureLine error={saving.error} />
    </div>
  )
}
