import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { pageInput, procedure, progressOf } from './base.ts'
import { isoDate } from '../model/time.ts'
import { connectionTest, liveConfig, runCollection, secretName, secretsState } from '../model/live-source.ts'
import { fileConfig, fileSourceKind, mapping, reject, run, source } from '../model/source.ts'

const sourceRef = z.object({ source: z.string() })

/** `lastRun`: the newest, whatever became of it. `lastTaken`: the newest that was believed, which says how old the picture is. */
export const sourceCard = source.extend({ lastRun: run.nullable(), lastTaken: run.nullable(), heldRun: run.nullable(), runs: z.int() })

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
    .input(z.object({ name: z.string().min(1).max(100), kind: fileSourceKind, config: fileConfig.partial().required({ file: true }), mapping: mapping.partial().nullable().default(null) }))
    .output(source),
  /** Its kind is `config.from`. Secrets go where `secretsState` says, never into the store. */
  addLive: procedure.input(z.object({ name: z.string().min(1).max(100), config: liveConfig, secrets: z.partialRecord(secretName, z.string()).default({}) })).output(source),
  /** Changes a live source's settings, its secrets, or both. */
  changeLive: procedure.input(sourceRef.extend({ config: liveConfig.nullable().default(null), secrets: z.partialRecord(secretName, z.string()).default({}) })).output(source),
  /** Signs in and asks one thing of each collection: what works, which permission is missing, what will be missing without it. Kept by the engine. */
  test: procedure.input(sourceRef).output(eventIterator(progressOf(connectionTest))),
  secretsState: procedure.output(secretsState),
  /** Opens the passphrase-protected file of secrets for as long as this app runs; the first time it is made under this passphrase. */
  openSecrets: procedure.input(z.object({ passphrase: z.string().min(1) })).output(secretsState),
  remove: procedure.input(sourceRef).output(z.object({ removed: z.string() })),
  /** First rows under a mapping, without saving anything. */
  preview: procedure.input(sourceRef.extend({ mapping: mapping.partial().nullable().default(null), rows: z.int().min(1).max(500).default(20) })).output(preview),
  /** The same of a file that is no source yet; `mapping` overrides parts of the guess. */
  previewFile: procedure
    .input(z.object({ kind: fileSourceKind, file: z.string(), mapping: mapping.partial().nullable().default(null), rows: z.int().min(1).max(500).default(20) }))
    .output(preview),
  /** Settings of a file source: where its file is, whose accounts it names, how much change is believed. */
  changeFile: procedure
    .input(sourceRef.extend({ config: fileConfig.pick({ file: true, accountsOf: true, holdBelowShare: true }).partial() })).output(source),
  /** Saves the mapping after checking it against the file. */
  map: procedure.input(sourceRef.extend({ mapping: mapping.partial() })).output(preview),
  /** `asOf` is the day a file describes; a live source is always read as of today and takes none. Kept by the engine. */
  sync: procedure.input(sourceRef.extend({ asOf: isoDate.nullable().default(null), file: z.string().nullable().default(null) })).output(eventIterator(progressOf(run))),
  runs: procedure.input(z.object({ source: z.string().nullable().default(null) })).output(z.array(run)),
  /** A run with everything an auditor needs to ask the same again. `collections` is empty for files. */
  run: procedure.input(z.object({ run: z.int() })).output(z.object({ run, collections: z.array(runCollection) })),
  rejects: procedure.input(pageInput.extend({ run: z.int() })).output(z.object({ total: z.int(), rejects: z.array(reject) })),
  /** The officer's word on a held file. */
  judgeHeld: procedure.input(z.object({ run: z.int(), accept: z.boolean(), reason: z.string().min(1) })).output(run),
}
