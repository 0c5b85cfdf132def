import { useState } from 'react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { TogetherOffer } from './together-types.ts'
import { UnchangedTable } from './unchanged-table.tsx'

const words = t.review.depth.together

interface PartProps {
  readonly campaignId: number
  readonly offer: TogetherOffer
  readonly onAttest: (items: readonly number[]) => void
}

/** Unchanged access as one list, what changed beside it, and the words one stands by. Anything can be left out. */
export const AttestationPart = ({ campaignId, offer, onAttest }: PartProps) => {
  const { unchanged, changed } = offer
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set())
  const chosen = unchanged.filter((itemId) => !leftOut.has(itemId))
  const toggle = (itemId: number): void => {
    const next = new Set(leftOut)
    if (!next.delete(itemId)) next.add(itemId)
    setLeftOut(next)
  }
  const count = t.items(chosen.length, formatNumber(chosen.length))
  return (
    <section className="together-part">
      <h3>{words.unchanged}</h3>
      <p className="soft">{words.unchangedLead(t.items(unchanged.length, formatNumber(unchanged.length)))}</p>
      <UnchangedTable campaignId={campaignId} unchanged={unchanged} leftOut={leftOut} onToggle={toggle} />
      <h4>{words.difference}</h4>
      {changed.length === 0 ? <p className="soft">{words.noDifference}</p> : (
        <>
          <p className="soft">{words.differenceLead}</p>
          <ul className="together-lines" tabIndex={0} aria-label={words.difference}>
            {changed.map((item) => (
              <li key={item.itemId}>
                <span><DirectoryText>{item.subjectName}</DirectoryText><span className="soft">, <DirectoryText>{item.entitlementName}</DirectoryText></span></span>
                <span className="faint">{words.reasons[item.reason]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <section className="statement"><h4>{words.statement}</h4><blockquote>{offer.attestationStatement}</blockquote></section>
      <p className="actions"><button type="button" className="button primary" disabled={chosen.length === 0} onClick={() => onAttest(chosen)}>{words.attest(count)}</button></p>
    </section>
  )
}
