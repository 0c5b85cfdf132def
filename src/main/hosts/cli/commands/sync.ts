import { resolve } from 'node:path'
import type { Run, SourceKind } from '../../../../shared/model/source.ts'
import type { Cli, Invocation } from '../cli.ts'
import { CommandRefusal, failureOf } from '../failure.ts'
import { follow } from '../progress.ts'
import { openSecretsIfNeeded } from '../secret-input.ts'
import { inWorkspace, type Session } from '../session.ts'
import { table } from '../table.ts'
import { runColumns } from './source-runs.ts'

/** People first, then what they hold, then how it is used: each can be matched to what came before. */
const order: readonly SourceKind[] = ['hr', 'scim', 'entra', 'okta', 'csv-entitlements', 'csv-sign-ins']

interface Failed {
  readonly source: string
  readonly error: { readonly code: string; readonly message: string }
}

/** Before the first source is read, so that nobody is asked in the middle. */
const openSecretsFor = async ({ terminal }: Invocation, { client }: Session, names: readonly string[]): Promise<void> => {
  const isLive = (await client.sources.list()).some((source) => names.includes(source.name) && source.config.from !== 'file')
  if (isLive) await openSecretsIfNeeded(terminal, client)
}

const namesToSync = async ({ client }: Session, given: readonly string[]): Promise<readonly string[]> => {
  if (given.length > 0) return given
  const sources = await client.sources.list()
  if (sources.length === 0) throw new CommandRefusal('There is no source to read yet; add one with "muster source add".')
  return sources.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).map((source) => source.name)
}

export const syncOne = async (
  { terminal }: Invocation, { client }: Pick<Session, 'client'>, input: { source: string; asOf: string; file: string | null },
): Promise<Run> => follow(terminal, input.source, await client.sources.sync(input, { signal: terminal.signal }))

const syncAll = async (
  invocation: Invocation, session: Session, names: readonly string[], file: string | null,
): Promise<{ runs: readonly Run[]; failed: readonly Failed[] }> => {
  const { asOf } = await session.client.workspace.session()
  await openSecretsFor(invocation, session, names)
  const runs: Run[] = []
  const failed: Failed[] = []
  for (const source of names) {
    try {
      runs.push(await syncOne(invocation, session, { source, asOf, file }))
    } catch (error) {
      const failure = failureOf(error)
      if (failure.exit === 130 || !failure.isForeseen) throw error
      failed.push({ source, error: { code: failure.code, message: failure.message } })
    }
  }
  return { runs, failed }
}

export const addSync = ({ program, doing }: Cli): void => {
  program
    .command('sync')
    .argument('[source...]', 'only these, in this order (default: all; HR first, sign-ins last)')
    .description('read the sources and take a snapshot of each; exit 1 when a file is held for the officer\'s word')
    .option('--file <file>', 'read this file instead of the source\'s own, for one source')
    .addHelpText('after', `
Examples:
  $ muster sync
  $ muster sync hr --file people-2026-05.csv --as-of 2026-05-31`)
    .action(doing<{ file?: string }>(async (invocation, [given], options) => {
      const named = (given ?? []) as unknown as readonly string[]
      if (options.file !== undefined && named.length !== 1) throw new CommandRefusal('--file belongs to one source; name it.')
      const file = options.file === undefined ? null : resolve(invocation.terminal.cwd, options.file)
      const { runs, failed } = await inWorkspace(invocation, async (session) => syncAll(invocation, session, await namesToSync(session, named), file))
      if (runs.length === 0 && failed.length === 1) throw new CommandRefusal(failed[0]?.error.message ?? '', failed[0]?.error.code)
      const held = runs.filter((run) => run.state === 'held')
      return {
        json: { runs, failed },
        lines: [
          ...table(runColumns, runs, 'No source was read.'),
          ...held.map((run) => `Run ${run.id} of ${run.sourceName} is held: look at its file, then "muster source judge ${run.id} --accept|--discard --reason …".`),
          ...failed.map(({ source, error }) => `FAILED ${source}: ${error.message}`),
        ],
        isFailed: failed.length > 0 || runs.some((run) => run.state !== 'complete'),
      }
    }))
}
