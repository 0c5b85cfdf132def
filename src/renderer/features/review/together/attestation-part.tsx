import { useState } from 'react'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { TogetherOffer } from './together-types.ts'

const words = t.review.depth.together

/** More lines than this are counted, not drawn. */
const mostLines = 300

/** Unchanged access as one list, what changed beside it, and the words one stands by. Anything can be left out. */
export const AttestationPart = ({ offer, onAttest }: { readonly offer: TogetherOffer; readonly onAttest: (items: readonly number[]) => void }) => {
  const { unchanged, changed } = offer
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set())
  const chosen = unchanged.filter(({ itemId }) => !leftOut.has(itemId)).map(({ itemId }) => itemId)
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
      <ul className="together-lines" tabIndex={0} aria-label={words.unchanged}>
        {unchanged.slice(0, mostLines).map((item) => (
          <li key={item.itemId}>
            <label>
              <input type="checkbox" checked={!leftOut.has(item.itemId)} onChange={() => toggle(item.itemId)}
                aria-label={words.include(plainText(item.entitlementName), plainText(item.subjectName))} />
              <span><DirectoryText>{item.subjectName}</DirectoryText><span className="soft">, <DirectoryText>{item.entitlementName}</DirectoryText></span></span>
              <span className="faint numbers">{words.lastReviewed(formatDay(item.lastReviewed))}</span>
            </label>
          </li>
        ))}
        {unchanged.length > mostLines ? <li className="faint">{words.morePeople(formatNumber(unchanged.length - mostLines))}</li> : null}
      </ul>
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
