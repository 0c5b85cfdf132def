import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CommandRefusal } from './failure.ts'
import { passphrase } from './passphrase.ts'
import type { Terminal } from './terminal.ts'

const mostBytes = 150_000

/** A key, certificate or list as base64; all of them are small. */
export const base64Of = async (terminal: Terminal, file: string): Promise<string> => {
  const content = await readFile(resolve(terminal.cwd, file)).catch(() => undefined)
  if (content === undefined) throw new CommandRefusal(`${file} cannot be read.`)
  if (content.length > mostBytes) throw new CommandRefusal(`${file} is larger than any key or certificate.`)
  return content.toString('base64')
}

/** What opens an authority's file. PEM that is not encrypted needs nothing, so nobody is asked. */
export const filePassphraseOf = async (terminal: Terminal, content: string, file: string | undefined): Promise<string> => {
  const text = Buffer.from(content, 'base64').toString('latin1')
  if (text.includes('-----BEGIN') && !text.includes('ENCRYPTED')) return ''
  return passphrase(terminal, { question: 'Passphrase of the file', file, variable: 'MUSTER_FILE_PASSPHRASE', option: '--file-passphrase-file', isNew: false })
}

/** What a brought root's file holds, before anything is changed. */
export const foundLines = (found: { readonly subject: string; readonly validTo: string; readonly rootSubject: string; readonly rootFingerprint: string }): readonly (readonly [string, string])[] =>
  [['authority', found.subject], ['valid to', found.validTo], ['root', found.rootSubject], ['fingerprint', found.rootFingerprint]]
