import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import type { z } from 'zod'
import type { wordingRecord } from '../../../../shared/model/language-model.ts'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment, formatNumber, formatSeconds } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { ReviewItem } from '../review-types.ts'

const words = t.review.wording

const Origin = ({ record }: { readonly record: z.infer<typeof wordingRecord> }) => {
  const lines: readonly (readonly [string, string])[] = [
    [words.fields.model, `${record.model} · ${record.digest}`], [words.fields.server, `Ollama ${record.ollama}`],
    [words.fields.at, words.took(formatMoment(record.at), formatSeconds(record.milliseconds))], [words.fields.packet, record.packetHash],
    [words.fields.prompt, `${record.promptVersion} · ${record.promptHash}`], [words.fields.options, record.options],
    [words.fields.rules, record.findings.length === 0 ? t.none : record.findings.map(({ sentence, codes }) => `${sentence}: ${codes.join(', ')}`).join(' · ')],
    [words.fields.event, formatNumber(record.eventSeq)],
  ]
  return (
    <>
      <dl className="origin">
        {lines.map(([label, value]) => <div key={label}><dt>{label}</dt><dd className="mono"><DirectoryText>{value}</DirectoryText></dd></div>)}
      </dl>
      {record.raw.map((raw, at) => (
        <div key={at} className="origin-raw">
          <p className="faint">{words.raw(formatNumber(at + 1))}</p>
          <pre className="mono"><DirectoryText>{raw}</DirectoryText></pre>
        </div>
      ))}
    </>
  )
}

const Record = ({ itemId }: { readonly itemId: number }) => {
  const engine = useEngine()
  const record = useQuery(engine.languageModel.record.queryOptions({ input: { itemId }, staleTime: 0 }))
  if (record.isError) return <FailureView error={record.error} isInline onRetry={() => void record.refetch()} />
  const latest = record.data?.[0]
  return latest === undefined ? <Skeleton lines={5} /> : <Origin record={latest} />
}

/** Who worded this item; for a model's words everything needed to check where they come from. */
export const WordedBy = ({ item }: { readonly item: ReviewItem }) => {
  const [isOpen, setOpen] = useState(false)
  const { wording } = item
  if (wording === null) return <p className="faint item-foot">{t.review.item.wordedBy(item.wordedBy)}</p>
  const line = wording.failure === null
    ? words.byModel(wording.model, wording.digest.slice(0, 12), formatNumber(wording.replaced), formatNumber(wording.sentences))
    : words.byTemplateAfter(wording.model, wording.digest.slice(0, 12))
  return (
    <Disclosure className="arithmetic worded-by" isExpanded={isOpen} onExpandedChange={setOpen}>
      <Heading level={2}>
        <Button slot="trigger" className="disclose">
          <ChevronRight size={15} aria-hidden="true" />
          <span className="worded-by-line"><DirectoryText>{line}</DirectoryText></span>
        </Button>
      </Heading>
      <DisclosurePanel>{isOpen ? <Record itemId={item.itemId} /> : null}</DisclosurePanel>
    </Disclosure>
  )
}
