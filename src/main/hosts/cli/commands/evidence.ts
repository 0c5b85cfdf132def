import { resolve } from 'node:path'
import type { z } from 'zod'
import type { bundleTime } from '../../../../shared/contract/evidence.ts'
import { addEvidenceNotes } from './evidence-notes.ts'
import { addTimestamp } from './timestamp.ts'
import { collect, type Answer, type Cli, type Invocation } from '../cli.ts'
import type { Verification } from '../doors.ts'
import { CommandRefusal } from '../failure.ts'
import { passphrase } from '../passphrase.ts'
import { follow } from '../progress.ts'
import { campaignNumber, inWorkspace } from '../session.ts'
import { count, facts, table } from '../table.ts'

interface VerifyOptions {
  readonly root?: string
  readonly seen?: readonly string[]
  readonly tsa?: string
  readonly crl?: readonly string[]
}

const outcomes = { passed: 'passed', failed: 'FAILED', 'not-checked': 'not checked' } as const

/** "Valid" must not sound like more than was looked at. */
const notCheckedLine = (found: Verification): readonly string[] => {
  const open = found.checks.filter((check) => check.outcome === 'not-checked').length
  return found.isValid && open > 0 ? [`as far as it was checked: ${count(open, 'check')} above could not be made, each says what it needs.`] : []
}

export const verificationLines = (found: Verification): readonly string[] => [
  ...table([
    { title: 'outcome', of: (check) => outcomes[check.outcome] }, { title: 'check', of: (check) => check.title, max: 70 }, { title: 'detail', of: (check) => check.detail, max: 110 },
  ], found.checks, 'Nothing was checked.'),
  `${found.isValid ? 'VALID' : 'NOT VALID'}: ${found.bundle}`,
  ...notCheckedLine(found),
]

const verified = (found: Verification): Answer => ({ json: found, lines: verificationLines(found), isFailed: !found.isValid })

/** With a workspace at hand its own root is the trust anchor; without one, or with --root, the bundle is checked for itself. */
const verify = async (invocation: Invocation, bundle: string, options: VerifyOptions): Promise<Verification> => {
  const { terminal, doors, globals } = invocation
  const here = (file: string): string => resolve(terminal.cwd, file)
  const seen = (options.seen ?? []).map(here)
  const input = {
    bundle: here(bundle), root: options.root === undefined ? null : here(options.root), seen, tsa: options.tsa === undefined ? null : here(options.tsa), lists: (options.crl ?? []).map(here),
  }
  if (input.root !== null) return doors.verifyBundle(input)
  try {
    return await inWorkspace(invocation, ({ client }) => client.evidence.verify(input))
  } catch (error) {
    const hasNone = error instanceof CommandRefusal && error.code === 'not-a-workspace'
    if (hasNone && globals.workspace === null) return doors.verifyBundle(input)
    throw error
  }
}

/** Whose word there is on when it was sealed. */
const timeWords = (time: z.infer<typeof bundleTime>): string => {
  switch (time.state) {
    case 'proven': return `proven: ${time.authority}, ${time.at}`
    case 'stamped': return `stamped by ${time.authority}, ${time.at}, whom nobody here vouches for`
    case 'doubtful': return `DOUBTFUL: ${time.detail}`
    case 'claimed': return 'claimed'
    case 'missing': return 'the bundle is not there any more'
  }
}

const addSeal = ({ program, doing }: Cli): void => {
  program
    .command('seal')
    .description('write the signed report and the evidence bundle of a closed campaign')
    .option('--campaign <id>', 'which campaign; may be left out when there is only one')
    .option('--out <dir>', 'folder the bundle is put in (default: the workspace\'s own)')
    .option('--passphrase-file <file>', 'file whose first line is the officer\'s passphrase')
    .option('--no-timestamp', 'do not ask the time authority for this one; a stamp can be brought later')
    .option('--zip', 'also as one file beside the folder; both verify')
    .option('--reason <text>', 'why a new version supersedes the one sealed before; printed in the report')
    .addHelpText('after', `
Examples:
  $ muster seal --campaign 1 --out evidence
  $ muster seal --campaign 1 --reason "The removals are proved now"`)
    .action(doing<{ campaign?: string; out?: string; passphraseFile?: string; reason?: string; zip?: boolean; timestamp: boolean }>(async (invocation, _, options) => {
      const { terminal } = invocation
      const made = await inWorkspace(invocation, async ({ actor, client }) => {
        const campaign = await campaignNumber(client, options.campaign)
        const secret = await passphrase(terminal, {
          question: `Passphrase of ${actor.email}`, file: options.passphraseFile, variable: 'MUSTER_PASSPHRASE', option: '--passphrase-file', isNew: false,
        })
        const out = options.out === undefined ? null : resolve(terminal.cwd, options.out)
        return follow(terminal, 'Seal', await client.evidence.seal({ campaign, out, passphrase: secret, reason: options.reason ?? null, zip: options.zip === true, timeStamp: options.timestamp }, { signal: terminal.signal }))
      })
      return {
        json: made,
        lines: [
          `Sealed campaign ${made.campaign}, version ${made.version}: ${count(made.items, 'item')} on ${count(made.pages, 'page')}.`,
          ...made.exceptions.map((exception) => `With exception: ${exception}`), ...facts([['bundle', made.path], ...(made.zip === null ? [] : [['zip', made.zip] as const])]), `Next: "muster verify ${made.path}".`,
        ],
      }
    }))

  program
    .command('bundles')
    .description('the bundles sealed here')
    .addHelpText('after', `
Example:
  $ muster bundles`)
    .action(doing(async (invocation) => {
      const bundles = await inWorkspace(invocation, ({ client }) => client.evidence.bundles())
      return {
        json: bundles,
        lines: table([
          { title: 'campaign', of: (bundle) => bundle.campaign, align: 'right' }, { title: 'name', of: (bundle) => bundle.name },
          { title: 'version', of: (bundle) => bundle.version, align: 'right' }, { title: 'at', of: (bundle) => bundle.at }, { title: 'by', of: (bundle) => bundle.by },
          { title: 'exceptions', of: (bundle) => bundle.exceptions, align: 'right' }, { title: 'time', of: ({ time }) => timeWords(time), max: 70 }, { title: 'path', of: (bundle) => bundle.path, max: 120 },
        ], bundles, 'Nothing is sealed yet.'),
      }
    }))
}

export const addEvidence = (cli: Cli): void => {
  addSeal(cli)
  addEvidenceNotes(cli)
  addTimestamp(cli)

  cli.program
    .command('verify')
    .argument('<bundle>', 'a sealed bundle: its folder, or the zip of it')
    .description('recompute a bundle: signatures, chain, totals, every figure; exit 1 when anything does not fit')
    .option('--root <pem>', 'the organisation\'s root certificate, from a place you trust')
    .option('--seen <checkpoint>', 'a checkpoint seen earlier, which this log must extend; may be repeated', collect)
    .option('--tsa <pem>', 'the certificate of a time authority you trust; without it its stamps are told, not believed')
    .option('--crl <pem>', 'a list of revoked certificates newer than the bundle\'s; may be repeated', collect)
    .addHelpText('after', `
Works anywhere, also without a workspace. Without --root a workspace's own root is used; without either, trust is not checked.

Examples:
  $ muster verify evidence/1-v1.muster --root acme-root.pem
  $ muster verify evidence/1-v1.muster --root acme-root.pem --seen mailed-in-march.checkpoint`)
    .action(cli.doing<VerifyOptions>(async (invocation, [bundle = ''], options) => verified(await verify(invocation, bundle, options))))

  cli.program
    .command('log')
    .description('the workspace\'s log of recorded facts')
    .command('check')
    .description('recompute the whole log: hashes, order, last checkpoint, decisions against their events; exit 1 when anything does not fit')
    .addHelpText('after', `
Example:
  $ muster log check`)
    .action(cli.doing(async (invocation) => verified(await inWorkspace(invocation, ({ client }) => client.evidence.checkLog()))))
}
