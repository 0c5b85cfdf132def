// Whose word there is on when a report was sealed: the authority that is asked, and stamps that travel as files.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Answer, Cli, Invocation } from '../cli.ts'
import { CommandRefusal } from '../failure.ts'
import { inWorkspace } from '../session.ts'
import { facts } from '../table.ts'

interface Root { readonly name: string; readonly fingerprint: string }

interface Shown {
  readonly url: string | null
  readonly isBeyondThisMachine: boolean
  readonly roots: readonly Root[]
  readonly formerRoots: readonly Root[]
}

interface Stamped { readonly authority: string; readonly at: string; readonly isTrusted: boolean; readonly zip: string | null }

const believed = (title: string, roots: readonly Root[]) => roots.map(({ name, fingerprint }) => [title, `${name}, SHA-256 ${fingerprint}`] as const)

const shown = (now: Shown): Answer => ({
  json: now,
  lines: [
    ...(now.url === null
      ? ['No time authority is asked: the times in reports are claimed by this machine, not proven. A stamp can be brought later, by file.', ...facts(believed('still believed under', now.roots))]
      : facts([
        ['asked at each seal', `${now.url}${now.isBeyondThisMachine ? ' (another machine, allowed by the officer)' : ' (this machine)'}`], ...believed('believed under', now.roots),
      ])),
    ...facts(believed('named before, still believed under', now.formerRoots)),
  ],
})

const stampedLines = (taken: Stamped): readonly string[] => [
  `${taken.authority} saw this bundle on ${taken.at}. The stamp lies beside the seal as manifest.tsr.`,
  ...(taken.isTrusted ? [] : ['Whether to believe this authority was not asked: no certificate of one is known here. Name it: "muster verify … --tsa PEM".']),
  ...facts(taken.zip === null ? [] : [['zip, written anew', taken.zip]]),
]

/** What `--url`, `--certificate` and `--allow-host` name; null without an address. */
const namedIn = async ({ terminal }: Invocation, options: NamedOptions): Promise<{ url: string; content: string; mayLeave: boolean } | null> => {
  if (options.url === undefined) return null
  const content = options.certificate === undefined ? '' : await contentOf(resolve(terminal.cwd, options.certificate))
  return { url: options.url, content, mayLeave: options.allowHost === true }
}

interface NamedOptions { readonly url?: string; readonly certificate?: string; readonly allowHost?: boolean }

const contentOf = async (path: string): Promise<string> => {
  try {
    return (await readFile(path)).toString('base64')
  } catch {
    throw new CommandRefusal('not-found', `${path} cannot be read.`)
  }
}

export const addTimestamp = ({ program, doing }: Cli): void => {
  const timestamp = program.command('timestamp').description('whose word there is on when a report was sealed (RFC 3161)')

  timestamp.command('authority').description('who is asked for the time at each seal; nobody until you say so')
    .option('--url <address>', 'the authority\'s address, http or https')
    .option('--certificate <pem>', 'its certificate, or the root it comes from, PEM or DER, from a place you trust')
    .option('--allow-host', 'leave to send hashes, and nothing else, to an authority beyond this machine; recorded')
    .option('--remove', 'ask nobody any more')
    .addHelpText('after', `
Examples:
  $ muster timestamp authority
  $ muster timestamp authority --url https://time.example.com/tsr --certificate time-root.pem --allow-host
  $ muster timestamp authority --remove`)
    .action(doing<NamedOptions & { remove?: boolean }>(async (invocation, _, options) => {
      if (options.remove === true) return shown(await inWorkspace(invocation, ({ client }) => client.evidence.removeTimeAuthority()))
      const named = await namedIn(invocation, options)
      return shown(await inWorkspace(invocation, ({ client }) => (named === null ? client.evidence.timeAuthority() : client.evidence.setTimeAuthority(named))))
    }))

  timestamp.command('test').description('ask a time authority once, about nothing: does it answer, and is it believed? Changes no setting')
    .option('--url <address>', 'an authority that is not named yet; without it the one that is')
    .option('--certificate <pem>', 'its certificate, or the root it comes from, PEM or DER')
    .option('--allow-host', 'leave to send one hash, and nothing else, to an authority beyond this machine; recorded')
    .addHelpText('after', `
Examples:
  $ muster timestamp test
  $ muster timestamp test --url https://time.example.com/tsr --certificate time-root.pem --allow-host`)
    .action(doing<NamedOptions>(async (invocation, _, options) => {
      const named = await namedIn(invocation, options)
      const tested = await inWorkspace(invocation, ({ client }) => client.evidence.testTimeAuthority(named, { signal: invocation.terminal.signal }))
      return { json: tested, lines: [`${tested.host} answers: ${tested.authority} says it is ${tested.at}.`, ...facts(believed('believed under', tested.roots))] }
    }))

  timestamp.command('ask').argument('<bundle>', 'the folder of a bundle sealed here without a stamp').description('ask the named time authority for a stamp over a sealed bundle')
    .addHelpText('after', `
Example:
  $ muster timestamp ask evidence/1-v1.muster`)
    .action(doing(async (invocation, [bundle = '']) => {
      const { terminal } = invocation
      const taken = await inWorkspace(invocation, ({ client }) => client.evidence.askForStamp({ bundle: resolve(terminal.cwd, bundle) }, { signal: terminal.signal }))
      return { json: taken, lines: stampedLines(taken) }
    }))

  timestamp.command('request').argument('<bundle>', 'a sealed bundle\'s folder').argument('<file>', 'where the request is written, such as request.tsq')
    .description('write the request for a stamp over a sealed bundle, to be carried to an authority')
    .addHelpText('after', `
The file holds one hash. Any authority answers it, over the network from another machine or by mail:

  $ muster timestamp request evidence/1-v1.muster request.tsq
  $ curl -H "Content-Type: application/timestamp-query" --data-binary @request.tsq https://time.example.com/tsr -o answer.tsr
  $ muster timestamp take evidence/1-v1.muster answer.tsr`)
    .action(doing(async (invocation, [bundle = '', file = '']) => {
      const here = (path: string): string => resolve(invocation.terminal.cwd, path)
      const made = await inWorkspace(invocation, ({ client }) => client.evidence.requestStamp({ bundle: here(bundle), file: here(file) }))
      return { json: made, lines: [`The request is in ${made.file}. Take it to a time authority; then "muster timestamp take ${bundle} ANSWER".`] }
    }))

  timestamp.command('take').argument('<bundle>', 'the bundle\'s folder').argument('<file>', 'the authority\'s answer, such as answer.tsr')
    .description('take an authority\'s answer in; the seal stays as it is')
    .addHelpText('after', `
Example:
  $ muster timestamp take evidence/1-v1.muster answer.tsr`)
    .action(doing(async (invocation, [bundle = '', file = '']) => {
      const here = (path: string): string => resolve(invocation.terminal.cwd, path)
      const taken = await inWorkspace(invocation, ({ client }) => client.evidence.takeStamp({ bundle: here(bundle), file: here(file) }))
      return { json: taken, lines: stampedLines(taken) }
    }))
}
