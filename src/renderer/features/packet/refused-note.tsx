import { CircleX } from 'lucide-react'
import { DirectoryText } from '../../components/directory-text.tsx'
import { t } from '../../texts/texts.ts'
import type { Refused } from './packet-types.ts'

/** Why a packet was not opened: in a heading of ours, and the engine's own sentence. */
export const RefusedNote = ({ refused: { why, message } }: { readonly refused: Refused }) => (
  <div className="notice hot" role="alert">
    <CircleX size={16} aria-hidden="true" />
    <div className="notice-body">
      <strong>{t.packet.refused[why]}</strong>
      <span><DirectoryText>{message === '' ? t.failureAdvice.NO_ANSWER : message}</DirectoryText></span>
    </div>
  </div>
)
