import type { LetterKind, MailLanguage } from '../../../shared/model/mail.ts'
import { oneLine } from './one-line.ts'

/** What a letter tells: how much is owed and until when, never about whom or what. */
export interface LetterFacts {
  readonly kind: LetterKind
  readonly name: string
  readonly campaign: string
  readonly dueOn: string
  readonly undecided: number
  /** Decided and not signed off. */
  readonly unsigned: number
  readonly from: string
}

export interface LetterText {
  readonly subject: string
  readonly text: string
}

/** The letter to somebody who owes answers, in plain text. */
export function writeLetter(facts: LetterFacts, language: MailLanguage): LetterText {
  const clean = { ...facts, name: oneLine(facts.name), campaign: oneLine(facts.campaign), from: oneLine(facts.from) }
  return language === 'de' ? inGerman(clean) : inEnglish(clean)
}

function inEnglish({ kind, name, campaign, dueOn, undecided, unsigned, from }: LetterFacts): LetterText {
  const open = undecided + unsigned
  const opening = {
    reminder: `in the access review “${campaign}”, due on ${dueOn}:`,
    launch: `the access review “${campaign}” has begun. It is due on ${dueOn}:`,
    escalation: `in the access review “${campaign}”, due on ${dueOn}, items came to you because nobody had answered them in time:`,
  }[kind]
  const left = [
    ...(undecided > 0 ? [`${undecided === 1 ? '1 item waits' : `${undecided} items wait`} for your decision.`] : []),
    ...(unsigned > 0 ? [`${unsigned === 1 ? '1 decision waits' : `${unsigned} decisions wait`} for your sign-off; until then they do not count.`] : []),
  ]
  return {
    subject: `${campaign}: ${open === 1 ? '1 answer' : `${open} answers`} due on ${dueOn}`,
    text: [`Hello ${name},`, '', opening, ...left.map((line) => `- ${line}`), '', 'Thank you', from].join('\n'),
  }
}

function inGerman({ kind, name, campaign, dueOn, undecided, unsigned, from }: LetterFacts): LetterText {
  const open = undecided + unsigned
  const day = dueOn.split('-').toReversed().join('.')
  const opening = {
    reminder: `in der Zugriffsprüfung „${campaign}“, fällig am ${day}:`,
    launch: `die Zugriffsprüfung „${campaign}“ hat begonnen. Sie ist fällig am ${day}:`,
    escalation: `in der Zugriffsprüfung „${campaign}“, fällig am ${day}, kamen Einträge zu Ihnen, weil niemand rechtzeitig geantwortet hat:`,
  }[kind]
  const left = [
    ...(undecided > 0 ? [`${undecided === 1 ? '1 Eintrag wartet' : `${undecided} Einträge warten`} auf Ihre Entscheidung.`] : []),
    ...(unsigned > 0 ? [`${unsigned === 1 ? '1 Entscheidung wartet' : `${unsigned} Entscheidungen warten`} auf Ihre Abzeichnung; bis dahin zählen sie nicht.`] : []),
  ]
  return {
    subject: `${campaign}: ${open === 1 ? '1 Antwort' : `${open} Antworten`} fällig am ${day}`,
    text: [`Guten Tag ${name},`, '', opening, ...left.map((line) => `- ${line}`), '', 'Vielen Dank', from].join('\n'),
  }
}

/** Hours until a refused letter is tried again, by how often it was: at once, then longer each time, a day at most. */
const pausesInHours = [0, 1, 3, 6, 12] as const
const longestPauseInHours = 24
const hourMs = 3_600_000
/** The daily work comes by the hour, and a letter is settled some moments after it began. */
const slackMs = 60_000

/** When a letter that was refused `attempts` times may be tried again. */
export function tryAgainAt(now: string, attempts: number): string {
  return new Date(Date.parse(now) + (pausesInHours[attempts - 1] ?? longestPauseInHours) * hourMs - slackMs).toISOString()
}
