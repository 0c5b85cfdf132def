import { useEffect, useState } from 'react'
import type { PacketLook, PacketOpened } from '../../../shared/model/packet-door.ts'
import { askDoor, goOn } from '../../api/packet-door.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { FileDrop } from '../../components/file-drop.tsx'
import { EmptyView } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import type { Refused } from './packet-types.ts'
import { EnterForm } from './enter-form.tsx'
import { KeyRequest } from './key-request.tsx'
import { OpenForm } from './open-form.tsx'
import { OpenedView } from './opened-view.tsx'
import { RefusedNote } from './refused-note.tsx'
import './packet.css'

type Standing =
  | { readonly is: 'choosing'; readonly refused: Refused | null } | { readonly is: 'looking' } | { readonly is: 'entering' } | { readonly is: 'asking' }
  | { readonly is: 'looked'; readonly file: string; readonly look: PacketLook; readonly refused: Refused | null }
  /** `passphrase`: as it was typed a moment ago, so that nobody is asked twice. */
  | { readonly is: 'opened'; readonly file: string; readonly opened: PacketOpened; readonly passphrase: string }

const choosing: Standing = { is: 'choosing', refused: null }

const strange: Refused = { kind: 'refused', why: 'other', message: '' }

const looking = async (file: string): Promise<Standing> => {
  const answer = await askDoor({ kind: 'packet-look', file })
  return answer.kind === 'looked' ? { is: 'looked', file, look: answer, refused: null } : { is: 'choosing', refused: answer.kind === 'refused' ? answer : strange }
}

const Looked = ({ file, look, refused, onOpened, onRefused, onEnter, onOther }: {
  readonly file: string
  readonly look: PacketLook
  readonly refused: Refused | null
  readonly onOpened: (opened: PacketOpened, passphrase: string) => void
  readonly onRefused: (refused: Refused) => void
  readonly onEnter: (passphrase: string | null) => void
  readonly onOther: () => void
}) => {
  const words = t.packet
  const other = <button type="button" className="button" onClick={onOther}>{words.other}</button>
  return (
    <div className="sheet packet-sheet">
      <p className="packet-file"><span className="field-label">{words.file}</span> <span className="mono"><DirectoryText>{look.name}</DirectoryText></span></p>
      {refused === null ? null : <RefusedNote refused={refused} />}
      {look.isOpened ? (
        <EnterForm isEncrypted={look.isEncrypted} other={other} onEnter={onEnter} />
      ) : look.way === 'unknown' ? (
        <EmptyView isInline title={words.unknown} text={words.unknownText}><div className="actions">{other}</div></EmptyView>
      ) : look.way === 'key' && look.keys.length === 0 ? (
        <EmptyView isInline title={words.noKey} text={words.noKeyText}><div className="actions">{other}</div></EmptyView>
      ) : <OpenForm file={file} look={look} refused={refused} onOpened={onOpened} onRefused={onRefused} onOther={onOther} />}
    </div>
  )
}

/** A packet and no workspace of it yet: which file, what opens it, and on into its review. `path`: a file that was opened from outside. */
export const PacketDoor = ({ path, headingLevel = 1 }: { readonly path: string | null; readonly headingLevel?: 1 | 2 }) => {
  const words = t.packet
  const [standing, setStanding] = useState<Standing>(path === null ? choosing : { is: 'looking' })
  useEffect(() => {
    if (path !== null) void looking(path).then(setStanding)
  }, [path])
  const look = (file: string): void => {
    setStanding({ is: 'looking' })
    void looking(file).then(setStanding)
  }
  const enter = async (file: string, passphrase: string | null, back: Standing): Promise<void> => {
    setStanding({ is: 'entering' })
    const answer = await askDoor({ kind: 'packet-enter', file, passphrase })
    if (answer.kind === 'entered') goOn(answer.address)
    else setStanding(back.is === 'looked' && answer.kind === 'refused' ? { ...back, refused: answer } : back)
  }
  const Heading = headingLevel === 1 ? 'h1' : 'h2'
  return (
    <section className="section packet-door">
      <div>
        <Heading>{words.openTitle}</Heading>
        <p className="soft">{words.openText}</p>
      </div>
      {standing.is === 'looking' || standing.is === 'entering' ? (
        <div className="sheet packet-sheet packet-busy" role="status"><span className="start-bar" aria-hidden="true" /><strong>{standing.is === 'looking' ? words.looking : words.entering}</strong></div>
      ) : standing.is === 'choosing' ? (
        <>
          {standing.refused === null ? null : <RefusedNote refused={standing.refused} />}
          <FileDrop words={words} accept=".musterpack" onTaken={([file]) => { if (file !== undefined) look(file.path) }} />
          <p><button type="button" className="text-button" onClick={() => setStanding({ is: 'asking' })}>{words.request.open}</button></p>
        </>
      ) : standing.is === 'asking' ? <KeyRequest onBack={() => setStanding(choosing)} />
        : standing.is === 'looked' ? (
          <Looked {...standing} onOpened={(opened, passphrase) => setStanding({ is: 'opened', file: standing.file, opened, passphrase })} onRefused={(refused) => setStanding({ ...standing, refused })}
            onEnter={(passphrase) => void enter(standing.file, passphrase, standing)} onOther={() => setStanding(choosing)} />
        ) : <OpenedView opened={standing.opened} onEnter={() => void enter(standing.file, standing.passphrase, standing)} />}
    </section>
  )
}
