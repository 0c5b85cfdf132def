import { KeyRound, MessageSquareLock } from 'lucide-react'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber } from '../../components/format.ts'
import { plainText } from '../../components/plain-text.ts'
import { VirtualTable, type Column } from '../../components/virtual-table.tsx'
import { t } from '../../texts/texts.ts'
import type { Addressee } from './packet-types.ts'
import { PacketState } from './packet-state.tsx'
import type { PacketStanding } from './standing.ts'

export interface AddresseeRow extends Addressee {
  readonly standing: PacketStanding
}

interface TableProps {
  readonly rows: readonly AddresseeRow[]
  readonly chosen: ReadonlySet<string>
  /** Null where nothing can be written. */
  readonly onChoose: ((person: string, isChosen: boolean) => void) | null
}

/** Everybody who reviews, what opens a packet of theirs, and what became of it. */
export const AddresseeTable = ({ rows, chosen, onChoose }: TableProps) => {
  const { columns: words, opens, choose } = t.packets
  const box: Column<AddresseeRow> = {
    key: 'choose', title: words.choose, track: '3.5rem', cell: ({ person, name, undecided }) => (
      <input type="checkbox" aria-label={choose(plainText(name))} disabled={undecided === 0} checked={chosen.has(person)} onChange={(event) => onChoose?.(person, event.target.checked)} />
    ),
  }
  const columns: readonly Column<AddresseeRow>[] = [
    ...(onChoose === null ? [] : [box]),
    {
      key: 'who', title: words.who, track: 'minmax(0, 3fr)', cell: ({ name, person }) => (
        <span className="cell-lines"><span><DirectoryText>{name}</DirectoryText></span><span className="faint small"><DirectoryText>{person}</DirectoryText></span></span>
      ),
    },
    { key: 'open', title: words.open, track: '8rem', isNumber: true, cell: ({ undecided, items }) => <>{formatNumber(undecided)} <span className="faint">{t.campaigns.figure.of(formatNumber(items))}</span></> },
    {
      key: 'opens', title: words.opens, track: 'minmax(0, 2fr)', cell: ({ hasKey }) => (
        <span className="packet-opens">
          {hasKey ? <KeyRound size={15} className="outcome-keep" aria-hidden="true" /> : <MessageSquareLock size={15} className="faint" aria-hidden="true" />}
          {hasKey ? opens.key : opens.passphrase}
        </span>
      ),
    },
    { key: 'state', title: words.state, track: 'minmax(0, 3fr)', cell: ({ standing }) => <PacketState standing={standing} /> },
  ]
  return <div className="sheet"><VirtualTable label={t.packets.reviewers} columns={columns} total={rows.length} rowAt={(index) => rows[index]} /></div>
}
