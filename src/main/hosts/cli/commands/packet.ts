import { resolve } from 'node:path'
import type { Command } from 'commander'
import { collect, type Cli, type Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { passphrase } from '../passphrase.ts'
import { follow } from '../progress.ts'
import { campaignNumber, inWorkspace } from '../session.ts'
import { doorRequest } from '../../../../shared/model/packet-door.ts'
import { answerAtDoor } from '../../packet-door.ts'
import { count, facts, table } from '../table.ts'
import { ownOrGiven } from '../workspace-passphrase.ts'

interface WithPassphrase { readonly passphraseFile?: string }

const ownPassphrase = (invocation: Invocation, who: string, file: string | undefined, isNew = false): Promise<string> =>
  passphrase(invocation.terminal, { question: isNew ? `New passphrase for ${who}` : `Passphrase of ${who}`, file, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew })

const conflictWords = {
  reassigned: 'was handed to somebody else meanwhile', 'decided-here': 'was decided here meanwhile', 'signed-off': 'is signed off already', 'moved-on': 'has moved on to a later stage',
} as const

const addWrite = (packet: Command, { doing }: Cli): void => {
  packet
    .command('write')
    .description('write one encrypted, signed file per reviewer with their open items')
    .option('--campaign <id>', 'which campaign; may be left out when there is only one')
    .option('--to <email>', 'only for this reviewer; may be repeated (default: everybody who owes an answer, but the officer)', collect)
    .requiredOption('--out <dir>', 'folder the packets are put in')
    .requiredOption('--expires <date>', 'the last day on which the answer is taken, YYYY-MM-DD')
    .option('--again', 'also for those who have an unanswered packet with the same items')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase')
    .addHelpText('after', `
Reviewers whose key was enrolled open their packet with it. The others need the passphrase made for them, which is put in a file
beside the packets: tell it by voice, never with the packet.

Examples:
  $ muster packet write --campaign 1 --out packets --expires 2026-12-31
  $ muster packet write --campaign 1 --to rui@acme.example --out packets --expires 2026-12-31`)
    .action(doing<WithPassphrase & { campaign?: string; to?: readonly string[]; out: string; expires: string; again?: boolean }>(async (invocation, _, options) => {
      const { terminal } = invocation
      const done = await inWorkspace(invocation, async ({ actor, client }) => {
        const campaign = await campaignNumber(client, options.campaign)
        const secret = await ownPassphrase(invocation, actor.email, options.passphraseFile)
        const steps = await client.packets.write({
          campaign, reviewers: options.to === undefined ? null : [...options.to], out: resolve(terminal.cwd, options.out), expiresOn: options.expires, again: options.again === true,
          passphrase: secret,
        }, { signal: terminal.signal })
        return follow(terminal, 'Packets', steps)
      })
      return {
        json: done,
        lines: [
          ...table([
            { title: 'person', of: (one) => one.person }, { title: 'items', of: (one) => one.items, align: 'right' },
            { title: 'opens with', of: (one) => (one.way === 'recipient' ? 'their key' : 'a passphrase') }, { title: 'file', of: (one) => one.path, max: 120 },
          ], done.written, 'Nothing was written.'),
          ...done.skipped.map(({ person, reason }) => `${person}: none written, ${reason}.`),
          ...done.failed.map(({ person, reason }) => `FAILED, ${person}: ${reason}.`),
          ...(done.notTried === 0 ? [] : [`${count(done.notTried, 'reviewer')} not tried any more.`]),
          ...(done.failed.length === 0 ? [] : ['The same command goes on with those that are missing.']),
          ...(done.passphrases === null ? [] : [`Passphrases to be told by voice: ${done.passphrases}`]),
        ],
        isFailed: done.failed.length > 0,
      }
    }))

  packet
    .command('list')
    .description('the packets written for a campaign, and what came back')
    .option('--campaign <id>', 'which campaign; may be left out when there is only one')
    .addHelpText('after', `
Example:
  $ muster packet list --campaign 1`)
    .action(doing<{ campaign?: string }>(async (invocation, _, options) => {
      const packets = await inWorkspace(invocation, async ({ client }) => client.packets.list({ campaign: await campaignNumber(client, options.campaign) }))
      return {
        json: packets,
        lines: table([
          { title: 'packet', of: (one) => one.packet.slice(0, 8) }, { title: 'person', of: (one) => one.person }, { title: 'items', of: (one) => one.items, align: 'right' },
          { title: 'until', of: (one) => one.expiresAt.slice(0, 10) }, { title: 'came back', of: (one) => one.mergedAt?.slice(0, 10) ?? '' },
          { title: 'merged', of: (one) => one.merged ?? '', align: 'right' }, { title: 'conflicts', of: (one) => one.conflicts ?? '', align: 'right' },
        ], packets, 'No packet was written yet.'),
      }
    }))
}

const addOpen = (packet: Command, { doing }: Cli): void => {
  packet
    .command('open')
    .argument('<file>', 'the packet')
    .description('open a packet as a workspace of your own, to review and sign in')
    .requiredOption('--into <dir>', 'an empty or new folder for the workspace')
    .option('--keys <dir>', 'folder of your enrolment request or of an earlier packet\'s workspace, whose keys are used')
    .option('--email <email>', 'whose key it is; with --keys')
    .option('--follow-root <fingerprint>', 'SHA-256 of the root that took the pinned one\'s place, after comparing both with the officer')
    .option('--root <fingerprint>', 'SHA-256 of the organisation\'s root, from a place you trust: other packets are refused')
    .option('--passphrase-file <file>', 'file whose first line is your own passphrase')
    .option('--packet-passphrase-file <file>', 'file whose first line is the passphrase told with the packet')
    .option('--workspace-passphrase-file <file>', 'file whose first line opens the workspace (default: MUSTER_WORKSPACE_PASSPHRASE, else your own passphrase)')
    .option('--no-encryption', 'leave the workspace\'s files readable to whoever can read the disk')
    .addHelpText('after', `
Without --keys the packet is opened with the passphrase you were told, and a key of your own is made. The workspace is encrypted; your own
passphrase opens it (MUSTER_WORKSPACE_PASSPHRASE or MUSTER_PASSPHRASE, or asked for).

Examples:
  $ muster packet open review.musterpack --into review
  $ muster packet open second.musterpack --into review-2 --keys review --email rui@acme.example`)
    .action(doing<WithPassphrase & { into: string; keys?: string; email?: string; root?: string; followRoot?: string; packetPassphraseFile?: string; workspacePassphraseFile?: string; encryption: boolean }>(async (invocation, [file = ''], options) => {
      const { terminal, doors } = invocation
      const here = (path: string): string => resolve(terminal.cwd, path)
      const hasKey = options.keys !== undefined
      if (hasKey && options.email === undefined) throw new CommandRefusal('Say whose key it is with --email.')
      const packetPassphrase = hasKey ? null : await passphrase(terminal, {
        question: 'Passphrase told with the packet', file: options.packetPassphraseFile, variable: 'MUSTER_PACKET_PASSPHRASE', option: '--packet-passphrase-file', isNew: false,
      })
      const secret = await ownPassphrase(invocation, options.email ?? 'you', options.passphraseFile, !hasKey)
      const opened = await doors.openPacket(here(options.into), {
        file: here(file), packetPassphrase, email: options.email ?? null, passphrase: secret, rootFingerprint: options.root ?? null, followRoot: options.followRoot ?? null,
        keys: options.keys === undefined ? null : here(options.keys),
      }, options.encryption ? { passphrase: await ownOrGiven(terminal, options.workspacePassphraseFile, secret), hasRecoveryKit: false } : null)
      return {
        json: opened,
        lines: [
          `${opened.campaign}: ${count(opened.items, 'item')} for ${opened.person}, from ${opened.from}, until ${opened.expiresAt.slice(0, 10)}.`,
          ...facts([['organisation', opened.organisation], ['its root, to be compared by voice', opened.rootSpoken], ...(opened.keySpoken === null ? [] : [['your key, to be read out to the officer', opened.keySpoken] as const])]),
          options.encryption ? 'Its files are encrypted; "muster workspace" says what opens them.' : 'Its files are NOT encrypted, as you asked.',
          `Next: "muster queue --workspace ${options.into}", or "muster serve --workspace ${options.into}".`,
        ],
      }
    }))

  packet
    .command('respond')
    .description('in a packet\'s workspace: write the signed answer that goes back to the officer')
    .requiredOption('--out <file>', 'the response\'s file')
    .option('--passphrase-file <file>', 'file whose first line is your own passphrase')
    .addHelpText('after', `
Example:
  $ muster packet respond --workspace review --out review.musterpack-response`)
    .action(doing<WithPassphrase & { out: string }>(async (invocation, _, options) => {
      const written = await inWorkspace(invocation, async ({ actor, client }) => client.packets.respond({
        out: resolve(invocation.terminal.cwd, options.out), passphrase: await ownPassphrase(invocation, actor.email, options.passphraseFile),
      }))
      return { json: written, lines: [`${count(written.signedOff, 'signed decision')}, ${written.undecided} undecided: ${written.path}`] }
    }))
}

const addImport = (packet: Command, { doing }: Cli): void => {
  packet
    .command('import')
    .argument('<file>', 'the response')
    .description('take a response over; exit 1 when some of it could not be merged')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase')
    .addHelpText('after', `
Example:
  $ muster packet import review.musterpack-response`)
    .action(doing<WithPassphrase>(async (invocation, [file = ''], options) => {
      const done = await inWorkspace(invocation, async ({ actor, client }) => client.packets.import({
        file: resolve(invocation.terminal.cwd, file), passphrase: await ownPassphrase(invocation, actor.email, options.passphraseFile),
      }))
      return {
        json: done, isFailed: done.conflicts.length > 0 && !done.wasThere,
        lines: [
          done.wasThere
            ? `This response of ${done.person} was taken over before; nothing was changed.`
            : `${count(done.merged, 'decision')} of ${done.person} merged and signed off; ${done.undecided} left undecided.`,
          ...done.conflicts.map(({ itemId, reason }) => `Not merged: item ${itemId} ${conflictWords[reason]}.`),
        ],
      }
    }))
}

const addEnrolment = (packet: Command, { doing }: Cli): void => {
  packet
    .command('enrol-request')
    .description('make your own key here, and the file that asks the officer to certify it')
    .requiredOption('--email <email>', 'your address, as the organisation knows it')
    .requiredOption('--name <name>', 'your name')
    .requiredOption('--keys <dir>', 'folder your key is kept in')
    .requiredOption('--out <file>', 'the request\'s file')
    .option('--passphrase-file <file>', 'file whose first line is your own passphrase')
    .addHelpText('after', `
Example:
  $ muster packet enrol-request --email rui@acme.example --name "Rui Sol" --keys muster-key --out rui.muster-request`)
    .action(doing<WithPassphrase & { email: string; name: string; keys: string; out: string }>(async (invocation, _, options) => {
      const { terminal, doors } = invocation
      const made = await doors.requestEnrolment(resolve(terminal.cwd, options.keys), {
        email: options.email, name: options.name, file: resolve(terminal.cwd, options.out), passphrase: await ownPassphrase(invocation, options.email, options.passphraseFile, true),
      })
      return { json: made, lines: [`Send ${made.file} to the officer. When they call, read out: ${made.spoken}`] }
    }))

  packet
    .command('enrol-accept')
    .argument('<file>', 'a request, or the first response of somebody without a certified key')
    .description('certify a key made elsewhere, once its owner has read out its digits')
    .requiredOption('--spoken <digits>', 'the forty digits as its owner read them out')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase')
    .addHelpText('after', `
Example:
  $ muster packet enrol-accept rui.muster-request --spoken "30218 …"`)
    .action(doing<WithPassphrase & { spoken: string }>(async (invocation, [file = ''], options) => {
      const done = await inWorkspace(invocation, async ({ actor, client }) => client.packets.acceptKey({
        file: resolve(invocation.terminal.cwd, file), spoken: options.spoken, passphrase: await ownPassphrase(invocation, actor.email, options.passphraseFile),
      }))
      return { json: done, lines: [`${done.person} is enrolled; certificate ${done.fingerprint}.`] }
    }))
}

/** For the desktop, which asks in a process of its own. The question holds passphrases, so it comes by the environment and never by an argument. */
const addDoor = (packet: Command, { doing }: Cli): void => {
  packet
    .command('door', { hidden: true })
    .description('answer one question of the desktop\'s page before a packet; the question is in MUSTER_DOOR_REQUEST')
    .requiredOption('--home <dir>', 'folder the workspaces of packets are kept in')
    .action(doing<{ home: string }>(async ({ terminal, doors }, _, options) => {
      const request = doorRequest.safeParse(JSON.parse(terminal.env['MUSTER_DOOR_REQUEST'] ?? 'null') as unknown)
      if (!request.success) throw new CommandRefusal('MUSTER_DOOR_REQUEST holds no question this Muster knows.')
      const answer = await answerAtDoor(resolve(terminal.cwd, options.home), doors, request.data)
      return { json: answer, lines: [answer.kind] }
    }))
}

export const addPacket = (cli: Cli): void => {
  const packet = cli.program.command('packet').description('review packets: one encrypted, signed file per reviewer, and their answers')
  addWrite(packet, cli)
  addOpen(packet, cli)
  addImport(packet, cli)
  addEnrolment(packet, cli)
  addDoor(packet, cli)
}
