import { mappableFields, requiredFields, type FileSourceKind, type Mapping } from '../../../../shared/model/source.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { Preview } from '../source-types.ts'

const constantChoice = '\u0000constant'

interface LinesProps {
  readonly kind: FileSourceKind
  readonly mapping: Mapping
  readonly preview: Preview
  readonly onColumn: (field: string, column: string) => void
  readonly onConstant: (field: string, value: string) => void
}

/** Each field and the file's column for it, needed ones first. */
export const MappingLines = ({ kind, mapping, preview, onColumn, onConstant }: LinesProps) => {
  const required: readonly string[] = requiredFields[kind]
  const all: readonly string[] = mappableFields[kind]
  const protectedColumns = new Set(preview.protectedColumns)
  const choices = preview.header.filter((column) => !protectedColumns.has(column))
  return (
    <ul className="mapping-list sheet" aria-label={t.sources.mapping.title}>
      {[...required, ...all.filter((field) => !required.includes(field))].map((field) => {
        const name = t.sources.fields[field] ?? field
        const constant = mapping.constants[field]
        const column = mapping.columns[field]
        const isMissing = preview.missing.includes(field)
        return (
          <li key={field} className={isMissing ? 'mapping-line is-missing' : 'mapping-line'}>
            <label htmlFor={`map-${field}`}>
              {name}
              {required.includes(field) ? <span className="faint"> ({t.sources.mapping.required})</span> : null}
            </label>
            <select id={`map-${field}`} className="compact" value={constant === undefined ? (column ?? '') : constantChoice} aria-invalid={isMissing ? true : undefined}
              onChange={({ target }) => (target.value === constantChoice ? onConstant(field, '') : onColumn(field, target.value))}>
              <option value="">{t.sources.mapping.notMapped}</option>
              {column !== undefined && !choices.includes(column) ? <option value={column}>{plainText(column)}</option> : null}
              {choices.map((one) => <option key={one} value={one}>{plainText(one)}</option>)}
              <option value={constantChoice}>{t.sources.mapping.asConstant}</option>
            </select>
            {constant === undefined ? null : (
              <input className="compact second" aria-label={`${name}: ${t.sources.mapping.constant}`} value={constant} onChange={({ target }) => onConstant(field, target.value)} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
