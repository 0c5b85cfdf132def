import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { Reject } from '../../../../shared/model/source.ts'
import type { Preview } from '../source-types.ts'

const Rows = ({ preview }: { readonly preview: Preview }) => {
  const fields = Object.keys(preview.rows[0] ?? {}).filter((field) => preview.rows.some((row) => row[field] !== null && row[field] !== undefined))
  if (preview.rows.length === 0) return <p className="soft">{t.sources.mapping.noRows}</p>
  return (
    <div className="sheet scroll-table" tabIndex={0} role="region" aria-label={t.sources.mapping.preview}>
      <table className="table">
        <thead>
          <tr>{fields.map((field) => <th key={field} scope="col">{t.sources.fields[field] ?? field}</th>)}</tr>
        </thead>
        <tbody>
          {preview.rows.map((row, at) => (
            <tr key={at}>
              {fields.map((field) => {
                const value = row[field] ?? null
                return <td key={field}>{value === null ? <span className="faint">{t.sources.mapping.empty}</span> : <DirectoryText>{value}</DirectoryText>}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Remarks = ({ rejects }: { readonly rejects: readonly Reject[] }) => {
  const { rejectColumns } = t.sources.run
  if (rejects.length === 0) return <p className="soft">{t.sources.mapping.noRemarks}</p>
  return (
    <div className="sheet scroll-table" tabIndex={0} role="region" aria-label={t.sources.mapping.remarks}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="number">{rejectColumns.row}</th><th scope="col">{rejectColumns.column}</th><th scope="col">{rejectColumns.reason}</th>
            <th scope="col">{rejectColumns.effect}</th><th scope="col">{rejectColumns.raw}</th>
          </tr>
        </thead>
        <tbody>
          {rejects.map((one, at) => (
            <tr key={at}>
              <td className="number">{formatNumber(one.row)}</td>
              <td>{one.column === null ? <span className="faint">{t.sources.run.noColumn}</span> : <DirectoryText>{one.column}</DirectoryText>}</td>
              <td className="is-wide"><DirectoryText>{one.reason}</DirectoryText></td>
              <td>{t.sources.run.effect[one.effect]}</td>
              <td className="is-wide mono raw-row"><DirectoryText>{one.raw}</DirectoryText></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The first rows as they would be read, and every row that would not be taken whole. */
export const PreviewRows = ({ preview, isBusy }: { readonly preview: Preview; readonly isBusy: boolean }) => (
  <div className="section" aria-busy={isBusy}>
    <h2>{t.sources.mapping.preview}</h2>
    <p className="faint" role="status">
      {isBusy ? t.sources.mapping.busy : t.sources.mapping.previewCount(formatNumber(preview.rowsRead), formatNumber(preview.rejects.length))}
    </p>
    <Rows preview={preview} />
    <h2>{t.sources.mapping.remarks}</h2>
    <Remarks rejects={preview.rejects} />
  </div>
)
