import { useState } from 'react'
import type { PacketLook, PacketOpened } from '../../../shared/model/packet-door.ts'
import { askDoor } from '../../api/packet-door.ts'
import { CheckField, ChoiceField, TextField } from '../../components/fields.tsx'
import { plainText } from '../../components/plain-text.ts'
import { t } from '../../texts/texts.ts'
import type { Refused } from './packet-types.ts'

interface OpenFormProps {
  readonly file: string
  readonly look: PacketLook
  readonly refused: Refused | null
  /** `passphrase`: the reviewer's own, which opens the review too. */
  readonly onOpened: (opened: PacketOpened, passphrase: string) => void
  readonly onRefused: (refused: Refused) => void
  readonly onOther: () => void
}

const least = 12

const grouped = (hex: string): string => hex.match(/.{4}/g)?.join(' ') ?? hex

/** What opens the packet: the passphrase told with it and one's own, or one's own key. Nothing of it is kept. */
export const OpenForm = ({ file, look, refused, onOpened, onRefused, onOther }: OpenFormProps) => {
  const words = t.packet
  const isByKey = look.way === 'key'
  // A key that is here already has its passphrase; the first one is made now.
  const isNew = look.keys.length === 0
  const [email, setEmail] = useState(look.keys[0]?.email ?? '')
  const [told, setTold] = useState('')
  const [own, setOwn] = useState('')
  const [repeat, setRepeat] = useState('')
  const [root, setRoot] = useState('')
  const [isFollowing, setFollowing] = useState(false)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const problems = {
    own: isNew && [...own].length < least ? words.tooShort : null, repeat: isNew && repeat !== own ? words.differs : null,
  }
  const roots = refused?.roots ?? null
  const isReady = own !== '' && (roots === null || isFollowing) && (isByKey || told.trim() !== '')
  const submit = async (): Promise<void> => {
    setTried(true)
    if (!isReady || isBusy || problems.own !== null || problems.repeat !== null) return
    setBusy(true)
    const answer = await askDoor({
      kind: 'packet-open', file, packetPassphrase: isByKey ? null : told.trim(), email: isByKey ? email : null, passphrase: own, rootFingerprint: root.trim() === '' ? null : root.trim(),
      followRoot: roots !== null && isFollowing ? roots.next : null,
    })
    setBusy(false)
    if (answer.kind === 'opened') onOpened(answer, own)
    else onRefused(answer.kind === 'refused' ? answer : { kind: 'refused', why: 'other', message: '' })
  }
  return (
    <form className="form-stack packet-form" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <p>{isByKey ? words.byKey : words.byPassphrase}</p>
      {isByKey ? (
        look.keys.length > 1
          ? <ChoiceField label={words.whose} value={email} options={look.keys.map((one) => [one.email, `${plainText(one.name)} (${one.email})`] as const)} onChange={setEmail} /> : null
      ) : <TextField label={words.packetPassphrase} hint={words.packetPassphraseHint} isSecret value={told} onChange={setTold} />}
      <TextField label={words.ownPassphrase} hint={isNew ? words.ownNewHint : words.ownHint} isSecret value={own} error={isTried ? problems.own : null} onChange={setOwn} />
      {isNew ? <TextField label={words.repeat} isSecret value={repeat} error={isTried ? problems.repeat : null} onChange={setRepeat} /> : null}
      {roots === null ? null : (
        <div className="packet-roots">
          <dl>
            <div><dt>{words.pinnedRoot}</dt><dd><code className="fingerprint">{grouped(roots.former)}</code></dd></div>
            <div><dt>{words.nextRoot}</dt><dd><code className="fingerprint">{grouped(roots.next)}</code></dd></div>
          </dl>
          <CheckField label={words.followRoot} hint={words.followRootHint} isOn={isFollowing} onChange={setFollowing} />
        </div>
      )}
      <details className="packet-root">
        <summary>{words.rootKnown}</summary>
        <TextField label={words.root} hint={words.rootHint} value={root} onChange={setRoot} />
      </details>
      {isBusy ? <p className="soft" role="status">{words.opening}…</p> : null}
      <div className="actions packet-actions">
        <button type="submit" className="button primary" disabled={!isReady || isBusy}>{words.submit}</button>
        <button type="button" className="button" disabled={isBusy} onClick={onOther}>{words.other}</button>
      </div>
    </form>
  )
}
