import { z } from 'zod'
import {
  LiveSourceError, type CollectionEnd, type LiveConnector, type LivePage, type MirrorChange, type ReadCollection,
} from '../live-connector.ts'
import { waitOrAbort } from '../okta/transport.ts'
import { blankJson } from '../raw-file/blanked-json.ts'
import { keyOf, readList, readPerson, type ListAnswer } from './answers.ts'
import { testScim } from './connection-test.ts'
import { openScim, type ScimOptions, type ScimServer } from './server.ts'

const PAGE = 200
const KEYS = 'id,userName,externalId,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber'

/** The next person to ask for, counted from 1, and how many were said to be there when the reading began. */
const placeSchema = z.object({ startIndex: z.int(), total: z.int().nullable(), isDone: z.boolean() })
type Place = z.infer<typeof placeSchema>

/** The connector with the requests leaving another way than by https: for tests. */
export function createScim(options: Partial<ScimOptions>): LiveConnector {
  const complete: ScimOptions = { requester: null, wait: waitOrAbort, ...options }
  return {
    kind: 'scim',
    test: (input) => testScim(input, complete),
    collections: () => [{ name: 'users', title: 'People', apiVersion: 'SCIM 2.0', isOptional: false }],

    async *read(input) {
      if (input.collection !== 'users') {throw new LiveSourceError(
        'not-this-source',
        `A SCIM source has no collection called ${input.collection}.`,
      )}
      return yield* readPeople(input, await openScim(input, complete))
    },
  }
}

/**
 * All people, every time: SCIM cannot be asked for changes. Two rounds: the first learns under which names a manager may be meant and is
 * repeated when a reading goes on from the middle; the second reads the people. Ends with the server's own total to compare with.
 */
async function* readPeople(input: ReadCollection, server: ScimServer): AsyncGenerator<LivePage, CollectionEnd, void> {
  let place: Place = input.cursor === null ? { startIndex: 1, total: null, isDone: false } : readPlace(input.cursor)
  const end = (): CollectionEnd => ({ mode: 'full', nextCursor: null, sourceCount: place.total, window: null })
  if (place.isDone) return end()
  const { employeeIds, gaps: learnt } = await learnKeys(server)
  const taken = new Set<string>()
  let waiting = learnt
  for (;;) {
    const here = place
    const answer = await server.get('/Users', { startIndex: String(here.startIndex), count: String(PAGE) })
    const list = listOf(answer.json, answer.asked)
    const gaps = [...waiting, ...oddities(list, here)]
    waiting = []
    const changes: MirrorChange[] = []
    const rejects = []
    let repeated = 0
    for (const [index, resource] of list.resources.entries()) {
      const { person, rejects: found } = readPerson(resource, here.startIndex + index, (name) => employeeIds.get(name.toLowerCase()) ?? null)
      rejects.push(...found)
      if (person === null) continue
      if (taken.has(person.employeeId)) repeated += 1
      taken.add(person.employeeId)
      changes.push({ put: 'person', record: person })
    }
    if (repeated > 0) gaps.push(`${String(repeated)} people were named twice; the later word holds.`)
    const total = list.totalResults
    const next = here.startIndex + list.resources.length
    const isDone = isLast(list, here, next)
    if (isDone && total !== null && next - 1 < total) {
      throw new LiveSourceError(
        'half-answer',
        `${server.host} says there are ${String(total)} people and gave ${String(next - 1)}: the listing is not complete.`,
      )
    }
    if (list.resources.length > 0 && repeated === list.resources.length && repeated > 0 && !isDone) {
      throw new LiveSourceError(
        'half-answer',
        `${server.host} gives the same people again whatever place is asked for: it cannot be read in pages.`,
      )
    }
    place = { startIndex: next, total, isDone }
    yield {
      request: answer.asked, raw: blankJson(answer.body, answer.json).text, changes, signIns: [], records: list.resources.length, rejects, gaps,
      ...server.takeCounts(), cursor: JSON.stringify(place), progress: total === null || total === 0 ? null : Math.min(1, (next - 1) / total),
    }
    if (isDone) return end()
  }
}

/** Over when the total is reached; without a total, at the first empty page. An empty page before that is told as such by the caller. */
function isLast(list: ListAnswer, place: Place, next: number): boolean {
  if (list.resources.length === 0) return true
  if (list.totalResults === null) return false
  // A server that ignores startIndex and count gives everybody at once.
  if (place.startIndex === 1 && list.resources.length >= list.totalResults) return true
  return next > list.totalResults
}

function oddities(list: ListAnswer, place: Place): string[] {
  const gaps: string[] = []
  if (list.resources.length > PAGE) gaps.push(`The server was asked for ${String(PAGE)} people and gave ${String(list.resources.length)}: it ignores the count.`)
  if (place.total !== null && list.totalResults !== null && list.totalResults !== place.total) {
    gaps.push(`The number of people changed from ${String(place.total)} to ${String(list.totalResults)} while they were read: some may be missing until the next reading.`)
  }
  if (list.startIndex !== null && list.resources.length > 0 && list.startIndex !== place.startIndex) {
    gaps.push(`The server was asked for people from number ${String(place.startIndex)} and says it gave them from ${String(list.startIndex)}.`)
  }
  return gaps
}

/** Employee ids by every name their bearers may be called as a manager, in lower case. */
async function learnKeys(server: ScimServer): Promise<{ readonly employeeIds: ReadonlyMap<string, string>; readonly gaps: readonly string[] }> {
  const employeeIds = new Map<string, string>()
  const ambiguous = new Set<string>()
  for (let place: Place = { startIndex: 1, total: null, isDone: false }; ;) {
    const answer = await server.get('/Users', { startIndex: String(place.startIndex), count: String(PAGE), attributes: KEYS })
    const list = listOf(answer.json, answer.asked)
    let isNew = false
    for (const resource of list.resources) {
      const key = keyOf(resource)
      for (const name of key?.names ?? []) {
        const known = employeeIds.get(name.toLowerCase())
        if (known === undefined) isNew = true
        else if (known !== key?.employeeId) ambiguous.add(name.toLowerCase())
        if (key !== null) employeeIds.set(name.toLowerCase(), key.employeeId)
      }
    }
    const next = place.startIndex + list.resources.length
    if (isLast(list, place, next) || !isNew) break
    place = { startIndex: next, total: list.totalResults, isDone: false }
  }
  for (const name of ambiguous) employeeIds.delete(name)
  const gaps = ambiguous.size === 0 ? [] : [`${String(ambiguous.size)} names stand for more than one person: whoever names such a manager has none.`]
  return { employeeIds, gaps }
}

function listOf(json: unknown, asked: string): ListAnswer {
  const list = readList(json)
  if (list === null) {throw new LiveSourceError(
    'not-this-source',
    `The answer to ${asked} is not a SCIM list: this address is not that of a SCIM 2.0 server.`,
  )}
  return list
}

function readPlace(cursor: string): Place {
  try {
    return placeSchema.parse(JSON.parse(cursor))
  } catch {
    throw new LiveSourceError('expired-cursor', 'The place where the last reading ended cannot be read any more.')
  }
}

/** People from a SCIM 2.0 server with the enterprise extension. */
export const scim = createScim({})
