import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import type { EvidenceEvent } from '../../../src/shared/model/evidence.ts'
import type { CarriedAnswer, PacketContent, ResponseContent } from '../../../src/shared/model/packet.ts'
import { answersHash } from '../../../src/main/core/evidence/carried-answers.ts'
import { canonicalJson } from '../../../src/main/core/evidence/canonical-json.ts'
import { startChainCheck } from '../../../src/main/core/evidence/chain-check.ts'
import { formatCheckpoint } from '../../../src/main/core/evidence/checkpoint.ts'
import { appendEvent, emptyChain } from '../../../src/main/core/evidence/event-chain.ts'
import { decisionsHash } from '../../../src/main/core/evidence/item-standing.ts'
import { attachContent, detachContent } from '../../../src/main/exchange/attached-cms.ts'
import { encrypt, type Key, type Lock } from '../../../src/main/exchange/envelope.ts'
import { openSecret } from '../../../src/main/reports/signing/enrolment.ts'
import { signContent } from '../../../src/main/reports/signing/sign-cms.ts'
import type { Signer } from '../../../src/main/reports/signing/signer.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** The secret half of what is encrypted to the only person with such a key in a workspace. */
export async function identityIn(folder: string, passphrase: string): Promise<string> {
  const [name = ''] = await readdir(join(folder, 'keys', 'exchange'))
  const { envelope } = JSON.parse(await readFile(join(folder, 'keys', 'exchange', name), 'utf8')) as { envelope: unknown }
  return (await openSecret(envelope, passphrase)) ?? ''
}

export async function contentOf<T extends PacketContent | ResponseContent>(file: string, key: Key): Promise<T> {
  const decrypter = new Decrypter()
  if ('identity' in key) decrypter.addIdentity(key.identity)
  else decrypter.addPassphrase(key.passphrase)
  const signed = detachContent(await decrypter.decrypt(await readFile(file)))
  return JSON.parse(new TextDecoder().decode(signed?.content)) as T
}

/** Any content, signed by anybody, as a file. */
export async function forge(file: string, content: PacketContent | ResponseContent, signer: Signer, lock: Lock): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(content))
  await writeFile(file, await encrypt(attachContent({ content: bytes, cms: await signContent(bytes, signer) }), lock))
  return file
}

export type Told = { -readonly [K in keyof EvidenceEvent]: EvidenceEvent[K] }

/**
 * What a reviewer with their own key and a changed Muster could send: the log told anew with `change`, every hash, signature and checkpoint
 * made right again. `keepsSignatures`: the signatures of the true log instead.
 */
export async function retold(
  content: ResponseContent, signer: Signer, change: (events: EvidenceEvent[]) => EvidenceEvent[], options: { readonly keepsSignatures?: boolean } = {},
): Promise<ResponseContent> {
  const told = change(content.events.map((line) => JSON.parse(line) as EvidenceEvent))
  let head = emptyChain(content.log)
  const chain = startChainCheck(hash)
  const events: string[] = []
  const signOffs: ResponseContent['signOffs'] = []
  const answers = new Map<number, CarriedAnswer>()
  for (const { ts, boot, mono, actor, kind, body } of told) {
    const seq = events.length
    if (kind === 'decision-made') answers.set(body.item, { ...body, seq })
    if (kind === 'sign-off') {
      const bound = body.items.flatMap((item) => answers.get(item) ?? [])
      body.answersHash = answersHash(bound, hash)
      body.decisionsHash = decisionsHash(bound, hash)
    }
    const appended = appendEvent(head, { ts, boot, mono, actor, kind, body }, hash)
    head = appended.head
    events.push(appended.line)
    chain.add(appended.line)
    if (kind === 'sign-off') signOffs.push({ seq, cms: Buffer.from(await signContent(appended.line, signer)).toString('base64') })
  }
  return {
    ...content, events, signOffs: options.keepsSignatures === true ? content.signOffs : signOffs,
    checkpoint: formatCheckpoint({ origin: content.log, size: events.length, root: chain.rootSoFar() }),
  }
}
