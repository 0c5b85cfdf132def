import { CircleCheck, CircleX, Clock, FileQuestion, Stamp } from 'lucide-react'
import type { z } from 'zod'
import type { bundleTime } from '../../../shared/contract/evidence.ts'
import { SentenceText } from '../../components/directory-text.tsx'
import { formatMoment } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'

export type BundleTime = z.infer<typeof bundleTime>

const signs = { proven: CircleCheck, stamped: Stamp, claimed: Clock, doubtful: CircleX, missing: FileQuestion } as const
const tones = { proven: 'outcome-keep', stamped: 'faint', claimed: 'faint', doubtful: 'outcome-revoke', missing: 'outcome-look-closer' } as const

const wordsOf = (time: BundleTime): string => {
  const words = t.evidence.time
  switch (time.state) {
    case 'proven': return words.proven(time.authority, formatMoment(time.at))
    case 'stamped': return words.stamped(time.authority, formatMoment(time.at))
    case 'doubtful': return words.doubtful(time.detail)
    case 'claimed': return words.claimed
    case 'missing': return `${words.missing}. ${words.missingText}`
  }
}

/** Whose word there is on when a bundle was there. */
export const BundleTimeLine = ({ time }: { readonly time: BundleTime }) => {
  const Sign = signs[time.state]
  return (
    <p className="bundle-time">
      <Sign size={15} className={tones[time.state]} aria-hidden="true" />
      <span className={time.state === 'claimed' ? 'soft' : undefined}><SentenceText>{wordsOf(time)}</SentenceText></span>
    </p>
  )
}
