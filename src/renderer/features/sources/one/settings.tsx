import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment, formatNumber, formatPercent } from '../../../components/format.ts'
import { isIncoming } from '../../../../shared/model/incoming.ts'
import { t } from '../../../texts/texts.ts'
import type { SourceCard } from '../source-types.ts'

const words = t.sources.settings

const factsOf = (source: SourceCard): readonly (readonly [label: string, value: string])[] => {
  const { config } = source
  switch (config.from) {
    case 'file': {
      const file = isIncoming(config.file) ? (config.file.split(/[\\/]/).at(-1) ?? config.file) : config.file
      return [[t.sources.page.file, file], ...(source.kind === 'csv-sign-ins' ? [[t.sources.page.accountsOf, config.accountsOf ?? t.sources.anySource] as const] : []),
        [t.sources.page.mapping, t.sources.page.mappedColumns(formatNumber(Object.keys(source.mapping?.columns ?? {}).length))]]
    }
    case 'entra': return [[words.tenant, config.tenant], [words.clientId, config.clientId], [words.signIn, words.signIns[config.signIn]], [words.cloud, words.clouds[config.cloud]]]
    case 'okta': return [[words.orgUrl, config.orgUrl], [words.signIn, words.signIns[config.signIn]], ...(config.clientId === null ? [] : [[words.clientId, config.clientId] as const])]
    case 'scim': return [[words.baseUrl, config.baseUrl], [words.signIn, words.signIns[config.signIn]]]
  }
}

/** What a source was told, secrets left out. */
export const Settings = ({ source }: { readonly source: SourceCard }) => (
  <section className="section">
    <h2>{t.sources.page.settings}</h2>
    <dl className="source-facts">
      {factsOf(source).map(([label, value]) => <div key={label}><dt>{label}</dt><dd><DirectoryText>{value}</DirectoryText></dd></div>)}
      <div><dt>{t.sources.page.held}</dt><dd>{formatPercent(source.config.holdBelowShare * 100)}</dd></div>
      <div><dt>{t.sources.page.added}</dt><dd>{formatMoment(source.createdAt)}</dd></div>
    </dl>
  </section>
)
