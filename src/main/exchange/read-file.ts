import { parseCanonical } from '../core/evidence/canonical-json.ts'
import { mostPacketBytes, mostPacketDepth, packetContent, responseContent, type PacketContent, type ResponseContent } from '../../shared/model/packet.ts'
import { detachContent } from './attached-cms.ts'
import { decrypt, type Key } from './envelope.ts'

export type FileKind = 'packet' | 'response'
/** `not-opened`: the key or passphrase is another one; `damaged`: it is no such file any more. */
export type ReadFault = 'too-large' | 'not-opened' | 'damaged' | 'not-signed' | 'not-readable' | 'newer-version'

export interface ContentOf { readonly packet: PacketContent; readonly response: ResponseContent }

export type Read<K extends FileKind> =
  | { readonly ok: true; readonly content: ContentOf[K]; /** What the signature covers. */ readonly bytes: Uint8Array; readonly cms: Uint8Array }
  | { readonly ok: false; readonly fault: ReadFault; readonly detail: string }

/** Opens, parses and bounds a file. Says nothing about whose signature it is: that is asked of the signature afterwards, over `bytes`. */
export async function readExchangeFile<K extends FileKind>(kind: K, file: Uint8Array, key: Key): Promise<Read<K>> {
  if (file.length > mostPacketBytes) return { ok: false, fault: 'too-large', detail: `it is larger than ${mostPacketBytes} bytes` }
  let plain: Uint8Array
  try {
    plain = await decrypt(file, key)
  } catch (error) {
    return isOtherKey(error)
      ? { ok: false, fault: 'not-opened', detail: 'it does not open: it is for another key or passphrase' }
      : { ok: false, fault: 'damaged', detail: 'it was damaged or cut off on the way' }
  }
  const signed = detachContent(plain)
  if (signed === undefined) return { ok: false, fault: 'not-signed', detail: 'what is in it is not signed' }
  const text = new TextDecoder('utf-8', { fatal: false }).decode(signed.content)
  if (depthOf(text) > mostPacketDepth) return { ok: false, fault: 'not-readable', detail: 'what is in it is nested too deeply' }
  const parsed = parseCanonical(text)
  if (!parsed.ok) return { ok: false, fault: 'not-readable', detail: 'what is in it is not canonical JSON' }
  const shape = kind === 'packet' ? packetContent : responseContent
  const found = shape.safeParse(parsed.value)
  if (!found.success) {
    const { value } = parsed
    const version = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>)['version'] : undefined
    return typeof version === 'number' && version > 1
      ? { ok: false, fault: 'newer-version', detail: 'it was written by a newer Muster' }
      : { ok: false, fault: 'not-readable', detail: `it is no ${kind} (${found.error.issues[0]?.path.join('.') ?? 'form'})` }
  }
  return { ok: true, content: found.data as ContentOf[K], bytes: signed.content, cms: signed.cms }
}

/** The envelope's own words where no key fits; whatever else goes wrong in it is damage. */
function isOtherKey(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no identity matched')
}

/** How deep brackets nest, strings apart: counted before anything is built from the text. */
export function depthOf(text: string): number {
  let deepest = 0
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (inString) {
      if (char === 0x5c) at += 1
      else if (char === 0x22) inString = false
    } else if (char === 0x22) inString = true
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, (depth += 1))
    else if (char === 0x7d || char === 0x5d) depth -= 1
  }
  return deepest
}
