import { Cloud, CloudCog, Contact, FileKey2, LogIn } from 'lucide-react'
import type { RunState, SourceKind } from '../../shared/model/source.ts'
import { t } from '../texts/texts.ts'

const signs = { 'csv-entitlements': FileKey2, 'csv-sign-ins': LogIn, hr: Contact, entra: Cloud, okta: CloudCog, scim: Contact } as const
const tone = {
  running: 'badge calm', complete: 'badge good', held: 'badge warm', failed: 'badge hot', cancelled: 'badge', discarded: 'badge',
} as const satisfies Record<RunState, string>

/** From this many days on a picture of access is called old. */
export const staleAfterDays = 7

/** The sign of a kind of source; its name stands beside it. */
export const SourceSign = ({ kind, size = 18 }: { readonly kind: SourceKind; readonly size?: number }) => {
  const Sign = signs[kind]
  return <Sign className="icon" size={size} strokeWidth={1.75} aria-hidden="true" />
}

/** What became of a run, in a word. */
export const RunBadge = ({ state }: { readonly state: RunState | null }) =>
  state === null ? <span className="badge">{t.today.never}</span> : <span className={tone[state]}>{t.today.runState[state]}</span>
