import { z } from 'zod'
import { connectionTest } from '../model/live-source.ts'
import { run } from '../model/source.ts'
import { isoTime } from '../model/time.ts'
import { procedure, workingStep } from './base.ts'
import { launched } from './campaigns.ts'
import { contractErrors, type ContractErrorCode } from './errors.ts'
import { sealed, verification } from './evidence.ts'
import { lettersSent } from './mail.ts'
import { writtenPackets } from './packets.ts'
import { backup } from './workspace.ts'

/** What long work came to, by its kind. One more kind of work that outlives its window is one more line here. */
export const workOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sync'), result: run }),
  z.object({ kind: z.literal('test'), result: connectionTest }),
  z.object({ kind: z.literal('launch'), result: launched }),
  z.object({ kind: z.literal('mail'), result: lettersSent }),
  z.object({ kind: z.literal('packets'), result: writtenPackets }),
  z.object({ kind: z.literal('seal'), result: sealed }),
  z.object({ kind: z.literal('verify'), result: verification }),
  z.object({ kind: z.literal('backup'), result: backup }),
])

export const workKind = z.enum(workOutcome.options.map((option) => option.shape.kind.value) as [WorkKind, ...WorkKind[]])

const errorCodes = Object.keys(contractErrors) as [ContractErrorCode, ...ContractErrorCode[]]

export const workStanding = z.discriminatedUnion('state', [
  workingStep.extend({ isStopping: z.boolean() }),
  z.object({ state: z.literal('done'), at: isoTime, outcome: workOutcome }),
  /** As somebody asked; nothing half was kept. */
  z.object({ state: z.literal('stopped'), at: isoTime }),
  z.object({ state: z.literal('failed'), at: isoTime, code: z.enum(errorCodes), message: z.string() }),
  /** The engine ended meanwhile; this is said once, by the next one. */
  z.object({ state: z.literal('cut-off') }),
])

/** Long work that belongs to the engine: it goes on when the window that asked for it is closed. */
export const keptWork = z.object({
  /** Its kind and what it is done to, as `seal:12`; one of a name goes on at a time. */
  name: z.string(),
  kind: workKind,
  /** Name of the source, the campaign or the file; empty where nobody knows any more. */
  subject: z.string(),
  campaign: z.int().nullable(),
  by: z.string(),
  startedAt: isoTime,
  standing: workStanding,
})

export const workContract = {
  /** What the engine is doing for anybody, and what ended of the asking person's own until they put it away. The oldest first. */
  list: procedure.output(z.array(keptWork)),
  /** Stops work and waits for its end; `wasGoing` is false when it had ended by itself. Officers stop anything, others their own. */
  stop: procedure.input(z.object({ name: z.string() })).output(z.object({ wasGoing: z.boolean() })),
  /** Puts ended work of one's own away. */
  dismiss: procedure.input(z.object({ name: z.string() })).output(z.object({ dismissed: z.boolean() })),
}

export type WorkOutcome = z.infer<typeof workOutcome>
export type WorkKind = WorkOutcome['kind']
export type WorkResult<K extends WorkKind> = Extract<WorkOutcome, { kind: K }>['result']
export type WorkStanding = z.infer<typeof workStanding>
export type KeptWork = z.infer<typeof keptWork>
