import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { isDesktop } from '../../../host.ts'
import { useEngine } from '../../../api/engine.ts'
import { useKeptWork } from '../../../api/kept-work.ts'
import type { WorkResult } from '../../../../shared/contract/work.ts'
import type { MailedLetter } from '../../../../shared/model/mail.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { CommandLine } from '../../../components/command-line.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { ChoiceField } from '../../../components/fields.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { saveFile } from '../../../components/save-file.ts'
import { EmptyView } from '../../../components/state-view.tsx'
import { UnlockSecrets } from '../../../components/unlock-secrets.tsx'
import { WorkProgress } from '../../../components/work-progress.tsx'
import { t } from '../../../texts/texts.ts'
import { FailureLine } from '../../../components/failure-line.tsx'
import type { ReviewerPace, ReviewerProgress } from './campaign-types.ts'
import { emlName, emlOf } from './eml.ts'
import type { Letter } from './letter.ts'
import { LetterStanding, MailedLetters } from './mailed-letters.tsx'

const plainLetter = ({ name, person, subject, text }: Letter): string => `${t.campaigns.chase.to}: ${name} <${person}>\n${t.campaigns.chase.subject}: ${subject}\n\n${text}\n`

const CopyButton = ({ text, label, words }: { readonly text: string; readonly label: string; readonly words: string }) => {
  const [isCopied, setCopied] = useState(false)
  return (
    <button type="button" className="button quiet small" aria-label={label} onBlur={() => setCopied(false)}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true), () => setCopied(false))}>
      {isCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      {isCopied ? t.campaigns.chase.copied : words}
    </button>
  )
}

const Letters = ({ letters, campaignId, onClose }: { readonly letters: readonly Letter[]; readonly campaignId: number; readonly onClose: () => void }) => {
  const words = t.campaigns.chase
  return (
    <>
      <div className="dialog-body" tabIndex={0} role="group" aria-label={words.written(letters.length, formatNumber(letters.length))}>
        <p className="soft" role="status">{words.written(letters.length, formatNumber(letters.length))}</p>
        {isDesktop() ? <div className="form-stack"><p className="soft small">{words.desktop}</p><CommandLine command={`npx muster campaign remind ${campaignId} --out letters.txt`} /></div> : null}
        {letters.map((letter) => (
          <article key={letter.person} className="letter sheet" aria-label={words.letterTo(plainText(letter.name))}>
            <header>
              <span><strong><DirectoryText>{letter.name}</DirectoryText></strong> <span className="faint"><DirectoryText>{letter.person}</DirectoryText></span><br /><DirectoryText>{letter.subject}</DirectoryText></span>
              <CopyButton text={plainLetter(letter)} label={`${words.copy}: ${words.letterTo(plainText(letter.name))}`} words={words.copy} />
              {isDesktop() ? null : (
                <button type="button" className="button quiet small" aria-label={`${words.download}: ${words.letterTo(plainText(letter.name))}`} onClick={() => saveFile(emlName(letter), 'message/rfc822', emlOf(letter))}>
                  <Download size={14} aria-hidden="true" />
                  {words.download}
                </button>
              )}
            </header>
            <pre className="letter-text">{letter.text}</pre>
          </article>
        ))}
      </div>
      <div className="dialog-foot">
        <CopyButton text={letters.map(plainLetter).join('\n---\n\n')} label={words.copyAll} words={words.copyAll} />
        <button type="button" className="button primary" onClick={onClose}>{t.close}</button>
      </div>
    </>
  )
}

type Channel = 'list' | 'mail-drafts' | 'smtp'

interface ChaseProps {
  readonly campaignId: number
  readonly name: string
  readonly reviewers: readonly ReviewerProgress[]
  readonly pace: readonly ReviewerPace[]
  readonly onClose: () => void
}

/** Of a letter by mail only what is not simply sent: the reminders say that. */
const LastLetter = ({ letter }: { readonly letter: MailedLetter | undefined }) =>
  letter === undefined || letter.state === 'sent' || letter.state === 'taken' ? null : <LetterStanding letter={letter} isBrief />

/** Letters for those who owe an answer, and for nobody else: sent by mail where a server is set up, or taken along. */
export const ChaseDialog = ({ campaignId, name: campaignName, reviewers, pace, onClose }: ChaseProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.chase
  const [owing] = useState(() => reviewers.filter(({ items, signedOff }) => items > signedOff).toSorted((a, b) => b.items - b.signedOff - (a.items - a.signedOff)))
  const [chosen, setChosen] = useState<readonly string[]>(owing.map(({ person }) => person))
  const mail = useQuery(engine.mail.settings.queryOptions())
  const letters = useQuery(engine.mail.letters.queryOptions({ input: { campaign: campaignId, latest: true } }))
  const [wanted, setWanted] = useState<Channel | null>(null)
  const [kind, setKind] = useState<'reminder' | 'launch'>('reminder')
  const [mailed, setMailed] = useState<WorkResult<'mail'> | null>(null)
  const settings = mail.data?.settings ?? null
  const channel = wanted ?? (settings === null ? 'list' : 'smtp')
  const letterOf = new Map((letters.data ?? []).map((one) => [one.person, one]))
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: engine.campaigns.key() })
    void queries.invalidateQueries({ queryKey: engine.mail.key() })
  }
  const sending = useKeptWork({
    kind: 'mail', of: campaignId, subject: campaignName, campaign: campaignId,
    onDone: (done) => {
      setMailed(done)
      refresh()
    },
  })
  const isSending = sending.standing.state === 'working'
  const paceOf = new Map(pace.map((one) => [one.person, one]))
  const writing = useMutation({
    mutationFn: (by: Exclude<Channel, 'smtp'>) => engine.campaigns.remind.call({ campaign: campaignId, only: [...chosen], channel: by, kind }),
    onSuccess: (written) => {
      announce(words.written(written.length, formatNumber(written.length)))
      refresh()
    },
  })
  const submit = (): void => {
    if (chosen.length === 0 || writing.isPending || isSending) return
    if (channel === 'smtp') void sending.begin((signal) => engine.mail.send.call({ campaign: campaignId, only: [...chosen], kind }, { signal }))
    else writing.mutate(channel)
  }
  return (
    <DialogBox title={words.title} onClose={onClose}>
      {mailed !== null ? <MailedLetters done={mailed} onClose={onClose} /> : writing.data !== undefined ? <Letters letters={writing.data} campaignId={campaignId} onClose={onClose} /> : owing.length === 0 ? (
        <div className="dialog-body"><EmptyView isInline title={words.nobody} text={words.nobodyText} /></div>
      ) : (
        <>
          {channel === 'smtp' && settings?.userName != null ? <div className="chase-unlock"><UnlockSecrets /></div> : null}
          <form onSubmit={(event) => { event.preventDefault(); submit() }}>
            <div className="dialog-body form-stack">
              <p className="soft">{settings === null ? words.text : words.mailText}</p>
              <div className="sheet load-table" tabIndex={0} role="group" aria-label={words.columns.who}>
                <table className="table dense">
                  <thead>
                    <tr>
                      <th scope="col">
                        <input type="checkbox" aria-label={words.all} checked={chosen.length === owing.length} onChange={(event) => setChosen(event.target.checked ? owing.map(({ person }) => person) : [])} />
                      </th>
                      <th scope="col">{words.columns.who}</th><th scope="col" className="number">{words.columns.open}</th><th scope="col">{words.columns.last}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {owing.map(({ person, name, items, signedOff }) => {
                      const last = paceOf.get(person)
                      return (
                        <tr key={person}>
                          <td>
                            <input type="checkbox" aria-label={words.choose(plainText(name))} checked={chosen.includes(person)}
                              onChange={(event) => setChosen(event.target.checked ? [...chosen, person] : chosen.filter((one) => one !== person))} />
                          </td>
                          <td><DirectoryText>{name}</DirectoryText><br /><span className="faint small"><DirectoryText>{person}</DirectoryText></span></td>
                          <td className="number">{formatNumber(items - signedOff)}</td>
                          <td className="small">{last?.remindedAt == null ? <span className="faint">{t.campaigns.pace.never}</span> : t.campaigns.pace.reminders(formatNumber(last.reminders), formatDay(last.remindedAt))}<LastLetter letter={letterOf.get(person)} /></td>
                        </tr>
                      )
                    })}
                  </tbody>
                </table>
              </div>
              <div className="field-pair">
                <ChoiceField label={words.how} value={channel} onChange={setWanted}
                  options={[...(settings === null ? [] : [['smtp', words.channel.smtp] as const]), ['list', words.channel.list], ['mail-drafts', words.channel['mail-drafts']]]} />
                <ChoiceField label={words.about} value={kind} options={[['reminder', words.kind.reminder], ['launch', words.kind.launch]]} onChange={setKind} />
              </div>
              {settings === null && mail.isSuccess ? <p className="faint small">{words.noMail} <a href="#/settings/mail" onClick={onClose}>{words.toSettings}</a></p> : null}
              <FailureLine error={writing.error} />
              <WorkProgress standing={sending.standing} label={words.sending} starting={words.sending} stopped={words.stopped} onStop={() => void sending.stop()} />
              {isSending ? <p className="faint small">{words.goesOn}</p> : null}
            </div>
            <div className="dialog-foot">
              <button type="button" className="button" onClick={onClose}>{isSending ? t.close : t.cancel}</button>
              <button type="submit" className="button primary" disabled={chosen.length === 0 || writing.isPending || isSending}>
                {(channel === 'smtp' ? words.send : words.write)(chosen.length, formatNumber(chosen.length))}
              </button>
            </div>
          </form>
        </>
      )}
    </DialogBox>
  )
}
