import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { seeded } from '../../src/main/core/learning/seeded.ts'
import { rankingFigures } from '../../src/main/core/learning/metrics.ts'
import { populationBuilder } from '../../src/main/core/signals/population-builder.ts'
import type { Population } from '../../src/main/core/signals/population.ts'
import { prepare, weighGrant } from '../../src/main/core/signals/weigh.ts'
import { signalWeights } from '../../src/shared/model/recommendation.ts'
import { stopwatch } from './timing.ts'

const SHARE = 0.02
const SEED = 20_260_601
const weightsFile = new URL('../../resources/signal-weights.json', import.meta.url)
/** What a signal that has nobody to compare with says: neither usual nor unusual. */
const UNDECIDED = 0.5

interface Pair {
  readonly user: number
  readonly permission: number
}

/**
 * Plants grants nobody gave and looks for them, with nothing known but the matrix (no HR, no use). Planted twice: permissions drawn as
 * often as they occur ("usual", where rarity alone can hardly help), and each permission equally often ("any"). The peer signal is taken from
 * the packets of weighGrant, as a campaign would get them; where there is no peer group, the companion right stands in.
 */
export function plantedExcess({ matrix }: { readonly matrix: string }): Readonly<Record<string, unknown>> {
  const pairs = readPairs(matrix)
  const clock = stopwatch()
  const usual = lookFor(pairs, 'usual')
  const any = lookFor(pairs, 'any')
  const { seconds, cpuSeconds } = clock()
  return {
    bench: 'planted-excess', matrix: basename(matrix), users: new Set(pairs.map(({ user }) => user)).size,
    permissions: new Set(pairs.map(({ permission }) => permission)).size, grants: pairs.length, plantedShare: SHARE, usual, any,
    seconds: rounded(seconds), cpuSeconds: rounded(cpuSeconds),
  }
}

function lookFor(real: readonly Pair[], drawn: 'usual' | 'any'): Readonly<Record<string, unknown>> {
  const planted = plant(real, drawn)
  const all = [...real, ...planted]
  const population = populationOf(all)
  const weights = signalWeights.parse(JSON.parse(readFileSync(weightsFile, 'utf8')))
  const prepared = prepare(population, weights)
  // A companion moves the score by so much less than colleagues do, and so it does here.
  const part = (weights.weights['companion-right.nearly-all']?.value ?? 0) / (weights.weights['peer-prevalence.close.nearly-all']?.value ?? 1)
  const holders = new Map<number, number>()
  for (const { permission } of all) holders.set(permission, (holders.get(permission) ?? 0) + 1)
  const [shares, rarity, isReal] = [new Float64Array(all.length), new Float64Array(all.length), new Uint8Array(all.length)]
  let [withoutPeers, withoutAny] = [0, 0]
  for (let grant = 0; grant < population.grants.count; grant++) {
    const { packet } = weighGrant(prepared, grant)
    const peer = packet.signals.find((signal) => signal.kind === 'peer-prevalence')
    const companion = packet.signals.find((signal) => signal.kind === 'companion-right')
    if (peer === undefined) withoutPeers += 1
    if (peer === undefined && companion === undefined) withoutAny += 1
    // The share as the engine draws it towards the middle for small groups.
    shares[grant] = peer !== undefined ? drawnIn(peer.facts.holders, peer.facts.peers)
      : companion !== undefined && companion.weight !== 0 ? UNDECIDED + part * (drawnIn(companion.facts.holders, companion.facts.others) - UNDECIDED) : UNDECIDED
    const at = packet.access.grantId - 1
    rarity[grant] = holders.get(all[at]?.permission ?? -1) ?? 0
    isReal[grant] = Number(at < real.length)
  }
  const figures = (scores: Float64Array) => {
    const { auc, recallAt5 } = rankingFigures(scores, isReal)
    return { auc: rounded(auc), recallAt5: rounded(recallAt5) }
  }
  return {
    planted: planted.length, peerSignal: figures(shares), globalRarity: figures(rarity),
    withoutPeersShare: rounded(withoutPeers / population.grants.count), undecidedShare: rounded(withoutAny / population.grants.count),
  }
}

function drawnIn(holders: number, others: number): number {
  return (holders + 1) / (others + 2)
}

function plant(real: readonly Pair[], drawn: 'usual' | 'any'): readonly Pair[] {
  const random = seeded(SEED)
  const users = [...new Set(real.map(({ user }) => user))]
  const permissions = drawn === 'usual' ? real.map(({ permission }) => permission) : [...new Set(real.map(({ permission }) => permission))]
  const held = new Set(real.map(keyOf))
  const planted: Pair[] = []
  // A matrix that is nearly full may hold no free pair: give up after many draws rather than never.
  for (let draw = 0; planted.length < Math.round(real.length * SHARE) && draw < real.length * 100; draw++) {
    const pair = { user: drawnFrom(users, random), permission: drawnFrom(permissions, random) }
    if (held.has(keyOf(pair))) continue
    held.add(keyOf(pair))
    planted.push(pair)
  }
  return planted
}

function populationOf(pairs: readonly Pair[]): Population {
  const builder = populationBuilder('2026-06-30')
  const noHr = { department: null, title: null, location: null, managerId: null, hireDate: null, terminationDate: null }
  for (const user of new Set(pairs.map((pair) => pair.user))) {
    builder.addIdentity({ id: user, employeeId: String(user), kind: 'employee', status: 'active', ...noHr })
    builder.addAccount({
      id: user, sourceId: 1, nativeKey: String(user), emailKey: null, kind: 'employee', isEnabled: true, identityId: user,
      linkReason: 'employee-id',
    })
  }
  for (const permission of new Set(pairs.map((pair) => pair.permission))) {
    const name = String(permission)
    builder.addEntitlement({ id: permission, nativeId: name, name, application: 'matrix', privilege: 'none', risk: 'low' })
  }
  for (const [at, { user, permission }] of pairs.entries()) {
    builder.addGrant({
      id: at + 1, accountId: user, entitlementId: permission, path: '', grantedAt: null, firstSeen: null, expiresAt: null, lastUsed: null,
    })
  }
  return builder.finish()
}

function readPairs(file: string): readonly Pair[] {
  const pairs: Pair[] = []
  for (const [at, line] of readFileSync(file, 'utf8').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [user, permission] = line.trim().split(/[\s,;]+/).map(Number)
    if (user === undefined || permission === undefined || !Number.isInteger(user) || !Number.isInteger(permission)) {
      throw new Error(`${file}, line ${at + 1}: not a user and a permission`)
    }
    pairs.push({ user, permission })
  }
  return [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()]
}

function keyOf({ user, permission }: Pair): string {
  return `${user} ${permission}`
}

function drawnFrom(values: readonly number[], random: () => number): number {
  return values[Math.floor(random() * values.length)] as number
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
