import { useState } from 'react'
import type { CustodyKind, PopulationTestKind, SampleAmong } from '../../../shared/model/report-facts.ts'
import { useEngine } from '../../api/engine.ts'
import { ChoiceField, TextField } from '../../components/fields.tsx'
import { t } from '../../texts/texts.ts'
import { NoteForm } from './note-form.tsx'

interface OfCampaign { readonly campaign: number }

const isCount = (text: string): boolean => /^\d{1,9}$/.test(text.trim())
const choices = <T extends string>(words: Readonly<Record<T, string>>) => Object.entries(words) as [T, string][]

export const TestForm = ({ campaign }: OfCampaign) => {
  const engine = useEngine()
  const [what, setWhat] = useState<PopulationTestKind>('hr-headcount')
  const [source, setSource] = useState('')
  const [how, setHow] = useState('')
  const [expected, setExpected] = useState('')
  const [found, setFound] = useState('')
  const [explanation, setExplanation] = useState('')
  const words = t.evidence.tests
  return (
    <NoteForm
      submit={words.enter} done={words.entered} isReady={how.trim() !== '' && isCount(expected) && isCount(found)}
      onSubmit={() => engine.evidence.enterTest.call({
        campaign, what, source: source.trim() === '' ? null : source.trim(), how, expected: Number(expected), found: Number(found), explanation,
      })}
      onDone={() => { for (const clear of [setSource, setHow, setExpected, setFound, setExplanation]) clear('') }}
    >
      <ChoiceField label={words.what} value={what} options={choices(words.kinds)} onChange={setWhat} />
      <TextField label={words.source} hint={words.sourceHint} value={source} onChange={setSource} />
      <TextField label={words.how} hint={words.howHint} value={how} onChange={setHow} isWide />
      <TextField label={words.expected} hint={words.expectedHint} type="number" value={expected} onChange={setExpected} />
      <TextField label={words.found} hint={words.foundHint} type="number" value={found} onChange={setFound} />
      <TextField label={words.explanation} value={explanation} onChange={setExplanation} isWide />
    </NoteForm>
  )
}

export const SampleForm = ({ campaign }: OfCampaign) => {
  const engine = useEngine()
  const [seed, setSeed] = useState('')
  const [size, setSize] = useState('25')
  const [among, setAmong] = useState<SampleAmong>('all')
  const words = t.evidence.samples
  return (
    <NoteForm
      submit={words.draw} done={words.drawn} isReady={seed.trim() !== '' && isCount(size) && Number(size) > 0}
      onSubmit={() => engine.evidence.drawSample.call({ campaign, seed, size: Number(size), among })} onDone={() => setSeed('')}
    >
      <TextField label={words.seed} hint={words.seedHint} value={seed} onChange={setSeed} isWide />
      <TextField label={words.size} type="number" value={size} onChange={setSize} />
      <ChoiceField label={words.from} value={among} options={choices(words.among)} onChange={setAmong} />
    </NoteForm>
  )
}

export const CustodyForm = ({ campaign }: OfCampaign) => {
  const engine = useEngine()
  const [what, setWhat] = useState<CustodyKind>('stored')
  const [where, setWhere] = useState('')
  const [until, setUntil] = useState('')
  const [note, setNote] = useState('')
  const words = t.evidence.custody
  return (
    <NoteForm
      submit={words.enter} done={words.entered} isReady={where.trim() !== '' && (what !== 'retention' || until !== '')}
      onSubmit={() => engine.evidence.noteCustody.call({ campaign, what, where, note, until: until === '' ? null : until })}
      onDone={() => { for (const clear of [setWhere, setUntil, setNote]) clear('') }}
    >
      <ChoiceField label={words.what} value={what} options={choices(words.kinds)} onChange={setWhat} />
      <TextField label={words.where} hint={words.whereHint} value={where} onChange={setWhere} />
      <TextField label={words.until} hint={words.untilHint} type="date" value={until} onChange={setUntil} />
      <TextField label={words.note} value={note} onChange={setNote} />
    </NoteForm>
  )
}
