import { CircleCheck, CircleX } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { FailureView } from '../../../components/state-view.tsx'
import type { ConnectionTest } from '../../../../shared/model/live-source.ts'
import { t } from '../../../texts/texts.ts'
import { DevicePrompt } from './device-prompt.tsx'
import { PermissionList } from './permission-list.tsx'
import { UnlockSecrets } from './secret-fields.tsx'

type Standing =
  | { readonly state: 'idle' }
  | { readonly state: 'asking'; readonly step: string; readonly prompt: Parameters<typeof DevicePrompt>[0]['prompt'] | null }
  | { readonly state: 'answered'; readonly test: ConnectionTest }
  | { readonly state: 'failed'; readonly error: unknown }

const Answer = ({ test }: { readonly test: ConnectionTest }) => {
  const words = t.sources.test
  const missing = test.permissions.filter(({ isGranted }) => !isGranted)
  const cannot = !test.isConnected || missing.some(({ isRequired }) => isRequired)
  return (
    <div className="section">
      <div className={cannot ? 'notice hot' : missing.length > 0 ? 'notice warm' : 'notice good'} role="status">
        {test.isConnected ? <CircleCheck size={18} aria-hidden="true" /> : <CircleX size={18} aria-hidden="true" />}
        <div className="notice-body">
          <strong>
            {test.isConnected ? words.ok : words.failed}
            {test.account === null ? null : <> <SentenceText>{words.as(test.account)}</SentenceText></>}
          </strong>
          {test.isConnected ? <p>{missing.length === 0 ? words.all : cannot ? words.cannot : words.gaps(missing.length, formatNumber(missing.length))}</p> : null}
          {test.notes.map((note) => <p key={note}><DirectoryText>{note}</DirectoryText></p>)}
        </div>
      </div>
      {test.permissions.length === 0 ? null : <PermissionList permissions={test.permissions} />}
    </div>
  )
}

/** Signs in and asks one thing per permission; says for each whether it is granted and what is missing without it. */
export const ConnectionCheck = ({ source, startsAtOnce, onTested }: {
  readonly source: string; readonly startsAtOnce: boolean; readonly onTested?: (test: ConnectionTest) => void
}) => {
  const engine = useEngine()
  const [standing, setStanding] = useState<Standing>(startsAtOnce ? { state: 'asking', step: '', prompt: null } : { state: 'idle' })
  const stop = useRef<AbortController>(null)
  const ask = async (): Promise<void> => {
    const controller = new AbortController()
    stop.current?.abort()
    stop.current = controller
    try {
      for await (const step of await engine.sources.test.call({ source }, { signal: controller.signal })) {
        if (controller.signal.aborted) return
        if (step.state === 'working') setStanding({ state: 'asking', step: step.step, prompt: step.prompt ?? null })
        else {
          setStanding({ state: 'answered', test: step.result })
          onTested?.(step.result)
        }
      }
    } catch (error) {
      if (!controller.signal.aborted) setStanding({ state: 'failed', error })
    }
  }
  const run = (): void => {
    setStanding({ state: 'asking', step: '', prompt: null })
    void ask()
  }
  const begin = useEffectEvent(() => {
    if (startsAtOnce) void ask()
  })
  useEffect(() => {
    begin()
    return () => stop.current?.abort()
  }, [])
  const again = <p><button type="button" className="button" onClick={run}>{standing.state === 'idle' ? t.sources.test.run : t.sources.test.again}</button></p>
  return (
    <div className="section">
      <UnlockSecrets />
      {standing.state === 'asking' ? (
        <>
          <div className="sync-strip" role="status">
            <span className="sync-step soft"><DirectoryText>{standing.step === '' ? t.sources.test.running : standing.step}</DirectoryText></span>
            <progress className="sync-bar" aria-label={t.sources.test.running} />
            <button type="button" className="button small" onClick={() => { stop.current?.abort(); setStanding({ state: 'idle' }) }}>{t.sources.stop}</button>
          </div>
          {standing.prompt === null ? null : <DevicePrompt prompt={standing.prompt} />}
        </>
      ) : null}
      {standing.state === 'failed' ? <FailureView error={standing.error} isInline onRetry={run} /> : null}
      {standing.state === 'answered' ? <Answer test={standing.test} /> : null}
      {standing.state === 'idle' || standing.state === 'answered' ? again : null}
    </div>
  )
}
