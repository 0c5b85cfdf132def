import type { LucideIcon } from 'lucide-react'
import { AlignJustify, CalendarDays, Database, FilePlus2, FolderKanban, Languages, Monitor, Moon, PackageOpen, PanelLeft, Rows3, ShieldCheck, Sun } from 'lucide-react'
import type { Session } from '../../api/session.ts'
import { applyDensity, densities, readDensity } from '../../components/density.ts'
import { goTo } from '../../components/hash-route.ts'
import { applyTheme, readTheme, themes } from '../../components/theme.ts'
import { chooseLanguage, language, languageCodes } from '../../texts/language.ts'
import { t } from '../../texts/texts.ts'
import { isInsider, placeSigns, placesFor } from '../navigation.tsx'

export type EntryGroup = keyof typeof t.shell.palette.groups

/** One line of the palette: what it is called, what else is said of it, and what choosing it does. */
export interface Entry {
  readonly id: string
  readonly group: EntryGroup
  readonly sign: LucideIcon
  readonly name: string
  readonly more: string
  readonly run: () => void
}

/** Every word typed is the beginning of a word, or stands somewhere in it; letters with signs count as plain ones. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export const matches = (entry: Pick<Entry, 'name' | 'more'>, typed: string): boolean => {
  const inside = plain(`${entry.name} ${entry.more}`)
  return plain(typed).split(/\s+/).every((word) => inside.includes(word))
}

const placeEntries = (session: Session): readonly Entry[] =>
  placesFor(session).flat().map((place) => ({
    id: `place-${place}`, group: 'places', sign: placeSigns[place], name: t.navigationItems[place], more: '', run: () => goTo(place),
  }))

const themeSigns = { system: Monitor, light: Sun, dark: Moon } as const

const actionEntries = (session: Session, isWide: boolean, onToggleWide: () => void): readonly Entry[] => {
  const words = t.shell.palette.actions
  const action = (id: string, sign: LucideIcon, name: string, run: () => void): Entry => ({ id: `action-${id}`, group: 'actions', sign, name, more: '', run })
  return [
    ...(session.person.roles.includes('officer') ? [action('add-source', FilePlus2, words.addSource, () => goTo('sources', 'add'))] : []),
    ...(isInsider(session) ? [action('verify', ShieldCheck, words.openFile, () => goTo('evidence'))] : []),
    ...(session.host === 'desktop' || session.person.roles.includes('officer') || session.workspace.packet !== undefined ? [action('open-packet', PackageOpen, words.openPacket, () => goTo('packet', 'open'))] : []),
    action('calendar', CalendarDays, t.calendar.title, () => goTo('settings', 'calendar')),
    ...themes.filter((theme) => theme !== readTheme()).map((theme) => action(theme, themeSigns[theme], words[theme], () => applyTheme(theme))),
    ...densities.filter((density) => density !== readDensity())
      .map((density) => action(density, density === 'compact' ? AlignJustify : Rows3, words[density], () => applyDensity(density))),
    action('wide', PanelLeft, isWide ? words.narrow : words.widen, onToggleWide),
    ...languageCodes.filter((code) => code !== language).map((code) => action(code, Languages, words.language[code], () => chooseLanguage(code))),
  ]
}

/** What is there without asking the engine. */
export const fixedEntries = (session: Session, isWide: boolean, onToggleWide: () => void): readonly Entry[] =>
  [...placeEntries(session), ...actionEntries(session, isWide, onToggleWide)]

export const campaignEntry = (one: { readonly id: number; readonly spec: { readonly name: string }; readonly state: keyof typeof t.campaignState }): Entry => ({
  id: `campaign-${one.id}`, group: 'campaigns', sign: FolderKanban, name: one.spec.name, more: t.campaignState[one.state], run: () => goTo('campaigns', String(one.id)),
})

export const sourceEntry = (name: string): Entry => ({ id: `source-${name}`, group: 'sources', sign: Database, name, more: '', run: () => goTo('sources', 'of', name) })
