import { checkpointOver, eventsOfKinds } from '../storage/evidence-log.ts'
import type { Queries } from '../storage/database.ts'
import type { Context } from './context.ts'
import { restoreIn, type Head, type Restore } from './walk-log.ts'

/** Signed heads the log need not lead to, because a recorded restore set them aside. */
export interface ExcusedHeads {
  readonly has: (head: Head) => boolean
  /** Restores that are recorded and signed, in order. */
  readonly restores: readonly Restore[]
  /** Sentences about `restored` events that nobody entitled signed: they excuse nothing. */
  readonly doubtful: readonly string[]
}

/**
 * An event alone is not signed, so anybody who can write the file could excuse a missing end with one. A restore counts only with the
 * checkpoint right behind it, signed by an officer's certificate under the organisation's root.
 */
export async function excusedHeads(
  context: Pick<Context, 'signing' | 'paths'>, queries: Queries, abandoned: readonly Head[] = [],
): Promise<ExcusedHeads> {
  const all = (await eventsOfKinds(queries, ['restored'])).flatMap((event) => restoreIn(event.seq, event))
  const excused = new Set(abandoned.map(nameOf))
  const [restores, doubtful]: [Restore[], string[]] = [[], []]
  const roots = all.length === 0 ? [] : await context.signing.trustedRoots(context.paths.keys)
  const officers = all.length === 0 ? new Set<string>() : await officerCertificates(queries)
  for (const restore of all) {
    const checkpoint = await checkpointOver(queries, restore.seq + 1)
    const isSigned = checkpoint !== undefined && officers.has(restore.body.certificateFingerprint) && roots.some((root) => {
      const verdict = context.signing.verifyContent(checkpoint.note, checkpoint.cms, { root, at: new Date(checkpoint.at) })
      return verdict.ok && verdict.fingerprint === restore.body.certificateFingerprint
    })
    if (!isSigned) {
      doubtful.push(`event ${restore.seq} says that a backup was restored, but no officer signed that`)
      continue
    }
    restores.push(restore)
    for (const head of restore.body.abandoned) excused.add(nameOf(head))
  }
  return { has: (head) => excused.has(nameOf(head)), restores, doubtful }
}

/** Fingerprints of every certificate an officer ever had here, as the log tells. */
export async function officerCertificates(queries: Queries): Promise<Set<string>> {
  const officers = new Set<string>()
  const found = new Set<string>()
  for (const event of await eventsOfKinds(queries, ['person-enrolled', 'certificate-imported', 'key-replaced'])) {
    if (event.kind !== 'person-enrolled' && event.kind !== 'certificate-imported' && event.kind !== 'key-replaced') continue
    if ('roles' in event.body && event.body.roles.includes('officer')) officers.add(event.body.person)
    if (officers.has(event.body.person)) found.add(event.body.certificateFingerprint)
  }
  return found
}

function nameOf({ size, root }: Head): string {
  return `${size} ${root}`
}
