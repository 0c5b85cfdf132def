import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { ActModeForm } from './act-mode-form.tsx'
import './act-mode.css'

/** How revokes are carried out in this workspace. */
export const ActModeSection = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const settings = useQuery(engine.remediation.actMode.queryOptions())
  const words = t.remediation.settings
  return (
    <section className="section act-mode">
      <h2>{words.title}</h2>
      <p className="soft settings-text">{words.text}</p>
      {settings.isError ? <FailureView error={settings.error} isInline onRetry={() => void settings.refetch()} /> : null}
      {settings.isPending ? <Skeleton lines={6} /> : null}
      {settings.data === undefined ? null : <ActModeForm key={settings.dataUpdatedAt} stored={settings.data} canChange={session.person.roles.includes('officer')} />}
    </section>
  )
}
