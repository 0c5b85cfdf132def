import { ArrowRight, PackageOpen } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { PacketOpened } from '../../../shared/model/packet-door.ts'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'
import { Fingerprints } from './fingerprints.tsx'

/** What came out of the packet, and the digits to compare, before the review begins. */
export const OpenedView = ({ opened, onEnter }: { readonly opened: PacketOpened; readonly onEnter: () => void }) => {
  const words = t.packet
  const go = useRef<HTMLButtonElement>(null)
  useEffect(() => go.current?.focus(), [])
  const facts = [[words.facts.organisation, opened.organisation], [words.facts.from, opened.from], [words.facts.person, opened.person]] as const
  return (
    <div className="sheet packet-sheet">
      <div className="packet-done" role="status">
        <PackageOpen size={24} className="outcome-keep" aria-hidden="true" />
        <div>
          <p className="signed-lead">{words.opened}</p>
          <p><SentenceText>{words.openedText(t.items(opened.items, formatNumber(opened.items)), opened.campaign, formatDay(opened.expiresAt))}</SentenceText></p>
        </div>
      </div>
      <dl className="packet-facts">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd><DirectoryText>{value}</DirectoryText></dd></div>)}</dl>
      <Fingerprints rootSpoken={opened.rootSpoken} keySpoken={opened.keySpoken} />
      <div className="actions packet-actions">
        <button ref={go} type="button" className="button primary" onClick={onEnter}>{words.toReview}<ArrowRight size={15} aria-hidden="true" /></button>
      </div>
    </div>
  )
}
