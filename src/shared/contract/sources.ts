import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { pageInput, procedure, progressOf } from './base.ts'
import { isoDate } from '../model/time.ts'
import { mapping, reject, run, source, sourceConfig, sourceKind } from '../model/source.ts'

const sourceRef = z.object({ source: z.string() })

export const sourceCard = source.extend({ lastRun: run.nullable(), runs: z.int() })

export const preview = z.object({
  header: z.array(z.string()),
  mapping,
  missing: z.array(z.string()),
  /** First rows as they would be read, as field → text. */
  rows: z.array(z.record(z.string(), z.string().nullable())),
  rejects: z.array(reject),
  rowsRead: z.int(),
  protectedColumns: z.array(z.string()),
})

export const sourcesContract = {
  list: procedure.output(z.array(sourceCard)),
  /** The file's header is read and a mapping guessed; `mapping` overrides parts of the guess. */
  add: procedure
    .input(z.object({ name: z.string().min(1).max(100), kind: sourceKind, config: sourceConfig.partial().required({ file: true }), mapping: mapping.partial().nullable().default(null) }))
    .output(source),
  remove: procedure.input(sourceRef).output(z.object({ removed: z.string() })),
  /** First rows under a mapping, without saving anything. */
  preview: procedure.input(sourceRef.extend({ mapping: mapping.partial().nullable().default(null), rows: z.int().min(1).max(500).default(20) })).output(preview),
  /** Saves the mapping after checking it against the file. */
  map: procedure.input(sourceRef.extend({ mapping: mapping.partial() })).output(preview),
  sync: procedure.input(sourceRef.extend({ asOf: isoDate, file: z.string().nullable().default(null) })).output(eventIterator(progressOf(run))),
  runs: procedure.input(z.object({ source: z.string().nullable().default(null) })).output(z.array(run)),
  rejects: procedure.input(pageInput.extend({ run: z.int() })).output(z.object({ total: z.int(), rejects: z.array(reject) })),
  /** The officer's word on a held file. */
  judgeHeld: procedure.input(z.object({ run: z.int(), accept: z.boolean(), reason: z.string().min(1) })).output(run),
}
