import { CircleCheckBig, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { WorkResult } from '../../../shared/contract/work.ts'
import type { Standing } from '../../api/kept-work.ts'
import { formatNumber } from '../../components/format.ts'
import { WorkProgress } from '../../components/work-progress.tsx'
import { t } from '../../texts/texts.ts'
import { WrittenDialog } from './written-view.tsx'

interface NoticeProps {
  readonly campaign: number
  readonly standing: Standing<WorkResult<'packets'>>
  readonly onStop: () => void
  readonly onDismiss: () => void
}

/** How the writing stands that this or another window began, and what came of it until it is put away. */
export const WritingNotice = ({ campaign, standing, onStop, onDismiss }: NoticeProps) => {
  const words = t.packets.write
  const [isShown, setShown] = useState(false)
  if (standing.state !== 'done') {
    return standing.state === 'idle' ? null
      : <div className="notice"><span /><div className="notice-body"><WorkProgress standing={standing} label={words.working} starting={words.starting} stopped={words.stopped} onStop={onStop} /></div></div>
  }
  const { written, failed, notTried } = standing.result
  const missing = failed.length + notTried
  return (
    <>
      <div className={missing === 0 ? 'notice good' : 'notice warm'}>
        {missing === 0 ? <CircleCheckBig size={16} aria-hidden="true" /> : <TriangleAlert size={16} aria-hidden="true" />}
        <div className="notice-body"><span>{words.standing(written.length, formatNumber(written.length), missing, formatNumber(missing))}</span></div>
        <div className="actions">
          <button type="button" className="button" onClick={() => setShown(true)}>{words.see}</button>
          <button type="button" className="button quiet" onClick={onDismiss}>{t.work.dismiss}</button>
        </div>
      </div>
      {isShown ? <WrittenDialog campaign={campaign} written={standing.result} onClose={() => setShown(false)} /> : null}
    </>
  )
}
