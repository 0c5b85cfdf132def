import { resolve } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { Actor } from '../../app.ts'
import { contractErrorsOnly } from '../contract-errors.ts'
import type { EngineApp, EngineClient } from '../engine-types.ts'
import type { Invocation } from './cli.ts'
import { CommandRefusal } from './failure.ts'
import { settlingLine } from './settling-line.ts'
import { waysFrom } from './workspace-passphrase.ts'

/** An open workspace and the person acting in it. */
export interface Session {
  readonly app: EngineApp
  readonly actor: Actor
  readonly client: EngineClient
  /** The same engine as somebody else sees it. */
  readonly clientOf: (actor: Actor) => EngineClient
  readonly folder: string
}

const isNotAWorkspace = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'not-a-workspace'

/** Opens what --workspace or MUSTER_WORKSPACE names, else the current folder. */
const open = async ({ terminal, doors, globals }: Invocation, passphrase: string | undefined): Promise<{ app: EngineApp; folder: string }> => {
  const folder = resolve(terminal.cwd, globals.workspace ?? '.')
  const { onSettling, clear } = settlingLine(terminal)
  try {
    return { app: await doors.createApp({ folder, asOf: globals.asOf, host: 'cli', threads: false, onSettling, ...waysFrom(terminal), ...(passphrase === undefined ? {} : { passphrase }) }), folder }
  } catch (error) {
    if (globals.workspace !== null || !isNotAWorkspace(error)) throw error
    throw new CommandRefusal(
      'This folder is not a Muster workspace. Name one with --workspace DIR or MUSTER_WORKSPACE, or make one with "muster init DIR".',
      'not-a-workspace',
    )
  } finally {
    clear()
  }
}

/** The person named by --as, else the workspace's officer. */
const actingPerson = async (app: EngineApp, as: readonly string[]): Promise<Actor> => {
  const email = as[0]
  if (email === undefined) return app.officer()
  if (as.length > 1) throw new CommandRefusal('Only one person can act in this command; give --as once.')
  const actor = await app.actor(email)
  if (actor !== undefined) return actor
  throw new CommandRefusal(`Nobody called ${email} acts in this workspace; "muster people" lists who does.`, 'unknown-person')
}

/** In process, yet through the whole contract: inputs and answers are validated as they are for every other host. */
export const clientOn = (app: EngineApp, actor: Actor, invocation: Invocation, folder: string): EngineClient =>
  createRouterClient(app.router, {
    context: { actor },
    interceptors: [contractErrorsOnly(invocation.doors.errorLogIn(folder))],
  }) as EngineClient

/** Opens the workspace (with `passphrase`, where a command was given it), does the work as the acting person, and closes the workspace whatever happened. */
export const inWorkspace = async <Result>(invocation: Invocation, work: (session: Session) => Promise<Result>, passphrase?: string): Promise<Result> => {
  const { app, folder } = await open(invocation, passphrase)
  try {
    const actor = await actingPerson(app, invocation.globals.as)
    const clientOf = (person: Actor): EngineClient => clientOn(app, person, invocation, folder)
    return await work({ app, actor, client: clientOf(actor), clientOf, folder })
  } finally {
    await app.close()
  }
}

/** A campaign's or run's number as typed. */
export const numberOf = (text: string | undefined, what: string): number => {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text)
  throw new CommandRefusal(text === undefined ? `Say which ${what}: its number is missing.` : `"${text}" is not the number of ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}.`)
}

const theOnly = (ids: readonly number[], none: string, several: string): number => {
  const only = ids[0]
  if (ids.length === 1 && only !== undefined) return only
  throw new CommandRefusal(ids.length === 0 ? none : several)
}

/** A campaign given as `ID` or `--campaign ID`; the only one there is when neither is given. */
export const campaignNumber = async (client: EngineClient, ...given: readonly (string | undefined)[]): Promise<number> => {
  const text = given.find((value) => value !== undefined)
  if (text !== undefined) return numberOf(text, 'campaign')
  return theOnly(
    (await client.campaigns.list()).map(({ id }) => id), 'There is no campaign yet; make one with "muster campaign create".',
    'There are several campaigns; say which with --campaign ID ("muster campaign list" shows them).',
  )
}

/** The same among the running campaigns in which the acting person has items. */
export const myCampaign = async (client: EngineClient, given: string | undefined): Promise<number> => {
  if (given !== undefined) return numberOf(given, 'campaign')
  const mine = (await client.review.mine()).map(({ campaign }) => campaign)
  return theOnly(
    mine.map(({ id }) => id), 'No running campaign asks anything of this person.',
    `Several campaigns wait; say which with --campaign ID (${mine.map(({ id, spec }) => `${id}: ${spec.name}`).join(', ')}).`,
  )
}
