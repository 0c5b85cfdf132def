// One walk over events.jsonl: chain, tree, checkpoints seen earlier, and the campaign's own events.
import { hash as hashOnce } from 'node:crypto'
import { join } from 'node:path'
import { eventBody } from '../../../shared/model/evidence.ts'
import type { EvidenceEvent } from '../../../shared/model/evidence.ts'
import type { LogFacts } from '../../../shared/model/report-facts.ts'
import { toBase64 } from '../../core/evidence/bytes.ts'
import { startCampaignReplay } from '../../core/evidence/campaign-replay.ts'
import type { CampaignReplay } from '../../core/evidence/campaign-replay.ts'
import { startCampaignTrail } from '../../core/evidence/campaign-trail.ts'
import { startChainCheck, type ClockFinding } from '../../core/evidence/chain-check.ts'
import { EVENT_DOMAIN, type ChainEvent } from '../../core/evidence/event-chain.ts'
import { LEAF_PREFIX } from '../../core/evidence/merkle-tree.ts'
import { checkpointIsPrefix, parseCheckpoint } from '../../core/evidence/checkpoint.ts'
import type { Checkpoint } from '../../core/evidence/checkpoint.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES } from './bundle-format.ts'
import type { Manifest } from './bundle-format.ts'
import { textLineBlocks } from './text-lines.ts'
import { startToldLists, type ToldLists } from './told-lists.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => hashOnce('sha256', bytes, 'buffer')

const DOMAIN = Buffer.from(EVENT_DOMAIN)

/** `lineHashes` of the core, three times as fast: the line is encoded by Node, into one piece of memory for all lines. */
function quickLineHashes(): (line: string) => { event: string; leaf: Uint8Array } {
  let scratch = Buffer.from(DOMAIN)
  return (line) => {
    const most = DOMAIN.length + line.length * 3
    if (scratch.length < most) scratch = Buffer.alloc(most * 2)
    DOMAIN.copy(scratch)
    const end = DOMAIN.length + scratch.write(line, DOMAIN.length)
    const event = hashOnce('sha256', scratch.subarray(0, end), 'hex')
    scratch[DOMAIN.length - 1] = LEAF_PREFIX
    return { event, leaf: sha256(scratch.subarray(DOMAIN.length - 1, end)) }
  }
}

/** A checkpoint the reader was given earlier; `name` is how it is called in what is told. */
export type SeenCheckpoint = { readonly name: string; readonly text: string }

export type WalkedLog = {
  readonly log: string
  readonly size: number
  /** False: the chain is broken, so what the events say about the campaign cannot be relied on. */
  readonly isIntact: boolean
  /** RFC 6962 root, base64. */
  readonly root: string
  readonly replay: CampaignReplay
  /** What the events tell beside decisions and totals. */
  readonly facts: LogFacts
  /** Lines of the campaign's sign-offs, by event number: what the reviewers' signatures cover. */
  readonly signOffLines: ReadonlyMap<number, string>
  /** Where the clock did not go on. */
  readonly clock: readonly ClockFinding[]
  /** Certificates whose keys were replaced or taken back, by fingerprint, and the event that says so. */
  readonly retiredKeys: ReadonlyMap<string, { readonly seq: number; readonly at: string }>
  readonly lists: ToldLists
}

export async function checkEvents(
  folder: string, manifest: Manifest, seen: readonly SeenCheckpoint[], checks: CheckList,
): Promise<WalkedLog> {
  const chain = startChainCheck(sha256, quickLineHashes())
  const replay = startCampaignReplay(manifest.campaign.id, sha256)
  const trail = startCampaignTrail(manifest.campaign.id)
  const signOffLines = new Map<number, string>()
  const retiredKeys = new Map<string, { seq: number; at: string }>()
  const lists = startToldLists()
  const unreadable: string[] = []
  const parsedSeen = seen.map(({ name, text }) => ({ name, checkpoint: parseCheckpoint(text) }))
  const wanted = new Set(parsedSeen.flatMap(({ checkpoint }) => checkpoint?.size ?? []))
  const rootAt = new Map<number, Uint8Array>()
  if (wanted.has(0)) rootAt.set(0, chain.rootSoFar())

  function walk(line: string): void {
    const parsed = chain.add(line)
    if (wanted.has(chain.size())) rootAt.set(chain.size(), chain.rootSoFar())
    if (parsed?.kind !== 'event') return
    noteRetired(parsed.event, retiredKeys)
    lists.add(parsed.event)
    if (!isOfCampaign(parsed.event, manifest.campaign.id)) return
    const event = readEvent(parsed.event)
    if (event === undefined) {
      unreadable.push(`event ${parsed.event.seq} (${parsed.event.kind}) is not of a form this verifier knows`)
      return
    }
    replay.add(event)
    trail.add(event)
    if (event.kind === 'sign-off') signOffLines.set(event.seq, event.body.carried?.line ?? line)
  }

  for await (const lines of textLineBlocks(join(folder, NAMES.events))) for (const line of lines) walk(line)

  const { fault, findings, size, root, log } = chain.result()
  const clock = findings.length === 0 ? '' : `; note: ${findings.slice(0, 3).map(({ detail }) => detail).join('; ')}`
  checks.judge('events', fault === undefined ? [] : [fault.detail], `${size} events${clock}`)
  const replayed = replay.result()
  const contradictions = replayed.contradictions.map(({ seq, detail }) => (seq < 0 ? detail : `event ${seq}: ${detail}`))
  if (fault === undefined) {
    checks.judge('campaign', [...unreadable, ...contradictions], `${replayed.items.size} items, ${replayed.signOffs.length} sign-offs`)
  }
  checkSeen(parsedSeen, { origin: log ?? '', size }, rootAt, checks)
  return { log: log ?? '', size, isIntact: fault === undefined, root: toBase64(root), replay: replayed, facts: trail.result(replayed), signOffLines, retiredKeys, lists: lists.result(), clock: findings }
}

function noteRetired({ seq, ts, kind, body }: ChainEvent, retired: Map<string, { seq: number; at: string }>): void {
  const field = kind === 'key-replaced' ? 'retired' : kind === 'key-revoked' ? 'certificateFingerprint' : undefined
  const named = field === undefined ? undefined : (body as Record<string, unknown> | null)?.[field]
  if (typeof named === 'string' && !retired.has(named)) retired.set(named, { seq, at: ts })
}

/** The chain check has read the outer fields already; only what happened is left to look at. */
function readEvent(event: ChainEvent): EvidenceEvent | undefined {
  const what = eventBody.safeParse({ kind: event.kind, body: event.body })
  return what.success && typeof event.actor === 'string' ? { ...event, actor: event.actor, ...what.data } : undefined
}

function isOfCampaign(event: ChainEvent, campaign: number): boolean {
  const { body } = event
  return typeof body === 'object' && body !== null && !Array.isArray(body) && (body as Record<string, unknown>)['campaign'] === campaign
}

function checkSeen(
  seen: readonly { name: string; checkpoint: Checkpoint | undefined }[], log: { origin: string; size: number },
  rootAt: ReadonlyMap<number, Uint8Array>, checks: CheckList,
): void {
  if (seen.length === 0) {
    checks.skip('seen', 'no earlier checkpoint was given, so a cut-off end or a rewritten log cannot be excluded')
    return
  }
  const words = {
    'other-log': 'belongs to another log',
    shorter: 'counts more events than there are: the end of the log was cut off',
    rewritten: 'was made over other events: the log was rewritten since',
  }
  const faults = seen.flatMap(({ name, checkpoint }) => {
    if (checkpoint === undefined) return [`${name} is not a checkpoint`]
    const found = checkpointIsPrefix(checkpoint, { ...log, rootAtOlderSize: rootAt.get(checkpoint.size) ?? new Uint8Array(0) })
    return found === 'extends' ? [] : [`${name} ${words[found]}`]
  })
  checks.judge('seen', faults, `${seen.length} checkpoints`)
}
