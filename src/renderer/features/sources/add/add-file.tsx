import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import type { TakenFile } from '../../../api/file-intake.ts'
import { ChoiceField, TextField } from '../../../components/fields.tsx'
import { goTo } from '../../../components/hash-route.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureView } from '../../../components/state-view.tsx'
import type { FileSourceKind } from '../../../../shared/model/source.ts'
import { t } from '../../../texts/texts.ts'
import { FileDrop } from '../file/file-drop.tsx'
import { MappingEditor } from '../file/mapping-editor.tsx'
import { noChange, toMappingChange, type MappingDraft } from '../file/mapping-change.ts'
import type { Preview } from '../source-types.ts'
import { useRead } from '../use-sync.ts'
import { Wizard } from './wizard.tsx'

const nameOf = (file: TakenFile): string => file.name.replace(/(\.(csv|tsv|txt|log|gz))+$/i, '').replace(/[_-]+/g, ' ').slice(0, 100)

/** A file becomes a source: choose it, say which column is what, name it, read it. Nothing is saved before the last step. */
export const AddFile = ({ kind, asOf, onBack }: { readonly kind: FileSourceKind; readonly asOf: string; readonly onBack: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const read = useRead()
  const [at, setAt] = useState(1)
  const [file, setFile] = useState<TakenFile | null>(null)
  const [draft, setDraft] = useState<MappingDraft>(noChange)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [name, setName] = useState('')
  const [accountsOf, setAccountsOf] = useState('')
  const [day, setDay] = useState(asOf)
  const [isAsked, setAsked] = useState(false)
  const others = useQuery(engine.sources.list.queryOptions())
  const add = useMutation(engine.sources.add.mutationOptions())
  const { steps } = t.sources

  const save = (readsNow: boolean): void => {
    setAsked(true)
    if (file === null || name.trim() === '') return
    const config = { file: file.path, ...(accountsOf === '' ? {} : { accountsOf }) }
    add.mutate({ name: name.trim(), kind, config, mapping: toMappingChange(draft) }, {
      onSuccess: (source) => {
        if (readsNow) read(source.name, { asOf: day })
        void queries.invalidateQueries()
        goTo('sources', 'of', source.name)
      },
    })
  }

  const back = <button type="button" className="button" onClick={() => (at === 1 ? onBack() : setAt(at - 1))}>{t.sources.previous}</button>
  const foot = at === 1 ? back : at === 2
    ? <>{back}<button type="button" className="button primary" disabled={preview === null} onClick={() => setAt(3)}>{t.sources.next}</button></>
    : (
      <>
        {back}
        <button type="button" className="button primary" disabled={add.isPending} onClick={() => save(true)}>{t.sources.saveAndRead}</button>
        <button type="button" className="button" disabled={add.isPending} onClick={() => save(false)}>{t.sources.saveOnly}</button>
      </>
    )
  return (
    <Wizard title={t.sources.addTitle(t.sources.kinds[kind])} steps={[steps.kind, steps.file, steps.columns, steps.name]} at={at} foot={foot}>
      {at === 1 ? (
        <FileDrop onTaken={(taken) => {
          setFile(taken)
          setDraft(noChange)
          setPreview(null)
          setName((before) => (before === '' ? nameOf(taken) : before))
          setAt(2)
        }} />
      ) : null}
      {at === 2 && file !== null ? (
        <>
          <p className="faint mono"><DirectoryText>{file.name}</DirectoryText></p>
          <MappingEditor previewed={{ of: 'file', kind, file: file.path }} draft={draft} onDraft={setDraft} onPreview={setPreview} />
        </>
      ) : null}
      {at === 3 ? (
        <div className="form-grid">
          <TextField label={t.sources.name} hint={t.sources.nameHint} value={name} onChange={setName} error={isAsked && name.trim() === '' ? t.sources.nameMissing : null} />
          <TextField label={t.sources.file.asOf} hint={t.sources.file.asOfHint} type="date" value={day} onChange={(value) => setDay(value === '' ? asOf : value)} />
          {kind === 'csv-sign-ins' ? (
            <ChoiceField label={t.sources.accountsOf} value={accountsOf} onChange={setAccountsOf}
              options={[['', t.sources.anySource], ...(others.data ?? []).filter((one) => !['csv-sign-ins', 'hr', 'scim'].includes(one.kind)).map((one) => [one.name, one.name] as const)]} />
          ) : null}
          {add.isError ? <div className="wide"><FailureView error={add.error} isInline onRetry={() => save(true)} /></div> : null}
        </div>
      ) : null}
    </Wizard>
  )
}
