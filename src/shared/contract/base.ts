import { oc } from '@orpc/contract'
import { z } from 'zod'
import { contractErrors } from './errors.ts'

/** Every procedure may answer with the same closed set of errors. */
export const procedure = oc.errors(contractErrors)

/** A page of a list: `from` counts from 0. */
export const pageInput = z.object({ from: z.int().min(0).default(0), limit: z.int().min(1).max(1_000).default(100) })

export const workingStep = z.object({
  state: z.literal('working'), step: z.string(), share: z.number().min(0).max(1).nullable(),
  /** A person has to open this page elsewhere and type this code before the work goes on. */
  prompt: z.object({ url: z.string(), code: z.string(), expiresAt: z.string() }).exactOptional(),
})

/**
 * Steps of long work; the last one carries the result. Ending the iterator cancels the work, except where a procedure says that the engine keeps it:
 * then only `work.stop` does, unless a command line asked.
 */
export const progressOf = <T extends z.ZodType>(result: T) => z.discriminatedUnion('state', [workingStep, z.object({ state: z.literal('done'), result })])
