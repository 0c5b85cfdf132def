import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ChevronRight } from 'lucide-react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryParts, DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { signalName, signalSentence } from '../signal-words.ts'
import { NarrativeView } from '../item/narrative-view.tsx'
import { useOpenTime } from '../use-open-time.ts'
import type { DrawnGroup } from './together-types.ts'

interface WalkProps {
  readonly group: DrawnGroup
  readonly statement: string
  readonly onBack: () => void
  readonly onKeep: (sample: readonly { readonly itemId: number; readonly openMs: number }[]) => void
}

const words = t.review.depth.together
/** The engine refuses less; the button waits as long, so that nobody is refused afterwards. */
const leastMs = 1_600

/** The drawn items one after the other with their evidence; only behind the last one stands the button that keeps the group. */
export const SampleWalk = ({ group, statement, onBack, onKeep }: WalkProps) => {
  const engine = useEngine()
  const heading = useRef<HTMLHeadingElement>(null)
  const [seen, setSeen] = useState<readonly { readonly itemId: number; readonly openMs: number }[]>([])
  const [ripeId, setRipe] = useState<number | null>(null)
  const itemId = group.sample[seen.length]
  const item = useQuery(engine.review.item.queryOptions({ input: { itemId: itemId ?? 0 }, enabled: itemId !== undefined, staleTime: Infinity }))
  const isShown = item.data !== undefined && itemId !== undefined
  const isRipe = itemId !== undefined && ripeId === itemId
  const openTime = useOpenTime(itemId ?? null, isShown)
  useEffect(() => {
    heading.current?.focus()
    if (!isShown) return undefined
    const timer = setTimeout(() => setRipe(itemId ?? null), leastMs)
    return () => clearTimeout(timer)
  }, [itemId, isShown])

  const size = formatNumber(group.size)
  if (itemId === undefined) {
    return (
      <>
        <div className="dialog-body together-body">
          <h3 ref={heading} tabIndex={-1}><DirectoryText>{group.entitlementName}</DirectoryText></h3>
          <p className="soft">{words.allSeen}</p>
          <h4>{words.people}</h4>
          <ul className="together-lines" tabIndex={0} aria-label={words.people}>
            {group.people.map((name, at) => <li key={at}><DirectoryText>{name}</DirectoryText></li>)}
            {group.size > group.people.length ? <li className="faint">{words.morePeople(formatNumber(group.size - group.people.length))}</li> : null}
          </ul>
          <section className="statement"><h4>{words.statement}</h4><blockquote>{statement}</blockquote></section>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onBack}>{words.back}</button>
          <button type="button" className="button primary" onClick={() => onKeep(seen)}>{words.keepAll(size)}</button>
        </div>
      </>
    )
  }
  const goOn = (): void => {
    if (isRipe) setSeen([...seen, { itemId, openMs: Math.round(openTime() ?? 0) }])
  }
  return (
    <>
      <div className="dialog-body together-body" aria-busy={!isShown}>
        <h3 ref={heading} tabIndex={-1}>{words.sample(formatNumber(seen.length + 1), formatNumber(group.sample.length))}</h3>
        {item.isError ? <FailureView error={item.error} isInline onRetry={() => void item.refetch()} /> : item.data === undefined ? <Skeleton lines={6} /> : (
          <>
            <p><strong><DirectoryText>{item.data.subject.name}</DirectoryText></strong>
              <span className="soft"> <DirectoryParts parts={[item.data.subject.title, item.data.subject.department]} /></span></p>
            <p className="soft"><DirectoryText>{item.data.access.entitlement}</DirectoryText>, <DirectoryText>{item.data.access.application}</DirectoryText></p>
            <NarrativeView item={item.data} onEvidence={() => undefined} isPlain />
            <Disclosure className="arithmetic">
              <Heading level={3}><Button slot="trigger" className="disclose"><ChevronRight size={15} aria-hidden="true" />{t.review.evidencePane.label}</Button></Heading>
              <DisclosurePanel>
                <ul className="sample-evidence">
                  {item.data.signals.map((signal) => <li key={signal.id}><strong>{signalName(signal)}</strong> <SentenceText>{signalSentence(signal)}</SentenceText></li>)}
                </ul>
              </DisclosurePanel>
            </Disclosure>
            <p className="faint">{words.notAlike}</p>
          </>
        )}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onBack}>{words.back}</button>
        <button type="button" className="button primary" aria-disabled={!isRipe} onClick={goOn}>{isRipe ? words.nextOne : words.wait}</button>
      </div>
    </>
  )
}
