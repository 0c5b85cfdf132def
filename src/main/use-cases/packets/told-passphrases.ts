import { basename, dirname } from 'node:path'
import { packetsOf } from '../../storage/packets.ts'
import { Refusal, type Actor, type Context } from '../context.ts'
import { mustBeOfficer } from '../find-campaign.ts'

/** A packet that opens with a passphrase, with what its reviewer has to be told, apart from the file. */
export interface ToldPassphrase {
  readonly packet: string
  readonly person: string
  readonly name: string
  readonly items: number
  /** The packet's own name, without its folder. */
  readonly file: string
  readonly expiresAt: string
  readonly passphrase: string
}

const listName = /^passphrases-\d{8}T\d{6,9}\.csv$/
const mostBytes = 4 * 1024 * 1024

/**
 * Reads back the list of passphrases that was put beside a campaign's packets when they were written; nothing else keeps them.
 * @throws Refusal where the list is not one of this campaign's, or is not there any more.
 */
export async function toldPassphrases(context: Context, actor: Actor, input: { readonly campaign: number; readonly list: string }): Promise<ToldPassphrase[]> {
  mustBeOfficer(actor)
  const folder = dirname(input.list)
  const packets = new Map((await packetsOf(context.store.db, input.campaign)).filter(({ path }) => dirname(path) === folder).map((one) => [basename(one.path), one]))
  if (packets.size === 0 || !listName.test(basename(input.list))) throw new Refusal('invalid', 'That is no list of passphrases of this campaign’s packets.')
  const bytes = await context.exchange.files.readBounded(input.list, mostBytes)
  if (bytes === undefined) throw new Refusal('not-found', 'The list of passphrases is not there any more. Whoever was not told theirs needs a new packet.')
  return new TextDecoder().decode(bytes).split('\n').flatMap((line) => {
    const [, file = '', passphrase = ''] = line.split(',')
    const packet = packets.get(file)
    return packet === undefined || passphrase === '' ? []
      : [{ packet: packet.packet, person: packet.person, name: packet.name, items: packet.items, file, expiresAt: packet.expiresAt, passphrase }]
  })
}
