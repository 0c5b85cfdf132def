import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { evidenceNotes } from '../../../shared/contract/evidence.ts'
import { useEngine } from '../../api/engine.ts'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { CustodyForm, SampleForm, TestForm } from './note-forms.tsx'
import { NoteTable } from './note-table.tsx'
import { SampleDialog } from './sample-dialog.tsx'

type Notes = z.infer<typeof evidenceNotes>

/** What is entered by hand into a campaign's evidence: tests of the population, samples, custody. */
export const CampaignNotes = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const campaigns = useQuery(engine.campaigns.list.queryOptions())
  const launched = (campaigns.data ?? []).filter(({ state }) => state !== 'draft')
  const [chosen, setChosen] = useState<number | null>(null)
  const campaign = chosen ?? launched[0]?.id ?? null
  return (
    <section className="section">
      <h2>{t.evidence.notes.title}</h2>
      <p className="soft">{isOfficer ? t.evidence.notes.text : t.evidence.notes.textForAuditor}</p>
      {campaigns.isError ? <FailureView error={campaigns.error} isInline onRetry={() => void campaigns.refetch()} /> : null}
      {campaigns.isPending ? <Skeleton lines={3} /> : null}
      {campaigns.data !== undefined && campaign === null ? <p className="soft">{t.evidence.notes.noCampaign}</p> : null}
      {campaign === null ? null : (
        <>
          <div className="note-campaign">
            <ChoiceField
              label={t.evidence.notes.campaign} value={String(campaign)} onChange={(value) => setChosen(Number(value))}
              options={launched.map(({ id, spec }) => [String(id), `${spec.name} (${id})`] as const)}
            />
          </div>
          <NotesOf key={campaign} campaign={campaign} isOfficer={isOfficer} />
        </>
      )}
    </section>
  )
}

const NotesOf = ({ campaign, isOfficer }: { readonly campaign: number; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const notes = useQuery(engine.evidence.notes.queryOptions({ input: { campaign } }))
  if (notes.isError) return <FailureView error={notes.error} isInline onRetry={() => void notes.refetch()} />
  if (notes.data === undefined) return <Skeleton lines={6} />
  return (
    <>
      <Tests notes={notes.data} isOfficer={isOfficer} />
      <Samples notes={notes.data} isOfficer={isOfficer} />
      <Custody notes={notes.data} isOfficer={isOfficer} />
    </>
  )
}

const by = (one: { readonly by: string; readonly at: string }) => <SentenceText>{t.evidence.notes.byAt(one.by, formatMoment(one.at))}</SentenceText>

interface Shown { readonly notes: Notes; readonly isOfficer: boolean }

const Tests = ({ notes, isOfficer }: Shown) => (
  <div className="sheet note-sheet">
    <h3>{t.evidence.tests.title}</h3>
    <p className="soft">{t.evidence.tests.text}</p>
    <NoteTable
      label={t.evidence.tests.title} rows={notes.tests} empty={t.evidence.tests.none} keyOf={(one) => one.seq}
      columns={[
        { title: t.evidence.tests.what, of: (one) => <>{t.evidence.tests.kinds[one.what]}{one.source === null ? null : <>: <DirectoryText>{one.source}</DirectoryText></>}</> },
        { title: t.evidence.tests.how, of: (one) => <DirectoryText>{one.explanation === '' ? one.how : `${one.how} (${one.explanation})`}</DirectoryText> },
        { title: t.evidence.tests.expected, isNumber: true, of: (one) => formatNumber(one.expected) },
        { title: t.evidence.tests.found, isNumber: true, of: (one) => formatNumber(one.found) },
        {
          title: t.evidence.tests.outcome,
          of: (one) => (one.expected === one.found ? <span className="badge good">{t.evidence.tests.passed}</span> : <span className="badge hot">{t.evidence.tests.failed}</span>),
        },
        { title: t.evidence.notes.by, of: by },
      ]}
    />
    {isOfficer ? <TestForm campaign={notes.campaign} /> : null}
  </div>
)

const Samples = ({ notes, isOfficer }: Shown) => {
  const [open, setOpen] = useState<number | null>(null)
  return (
    <div className="sheet note-sheet">
      <h3>{t.evidence.samples.title}</h3>
      <p className="soft">{t.evidence.samples.text}</p>
      <NoteTable
        label={t.evidence.samples.title} rows={notes.samples} empty={t.evidence.samples.none} keyOf={(one) => one.seq}
        columns={[
          { title: t.evidence.samples.seed, of: (one) => <span className="mono"><DirectoryText>{one.seed}</DirectoryText></span> },
          { title: t.evidence.samples.from, of: (one) => t.evidence.samples.of(t.evidence.samples.among[one.among], formatNumber(one.population)) },
          {
            title: t.evidence.samples.items,
            of: (one) => (
              <button type="button" className="button small" aria-label={`${t.evidence.samples.show(t.evidence.samples.count(one.items.length, formatNumber(one.items.length)))} ${t.evidence.samples.shown(String(one.sample))}`}
                onClick={() => setOpen(one.sample)}>
                {t.evidence.samples.show(t.evidence.samples.count(one.items.length, formatNumber(one.items.length)))}
              </button>
            ),
          },
          { title: t.evidence.notes.by, of: by },
        ]}
      />
      {notes.state === 'running' ? <p className="soft">{t.evidence.samples.afterClose}</p> : isOfficer ? <SampleForm campaign={notes.campaign} /> : <p className="soft">{t.evidence.samples.asOfficer}</p>}
      {open === null ? null : <SampleDialog campaign={notes.campaign} sample={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

const Custody = ({ notes, isOfficer }: Shown) => (
  <div className="sheet note-sheet">
    <h3>{t.evidence.custody.title}</h3>
    <p className="soft">{t.evidence.custody.text}</p>
    <NoteTable
      label={t.evidence.custody.title} rows={notes.custody} empty={t.evidence.custody.none} keyOf={(one) => one.seq}
      columns={[
        { title: t.evidence.custody.what, of: (one) => t.evidence.custody.kinds[one.what] },
        { title: t.evidence.custody.where, of: (one) => <DirectoryText>{one.where}</DirectoryText> },
        { title: t.evidence.custody.until, of: (one) => one.until ?? '–' },
        { title: t.evidence.custody.noted, of: (one) => <DirectoryText>{one.note}</DirectoryText> },
        { title: t.evidence.notes.by, of: by },
      ]}
    />
    {isOfficer ? <CustodyForm campaign={notes.campaign} /> : null}
  </div>
)
