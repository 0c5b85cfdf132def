import { en } from './en.ts'

/** The shape every language fills completely: a missing sentence is a type error. */
export type Texts = typeof en

/** Languages by their two-letter code. English is the one complete language; a second is one more line here. */
const languages: Readonly<Record<string, Texts>> = { en }

export const language: string = Object.keys(languages).find((code) => globalThis.navigator?.language.startsWith(code)) ?? 'en'

export const t: Texts = languages[language] ?? en
