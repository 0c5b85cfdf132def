import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, open, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { incomingName } from '../../shared/model/incoming.ts'
import { mostPacketBytes } from '../../shared/model/packet.ts'
import { packetFault, replacedRoots, type DoorAnswer, type DoorRequest, type PacketLook } from '../../shared/model/packet-door.ts'
import type { OpenedWorkspace, OpenRequest, RequestedEnrolment } from '../app.ts'

/** Opening a packet and asking for a certificate, as the engine does them. */
export interface DoorWork {
  readonly openPacket: (folder: string, input: OpenRequest & { readonly keys: string | null }) => Promise<OpenedWorkspace>
  readonly opensKeyOf: (folder: string, email: string, passphrase: string) => Promise<boolean>
  readonly requestEnrolment: (folder: string, input: { email: string; name: string; passphrase: string; file: string }) => Promise<RequestedEnrolment>
}

const holders = z.array(z.object({ email: z.string(), name: z.string() }))

/** Keys of people on this machine, taken along into the workspace of every packet and brought up to date from it. */
const keysIn = (home: string): string => join(home, 'my keys')

async function keyHolders(home: string): Promise<z.infer<typeof holders>> {
  try {
    return holders.parse(JSON.parse(await readFile(join(keysIn(home), 'people.json'), 'utf8')))
  } catch {
    return []
  }
}

async function rememberHolder(home: string, holder: { readonly email: string; readonly name: string }): Promise<void> {
  const others = (await keyHolders(home)).filter(({ email }) => email !== holder.email)
  await writeFile(join(keysIn(home), 'people.json'), `${JSON.stringify([...others, holder])}\n`, { mode: 0o600 })
}

const nameOf = (file: string): string => incomingName(basename(file))

/** One folder for the very same file, whatever it is called now. Undefined where there is no such file, or none of a packet's size. */
async function folderFor(home: string, file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined || !found.isFile() || found.size > mostPacketBytes) return undefined
  const hash = createHash('sha256').update(await readFile(file)).digest('hex')
  return join(home, `review ${hash.slice(0, 16)}`)
}

/** The envelope says in its second line what opens it. */
async function wayOf(file: string): Promise<PacketLook['way']> {
  const handle = await open(file, 'r')
  try {
    const head = Buffer.alloc(200)
    await handle.read(head, 0, head.length, 0)
    const [version, stanza = ''] = head.toString('latin1').split('\n')
    if (version !== 'age-encryption.org/v1') return 'unknown'
    return stanza.startsWith('-> scrypt ') ? 'passphrase' : stanza.startsWith('-> X25519 ') ? 'key' : 'unknown'
  } finally {
    await handle.close()
  }
}

/** What lies in the keys folder of an encrypted workspace. */
const keyFile = 'workspace-key.json'
const isEncrypted = (folder: string): boolean => existsSync(join(folder, 'keys', keyFile))

const missing: DoorAnswer = { kind: 'refused', why: 'other', message: 'There is no such file, or it is larger than any packet. Nothing was made.' }

async function openInto(home: string, folder: string, work: DoorWork, request: Extract<DoorRequest, { kind: 'packet-open' }>): Promise<DoorAnswer> {
  const { kind: _kind, ...input } = request
  await mkdir(home, { recursive: true, mode: 0o700 })
  const hasKeys = (await keyHolders(home)).length > 0
  const opened = await work.openPacket(folder, { ...input, keys: hasKeys ? keysIn(home) : null })
  const { name, ...shown } = opened
  await mkdir(keysIn(home), { recursive: true, mode: 0o700 })
  // The key made just now, or the certificate that came for it, opens the next packet. What is the workspace's own stays with it.
  await cp(join(folder, 'keys'), join(keysIn(home), 'keys'), { recursive: true, filter: (path) => !['secrets', keyFile].includes(basename(path)) })
  await rememberHolder(home, { email: opened.person, name })
  return { kind: 'opened', ...shown }
}

async function requestKey(home: string, work: DoorWork, { email, name, passphrase }: Extract<DoorRequest, { kind: 'key-request' }>): Promise<DoorAnswer> {
  await mkdir(home, { recursive: true, mode: 0o700 })
  const path = join(home, `${incomingName(email.trim().toLowerCase())}.muster-request`)
  const made = await work.requestEnrolment(keysIn(home), { email, name, passphrase, file: path })
  await rememberHolder(home, { email: made.person, name })
  return { kind: 'requested', person: made.person, name: basename(path), path, text: await readFile(path, 'utf8'), spoken: made.spoken }
}

const notTheirs: DoorAnswer = { kind: 'refused', why: 'wrong-passphrase', message: 'This is not the passphrase your key was made with. Nothing was changed.' }

/**
 * A workspace an earlier version left plain is encrypted under what is typed when it is entered, so a mistyped one must not get that far.
 * Whether it opens an encrypted one is seen when it is opened.
 */
async function mayEncrypt(home: string, folder: string, work: DoorWork, passphrase: string | null): Promise<boolean> {
  if (passphrase === null || isEncrypted(folder)) return true
  for (const { email } of await keyHolders(home)) if (await work.opensKeyOf(folder, email, passphrase)) return true
  return false
}

/** Answers the page that stands before a packet. `home`: folder the workspaces of packets and their owner's keys are kept in. */
export async function answerAtDoor(home: string, work: DoorWork, request: DoorRequest): Promise<DoorAnswer> {
  try {
    if (request.kind === 'key-request') return await requestKey(home, work, request)
    const folder = await folderFor(home, request.file)
    if (folder === undefined) return missing
    const isOpened = existsSync(join(folder, 'muster.db'))
    switch (request.kind) {
      case 'packet-look':
        return { kind: 'looked', name: nameOf(request.file), way: await wayOf(request.file), isOpened, isEncrypted: isEncrypted(folder), keys: await keyHolders(home) }
      case 'packet-enter':
        if (!isOpened) return { kind: 'refused', why: 'other', message: 'This packet was not opened here yet.' }
        return (await mayEncrypt(home, folder, work, request.passphrase)) ? { kind: 'entered', folder, address: null } : notTheirs
      case 'packet-open':
        return await openInto(home, folder, work, request)
    }
  } catch (error) {
    const refused = refusalOf(error)
    if (refused === undefined) throw error
    return refused
  }
}

/** What the engine refuses on purpose; anything else is for the host's log. */
function refusalOf(error: unknown): DoorAnswer | undefined {
  if (!(error instanceof Error) || !['Refusal', 'StartError'].includes(error.name)) return undefined
  const roots = replacedRoots.safeParse('roots' in error ? error.roots : undefined).data
  const why = packetFault.safeParse('why' in error ? error.why : undefined).data
  return { kind: 'refused', why: why ?? ('code' in error && error.code === 'wrong-passphrase' ? 'wrong-passphrase' : 'other'), message: error.message, ...(roots === undefined ? {} : { roots }) }
}
