import type { ComponentType } from 'react'
import { CalendarDays, Clock, KeyRound, Languages, LockKeyhole, Mail, SunMoon, Wrench } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Session } from '../../api/session.ts'
import { t } from '../../texts/texts.ts'
import { CalendarSection } from './calendar/calendar-section.tsx'
import { AppearanceSection } from './appearance/appearance-section.tsx'
import { MailSection } from './mail/mail-section.tsx'
import { KeysSection } from './keys/keys-section.tsx'
import { LanguageModelSection } from './language-model/language-model-section.tsx'
import { ProtectionSection } from './protection/protection-section.tsx'
import { TimeAuthoritySection } from './time-authority/time-authority-section.tsx'
import { ActModeSection } from './remediation/act-mode-section.tsx'

export interface SettingsSection {
  /** Part of the address: `#/settings/language-model`. */
  readonly key: string
  readonly title: string
  readonly sign: LucideIcon
  readonly Content: ComponentType<{ readonly session: Session }>
  /** Shown to everybody where it does not say. */
  readonly isFor?: (session: Session) => boolean
}

const isInsider = ({ person }: Session): boolean => person.roles.includes('officer') || person.roles.includes('auditor')

/** Every section, in the order shown. A new one is a folder beside this file and a line here. */
export const settingsSections: readonly SettingsSection[] = [
  { key: 'language-model', title: t.settings.languageModel.title, sign: Languages, Content: LanguageModelSection, isFor: isInsider },
  { key: 'remediation', title: t.remediation.settings.title, sign: Wrench, Content: ActModeSection, isFor: isInsider },
  { key: 'calendar', title: t.calendar.title, sign: CalendarDays, Content: CalendarSection },
  { key: 'mail', title: t.mail.title, sign: Mail, Content: MailSection, isFor: isInsider },
  { key: 'appearance', title: t.shell.appearance.title, sign: SunMoon, Content: AppearanceSection },
  { key: 'protection', title: t.protection.title, sign: LockKeyhole, Content: ProtectionSection, isFor: (session) => isInsider(session) || session.workspace.packet !== undefined },
  { key: 'keys', title: t.keys.title, sign: KeyRound, Content: KeysSection },
  { key: 'time-authority', title: t.timeAuthority.title, sign: Clock, Content: TimeAuthoritySection, isFor: isInsider },
]
