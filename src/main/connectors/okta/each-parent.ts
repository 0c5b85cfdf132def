import { z } from 'zod'
import type { Client, Collection } from '@okta/okta-sdk-nodejs'
import type { OktaScope } from '../../../shared/model/okta-permissions.ts'
import { LiveSourceError, type LivePage, type MirrorChange, type MirrorView } from '../live-connector.ts'
import type { OktaPage, Org } from './org.ts'
import { readJson, type Reading } from './position.ts'
import { livePage } from './walk.ts'

/** One listing of each parent: a group's members, an application's users, its groups. `read` says what a page of it means. */
export interface Part {
  readonly scope: OktaScope
  readonly open: (client: Client, parent: string) => Promise<Collection<unknown>>
  readonly read: (parent: string, page: OktaPage) => Partial<Pick<LivePage, 'raw' | 'changes' | 'rejects' | 'gaps'>>
}

/** The last parent that was read to its end, or the one in the middle of which the reading stands. */
const placeSchema = z.object({
  after: z.string().nullable(),
  inside: z.object({ parent: z.string(), part: z.int(), next: z.string().nullable() }).nullable(),
})
type Place = z.infer<typeof placeSchema>

/** First pages asked for ahead of their turn: most parents have one page, and each is a journey of its own to Okta. */
const AHEAD = 4

/**
 * Reads the listings of one parent after the other. `parents` gives their ids (Okta's, without prefix) in order, those after a given one.
 * When only changes are asked for, what was known about a parent's holders is void before they follow anew; `deleted` ones are not asked.
 */
export async function* readEachParent(
  org: Org, reading: Reading, prefix: string, parents: (after: string | null) => AsyncIterable<string>, parts: readonly Part[],
  deleted: ReadonlySet<string> = new Set(),
): AsyncGenerator<LivePage, void, void> {
  const place: Place = reading.at === null ? { after: null, inside: null } : readJson(placeSchema, reading.at)
  const begun = place.inside
  if (begun !== null) yield* readParent(begun.parent, begun.part, begun.next, null)
  for await (const { parent, first } of ahead(parents(begun?.parent ?? place.after), firstPage)) yield* readParent(parent, 0, null, first)

  function firstPage(parent: string): Promise<OktaPage | 'gone'> {
    const part = parts[0]
    return part === undefined || deleted.has(parent) ? Promise.resolve('gone') : ask(part, parent, null)
  }

  async function ask(part: Part, parent: string, next: string | null): Promise<OktaPage | 'gone'> {
    return await org.page(part.scope, (client) => part.open(client, parent), next, 'may-be-gone')
  }

  async function* readParent(parent: string, fromPart: number, from: string | null, first: OktaPage | 'gone' | null): AsyncGenerator<LivePage, void, void> {
    let ready = first
    let next = from
    for (let index = fromPart; index < parts.length; index += 1) {
      const part = parts[index]
      if (part === undefined) return
      const followed = new Set<string>(next === null ? [] : [next])
      for (;;) {
        const isBeginning = index === 0 && next === null
        const page: OktaPage | 'gone' = ready ?? await ask(part, parent, next)
        ready = null
        if (page === 'gone') {
          const gaps = deleted.has(parent) ? [] : [`Okta no longer knows ${parent}, which it had listed before: it was deleted in the meantime.`]
          const changes: readonly MirrorChange[] = [{ drop: 'holds-of', entitlement: prefix + parent }]
          yield livePage(org, `GET ${prefix}${parent}`, cursorAt({ after: parent, inside: null }), { changes, gaps })
          return
        }
        if (page.next !== null && followed.has(page.next)) {
          throw new LiveSourceError(
            'half-answer',
            `Okta's pages of ${page.asked} lead back to one that was read: the listing has no end and was not taken.`,
          )
        }
        if (page.next !== null) followed.add(page.next)
        const isLast = page.next === null && index === parts.length - 1
        const inside = page.next === null ? { parent, part: index + 1, next: null } : { parent, part: index, next: page.next }
        const read = part.read(parent, page)
        const isVoid = isBeginning && reading.mode === 'changes'
        yield livePage(org, page.asked, cursorAt(isLast ? { after: parent, inside: null } : { after: null, inside }), {
          ...read,
          changes: isVoid ? [{ drop: 'holds-of', entitlement: prefix + parent }, ...(read.changes ?? [])] : read.changes ?? [],
          records: page.items.length,
        })
        next = page.next
        if (next === null) break
      }
    }
  }

  function cursorAt(here: Place): string {
    return reading.cursorAt(JSON.stringify(here), org.openedAt())
  }
}

/** The mirror's ids of a kind after a given one, without their prefix. */
export async function* mirrored(mirror: MirrorView, prefix: string, after: string | null): AsyncGenerator<string, void, void> {
  for (let last = after === null ? null : prefix + after; ;) {
    const ids = await mirror.entitlements(prefix, last, 500)
    for (const id of ids) yield id.slice(prefix.length)
    last = ids.at(-1) ?? null
    if (last === null) return
  }
}

async function* ahead<T>(
  parents: AsyncIterable<string>, ask: (parent: string) => Promise<T>,
): AsyncGenerator<{ readonly parent: string; readonly first: T }, void, void> {
  const waiting: { readonly parent: string; readonly first: Promise<T> }[] = []
  for await (const parent of parents) {
    const first = ask(parent)
    // Looked at in its turn; until then its failure is nobody's.
    first.catch(() => undefined)
    waiting.push({ parent, first })
    if (waiting.length < AHEAD) continue
    const next = waiting.shift()
    if (next !== undefined) yield { parent: next.parent, first: await next.first }
  }
  for (const { parent, first } of waiting) yield { parent, first: await first }
}

/** Ids in order, those after a given one. */
export async function* inOrder(ids: Iterable<string>, after: string | null): AsyncGenerator<string, void, void> {
  for (const id of [...ids].sort()) if (after === null || id > after) yield await Promise.resolve(id)
}

/** The parent in the middle of which the reading was cut off; null if it was between two. */
export const begunParent = (reading: Reading): string | null =>
  reading.at === null ? null : readJson(placeSchema, reading.at).inside?.parent ?? null

/** The first cursor of a reading from parent to parent: before all of them. */
export const beforeAll = (): string => JSON.stringify({ after: null, inside: null } satisfies Place)
