import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CircleAlert, ShieldCheck } from 'lucide-react'
import { useDeferredValue, useEffect } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { CheckField, ChoiceField, TextField } from '../../../components/fields.tsx'
import { plainText } from '../../../components/plain-text.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { FileSourceKind, Mapping } from '../../../../shared/model/source.ts'
import { t } from '../../../texts/texts.ts'
import type { Preview } from '../source-types.ts'
import { isUntouched, toMappingChange, withColumn, withConstant, withLayout, type MappingDraft } from './mapping-change.ts'
import { MappingLines } from './mapping-lines.tsx'
import { PreviewRows } from './preview-rows.tsx'

/** A file that is no source yet, or a source's own file. */
export type Previewed = { readonly of: 'file'; readonly kind: FileSourceKind; readonly file: string } | { readonly of: 'source'; readonly kind: FileSourceKind; readonly source: string }

const previewedRows = 50
const names = (fields: readonly string[]): string => fields.map((field) => t.sources.fields[field] ?? field).join(', ')
const options = <T extends string>(words: Readonly<Record<T, string>>) => Object.entries(words) as [T, string][]

interface EditorProps {
  readonly previewed: Previewed
  readonly draft: MappingDraft
  readonly onDraft: (draft: MappingDraft) => void
  /** What the file gives under the draft; null while it cannot be read like this. */
  readonly onPreview: (preview: Preview | null) => void
}

const Layout = ({ kind, mapping, draft, onDraft }: Pick<EditorProps, 'draft' | 'onDraft'> & { readonly kind: FileSourceKind; readonly mapping: Mapping }) => {
  const change = (layout: MappingDraft['layout']): void => onDraft(withLayout(draft, layout))
  return (
    <details className="section">
      <summary>{t.sources.mapping.layout}</summary>
      <div className="form-grid">
        <ChoiceField label={t.sources.mapping.delimiter} value={mapping.delimiter} options={options(t.sources.mapping.delimiters)} onChange={(delimiter) => change({ delimiter })} />
        <ChoiceField label={t.sources.mapping.dateOrder} value={mapping.dateOrder} options={options(t.sources.mapping.dateOrders)} onChange={(dateOrder) => change({ dateOrder })} />
        {kind === 'csv-entitlements' ? (
          <TextField label={t.sources.mapping.split} hint={t.sources.mapping.splitHint} value={draft.layout.splitEntitlementsAt ?? mapping.splitEntitlementsAt ?? ''}
            onChange={(text) => change({ splitEntitlementsAt: text === '' ? null : text })} />
        ) : null}
        <CheckField label={t.sources.mapping.hasHeader} isOn={mapping.hasHeader} onChange={(hasHeader) => change({ hasHeader })} />
      </div>
    </details>
  )
}

/** Which column is what, with the first rows as they would be read beside it. */
export const MappingEditor = ({ previewed, draft, onDraft, onPreview }: EditorProps) => {
  const engine = useEngine()
  const asked = useDeferredValue(draft)
  const mapping = isUntouched(asked) ? null : toMappingChange(asked)
  const query = useQuery({
    ...(previewed.of === 'file'
      ? engine.sources.previewFile.queryOptions({ input: { kind: previewed.kind, file: previewed.file, mapping, rows: previewedRows } })
      : engine.sources.preview.queryOptions({ input: { source: previewed.source, mapping, rows: previewedRows } })),
    placeholderData: keepPreviousData, staleTime: Infinity,
  })
  const preview = query.data
  useEffect(() => onPreview(query.isPlaceholderData || preview === undefined || preview.missing.length > 0 ? null : preview), [preview, query.isPlaceholderData, onPreview])
  if (query.isError) return <FailureView error={query.error} isInline onRetry={() => void query.refetch()} />
  if (preview === undefined) return <Skeleton lines={10} />
  // What was just chosen is shown at once; the engine's answer follows.
  const shown: Mapping = {
    ...preview.mapping, ...draft.layout,
    columns: Object.fromEntries(Object.entries({ ...preview.mapping.columns, ...draft.columns }).filter(([, column]) => column !== '')),
    constants: { ...(draft.constants ?? preview.mapping.constants) },
  }
  const used = new Set(Object.values(shown.columns))
  const unused = preview.header.filter((column) => !used.has(column) && !preview.protectedColumns.includes(column))
  return (
    <div className="mapping-columns">
      <div className="section">
        <h2>{t.sources.mapping.title}</h2>
        <p className="soft">{t.sources.mapping.text}</p>
        {preview.missing.length === 0 ? null : (
          <div className="notice warm" role="status">
            <CircleAlert size={18} aria-hidden="true" />
            <p>{t.sources.mapping.missing(names(preview.missing))}</p>
          </div>
        )}
        {preview.protectedColumns.length === 0 ? null : (
          <div className="notice">
            <ShieldCheck size={18} aria-hidden="true" />
            <p>{t.sources.mapping.protectedColumns(preview.protectedColumns.map(plainText).join(', '))}</p>
          </div>
        )}
        <MappingLines kind={previewed.kind} mapping={shown} preview={preview} onColumn={(field, column) => onDraft(withColumn(draft, preview.mapping, field, column))}
          onConstant={(field, value) => onDraft(withConstant(draft, preview.mapping, field, value))} />
        {unused.length === 0 ? null : <p className="faint">{t.sources.mapping.unused(unused.map(plainText).join(', '))}</p>}
        <Layout kind={previewed.kind} mapping={shown} draft={draft} onDraft={onDraft} />
      </div>
      <PreviewRows preview={preview} isBusy={query.isFetching} />
    </div>
  )
}
