import { useState } from 'react'
import { SourceSign } from '../../../components/source-sign.tsx'
import type { LiveSourceKind } from '../../../../shared/model/live-source.ts'
import type { FileSourceKind, SourceKind } from '../../../../shared/model/source.ts'
import { t } from '../../../texts/texts.ts'
import { AddFile } from './add-file.tsx'
import { AddLive } from './add-live.tsx'
import { Wizard } from './wizard.tsx'

const liveKinds: readonly LiveSourceKind[] = ['entra', 'okta', 'scim']
const fileKinds: readonly FileSourceKind[] = ['csv-entitlements', 'hr', 'csv-sign-ins']

const Kinds = ({ kinds, onChoose }: { readonly kinds: readonly SourceKind[]; readonly onChoose: (kind: SourceKind) => void }) => (
  <ul className="kind-list">
    {kinds.map((kind) => (
      <li key={kind}>
        <button type="button" className="kind-card" onClick={() => onChoose(kind)}>
          <SourceSign kind={kind} size={20} />
          <strong>{t.sources.kinds[kind]}</strong>
          <span className="soft">{t.sources.kindText[kind]}</span>
        </button>
      </li>
    ))}
  </ul>
)

const isFile = (kind: SourceKind): kind is FileSourceKind => fileKinds.some((one) => one === kind)

/** Connects a source: its kind first, then what that kind needs. */
export const AddSource = ({ asOf }: { readonly asOf: string }) => {
  const [kind, setKind] = useState<SourceKind | null>(null)
  if (kind !== null && isFile(kind)) return <AddFile kind={kind} asOf={asOf} onBack={() => setKind(null)} />
  if (kind !== null) return <AddLive kind={kind} onBack={() => setKind(null)} />
  const { steps } = t.sources
  return (
    <Wizard title={t.sources.chooseKind} steps={[steps.kind, '…']} at={0} foot={<a className="button" href="#/sources">{t.cancel}</a>}>
      <h2>{t.sources.files}</h2>
      <p className="soft">{t.sources.filesText}</p>
      <Kinds kinds={fileKinds} onChoose={setKind} />
      <h2>{t.sources.live}</h2>
      <Kinds kinds={liveKinds} onChoose={setKind} />
    </Wizard>
  )
}
