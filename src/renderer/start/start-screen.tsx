import { ArchiveRestore, ArrowLeft, Building2, FlaskConical, FolderOpen, PackageOpen } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { DirectoryText } from '../components/directory-text.tsx'
import { onHostWish } from '../host.ts'
import type { StartAnswer, StartRequest } from '../host.ts'
import { PacketDoor } from '../features/packet/packet-door.tsx'
import { Mark } from '../shell/mark.tsx'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { t } from '../texts/texts.ts'
import { OwnForm } from './own-form.tsx'
import { RestoreForm } from './restore-form.tsx'
import './start.css'

type Form = 'own' | 'restore'
/** `behind`: the form that comes back, as it was filled in, when it did not work. */
type Standing =
  | { readonly is: 'choosing' } | { readonly is: Form } | { readonly is: 'packet'; readonly path: string | null }
  | { readonly is: 'busy'; readonly text: string; readonly mayStop: boolean; readonly behind: Form | null }

const samplePassphrase = 'muster demo'

const Way = ({ sign: Sign, title, text, onChoose }: { readonly sign: LucideIcon; readonly title: string; readonly text: string; readonly onChoose: () => void }) => (
  <li>
    <button type="button" className="sheet start-way" onClick={onChoose}>
      <Sign size={22} strokeWidth={1.75} aria-hidden="true" />
      <span className="start-way-title">{title}</span>
      <span className="soft">{text}</span>
    </button>
  </li>
)

/** The first start on the desktop: look at the sample organisation, make a workspace, open one, or bring one back from a backup. */
export const StartScreen = ({ ask }: { readonly ask: (request: StartRequest) => Promise<StartAnswer> }) => {
  const words = t.shell.start
  const [standing, setStanding] = useState<Standing>({ is: 'choosing' })
  const [failure, setFailure] = useState<string | null>(null)
  const [whyHere, setWhyHere] = useState<string | null>(null)
  const [progress, setProgress] = useState('')
  useEffect(() => onHostWish((wish) => {
    if (wish.kind === 'start-progress') setProgress(wish.text)
    else if (wish.kind === 'packet') setStanding({ is: 'packet', path: wish.path })
  }), [])
  useEffect(() => {
    void ask({ kind: 'why' }).then((answer) => { if (answer.kind === 'failed') setWhyHere(answer.message) })
  }, [ask])
  useEffect(() => { document.title = `${words.title} · ${t.appName}` }, [words])

  const go = async (request: StartRequest, text: string, mayStop: boolean, back: Standing): Promise<void> => {
    setFailure(null)
    setWhyHere(null)
    setProgress('')
    setStanding({ is: 'busy', text, mayStop, behind: back.is === 'own' || back.is === 'restore' ? back.is : null })
    const answer = await ask(request)
    // The window itself goes on to the workspace.
    if (answer.kind === 'done') return
    setStanding(back)
    if (answer.kind === 'failed') setFailure(answer.message)
  }
  const choosing: Standing = { is: 'choosing' }
  const leave = (): void => { setFailure(null); setStanding(choosing) }
  const form = standing.is === 'busy' ? standing.behind : standing.is === 'own' || standing.is === 'restore' ? standing.is : null
  return (
    <main className="start">
      <div className="start-top"><ThemeSwitch /></div>
      <div className="start-inner">
        <div className="start-head">
          <Mark />
          <h1>{words.title}</h1>
          <p className="soft">{words.text}</p>
        </div>
        {whyHere === null || failure !== null ? null : (
          <div className="sheet start-failure" role="alert">
            <strong>{words.whyHere}</strong>
            <span><DirectoryText>{whyHere}</DirectoryText></span>
            <span className="soft">{words.whyHereText}</span>
          </div>
        )}
        {failure === null ? null : (
          <div className="sheet start-failure" role="alert">
            <strong>{words.failed}</strong>
            <span><DirectoryText>{failure}</DirectoryText></span>
            <span className="soft">{words.failedText}</span>
          </div>
        )}
        {standing.is === 'choosing' ? (
          <ul className="start-ways">
            <Way sign={FlaskConical} title={words.sample} text={words.sampleText} onChoose={() => void go({ kind: 'sample' }, words.sampleBusy, true, choosing)} />
            <Way sign={Building2} title={words.own} text={words.ownText} onChoose={() => { setFailure(null); setStanding({ is: 'own' }) }} />
            <Way sign={PackageOpen} title={words.packet} text={words.packetText} onChoose={() => { setFailure(null); setStanding({ is: 'packet', path: null }) }} />
            <Way sign={FolderOpen} title={words.existing} text={words.existingText} onChoose={() => void go({ kind: 'open' }, words.opening, false, choosing)} />
            <Way sign={ArchiveRestore} title={words.restore} text={words.restoreText} onChoose={() => { setFailure(null); setStanding({ is: 'restore' }) }} />
          </ul>
        ) : standing.is === 'packet' ? (
          <>
            <PacketDoor key={standing.path ?? ''} path={standing.path} headingLevel={2} />
            <p><button type="button" className="button quiet" onClick={() => setStanding(choosing)}><ArrowLeft size={15} aria-hidden="true" />{words.back}</button></p>
          </>
        ) : standing.is !== 'busy' ? null : (
          <div className="sheet start-busy" role="status">
            <span className="start-bar" aria-hidden="true" />
            <strong>{standing.text}</strong>
            {progress === '' ? null : <span className="soft"><DirectoryText>{progress}</DirectoryText></span>}
            {standing.mayStop ? <span className="soft">{words.samplePassphrase(samplePassphrase)}</span> : null}
            {standing.mayStop ? <div className="actions"><button type="button" className="button" onClick={() => void ask({ kind: 'stop' })}>{words.stop}</button></div> : null}
          </div>
        )}
        {form === 'own' ? (
          <div hidden={standing.is === 'busy'}>
            <OwnForm ask={ask} onBack={leave} onCreate={(request) => void go(request, words.creating, false, { is: 'own' })} />
          </div>
        ) : form === 'restore' ? (
          <div hidden={standing.is === 'busy'}>
            <RestoreForm ask={ask} onBack={leave} onRestore={(request) => void go(request, words.restoring.busy, false, { is: 'restore' })} />
          </div>
        ) : null}
      </div>
    </main>
  )
}
