import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/index.ts'
import type { OpenedPacket } from '../../shared/model/packet.ts'
import type { WorkKind, WorkResult } from '../../shared/contract/work.ts'
import type { ContractClient, FileKeys } from '../jobs/engine-thread.ts'
import { inEngineThread } from '../jobs/engine-thread.ts'
import type { KeptWork, Ticket } from '../jobs/kept-work.ts'
import { progressStream, type Steps } from '../jobs/progress-stream.ts'
import { Refusal, type Actor, type Context, type Watch } from '../use-cases/context.ts'
import { findCampaign } from '../use-cases/find-campaign.ts'
import { isClosedTo } from './auditor-reads.ts'
import { asContractError, withContractErrors } from './refusals.ts'

/** Who is asking, as the host established it. */
export interface CallContext {
  readonly actor: Actor
}

/** What the procedures of all areas share, made once per opened workspace. */
export interface Engine {
  readonly context: Context
  readonly host: 'desktop' | 'web' | 'cli'
  /** The day things are judged as of when a caller names none. */
  readonly asOf: string
  readonly workspace: { readonly name: string; readonly isSample: boolean; readonly rootFingerprint: string; readonly packet?: OpenedPacket }
  /** Entry file of the worker thread for long work; null = it runs right here. */
  readonly thread: URL | null
  /** For such a thread. */
  readonly fileKeys: FileKeys | null
  /** Long work that goes on whoever follows it. */
  readonly work: KeptWork
}

/** The contract's implementer with errors translated, for what everybody may ask. */
export function answersOf(engine: Engine) {
  return implement(contract)
    .$context<CallContext>()
    .use(async ({ context: { actor }, path, next }) => {
      try {
        if (isClosedTo(actor, path)) throw new Refusal('not-allowed', 'Auditors read everything and change nothing. Ask a compliance officer to do this.')
        return await next()
      } catch (error) {
        throw asContractError(error, engine.context.store.path)
      }
    })
}

/** The same for what only officers and auditors may ask: everybody's access is not every reviewer's business. */
export function insiderAnswersOf(engine: Engine) {
  return answersOf(engine).use(({ context, next }) => {
    if (!context.actor.roles.some((role) => role === 'officer' || role === 'auditor')) {
      throw new Refusal('not-allowed', 'Only compliance officers and auditors can see or do this.')
    }
    return next()
  })
}

/** A thread cannot ask the operating system; so its secrets are opened here, where they can be opened without asking anybody. */
async function openedKey({ secrets }: Context): Promise<Uint8Array | null> {
  const { keptIn, exists } = await secrets.state()
  if (secrets.key() === null && keptIn === 'operating-system' && exists) await secrets.open('')
  return secrets.key()
}

/**
 * Long work as a stream of steps: in a thread that asks itself the same question over its own connection, or right here where
 * nobody else is waiting (a command line, or that thread).
 */
export async function* longWork<T>(
  engine: Engine,
  call: { readonly actor: Actor; readonly signal: AbortSignal | undefined },
  inThread: (client: ContractClient, signal: AbortSignal) => Promise<AsyncIterable<Steps<T>>>,
  here: (watch: Watch) => Promise<T>,
): AsyncGenerator<Steps<T>, void, void> {
  const steps =
    engine.thread === null
      ? progressStream(here, call.signal)
      : inEngineThread(engine.thread, { folder: engine.context.paths.folder, asOf: engine.asOf, actor: call.actor, secretsKey: await openedKey(engine.context), fileKeys: engine.fileKeys }, inThread, call.signal)
  yield* withContractErrors(steps, engine.context.store.path)
}

/**
 * Long work the engine keeps: a tab may be closed, any window sees how it stands. A command line stays until its work is done, and ends it
 * by leaving. Whether the person may do it at all is to be asked before: what is begun is shown to others.
 */
export function keepWork<K extends WorkKind>(
  engine: Engine,
  call: { readonly actor: Actor; readonly signal: AbortSignal | undefined },
  ticket: Omit<Ticket<K>, 'name' | 'by'> & { readonly of: string | number },
  inThread: (client: ContractClient, signal: AbortSignal) => Promise<AsyncIterable<Steps<WorkResult<K>>>>,
  here: (watch: Watch) => Promise<WorkResult<K>>,
): AsyncGenerator<Steps<WorkResult<K>>, void, void> {
  const run = (signal: AbortSignal | undefined) => longWork(engine, { actor: call.actor, signal }, inThread, here)
  if (engine.host === 'cli') return run(call.signal)
  const { of, ...rest } = ticket
  const steps = engine.work.begin({ ...rest, name: `${ticket.kind}:${of}`, by: call.actor.email }, run, call.signal)
  if (steps === null) throw new Refusal('conflict', `Muster is at this already: “${ticket.subject}”. Wait for its end, or stop it.`)
  return steps
}

/** The ticket of work on a campaign, which has to be there. */
export async function ofCampaign<K extends WorkKind>(context: Context, kind: K, campaign: number) {
  return { kind, of: campaign, campaign, subject: (await findCampaign(context.store.db, campaign)).spec.name }
}

/** What a file on this machine is called, whichever way its path is written. */
export function nameOfFile(path: string): string {
  return path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '')
}
