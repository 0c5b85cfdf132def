import { CircleCheck, CircleX } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useKeptWork } from '../../../api/kept-work.ts'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { FailureView } from '../../../components/state-view.tsx'
import type { ConnectionTest } from '../../../../shared/model/live-source.ts'
import { UnlockSecrets } from '../../../components/unlock-secrets.tsx'
import { t } from '../../../texts/texts.ts'
import { DevicePrompt } from './device-prompt.tsx'
import { checkedRemovals } from './needed-permissions.ts'
import { PermissionList } from './permission-list.tsx'

/** What can be removed from here, what cannot and what that takes, and what the source does not tell. */
const canOf = ({ removals }: ConnectionTest): readonly string[] => {
  const words = t.sources.test
  const rights = (isGranted: boolean | null): string => removals.filter((one) => one.isGranted === isGranted).map(({ removes }) => words.rights[removes]).join(', ')
  return [
    ...(rights(true) === '' ? [] : [words.removes(rights(true))]),
    ...removals.filter(({ isGranted }) => isGranted === false).map(({ removes, permission }) => words.removesNot(words.rights[removes], permission)),
    ...(rights(null) === '' ? [] : [words.removesPerhaps(rights(null))]),
  ]
}

const Answer = ({ test, at }: { readonly test: ConnectionTest; readonly at: string }) => {
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
          {canOf(test).map((line) => <p key={line}>{line}</p>)}
          <p className="faint small">{words.at(formatMoment(at))}</p>
          {test.notes.map((note) => <p key={note}><DirectoryText>{note}</DirectoryText></p>)}
        </div>
      </div>
      {test.permissions.length === 0 ? null : <PermissionList permissions={test.permissions} />}
      {test.removals.length === 0 ? null : (
        <>
          <p><strong>{t.sources.permissions.removalTitle}</strong></p>
          <PermissionList label={t.sources.permissions.removalTitle} permissions={checkedRemovals(test.removals)} />
        </>
      )}
    </div>
  )
}

/** Signs in and asks one thing per permission; says for each whether it is granted and what is missing without it. */
export const ConnectionCheck = ({ source, startsAtOnce, onTested }: {
  readonly source: string; readonly startsAtOnce: boolean; readonly onTested?: (test: ConnectionTest) => void
}) => {
  const engine = useEngine()
  const { standing, begin, stop, isKnown } = useKeptWork({
    kind: 'test', of: source, subject: source, remembers: !startsAtOnce, ...(onTested === undefined ? {} : { onDone: onTested }),
  })
  const run = (): void => void begin((signal) => engine.sources.test.call({ source }, { signal }))
  const hasBegun = useRef(false)
  const beginOnce = useEffectEvent(async () => {
    if (hasBegun.current) return
    hasBegun.current = true
    // One that still goes on asks with settings from before.
    if (standing.state === 'working') await stop()
    run()
  })
  useEffect(() => {
    if (startsAtOnce && isKnown) void beginOnce()
  }, [startsAtOnce, isKnown])
  const isAsking = standing.state === 'working' || (startsAtOnce && standing.state === 'idle')
  return (
    <div className="section">
      <UnlockSecrets />
      {isAsking ? (
        <>
          <div className="sync-strip" role="status">
            <span className="sync-step soft"><DirectoryText>{standing.state !== 'working' || standing.step === '' ? t.sources.test.running : standing.step}</DirectoryText></span>
            <progress className="work-bar" aria-label={t.sources.test.running} />
            <button type="button" className="button small" disabled={standing.state === 'working' && standing.isStopping} onClick={() => void stop()}>{t.sources.stop}</button>
          </div>
          {standing.state !== 'working' || standing.prompt === null ? null : <DevicePrompt prompt={standing.prompt} />}
        </>
      ) : null}
      {standing.state === 'failed' ? <FailureView error={standing.error} isInline onRetry={run} /> : null}
      {standing.state === 'done' ? <Answer test={standing.result} at={standing.at} /> : null}
      {isAsking || standing.state === 'failed' ? null
        : <p><button type="button" className="button" onClick={run}>{standing.state === 'idle' ? t.sources.test.run : t.sources.test.again}</button></p>}
    </div>
  )
}
