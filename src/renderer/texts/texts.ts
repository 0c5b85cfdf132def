import { de } from './de.ts'
import { en } from './en.ts'
import { language } from './language.ts'
import type { Language } from './language.ts'

/** The shape every language fills completely: a missing sentence is a type error. */
export type Texts = typeof en

/** A further language is a code in language.ts, a folder beside these, and a name here. */
const languages: Readonly<Record<Language, Texts>> = { en, de }

export const t: Texts = languages[language]
