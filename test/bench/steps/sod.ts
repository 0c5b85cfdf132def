import { hitsOf } from '../../../src/main/core/policy/rule-hits.ts'
import { resolveRules, type CatalogueEntry } from '../../../src/main/core/policy/rule-sides.ts'
import { whatIf } from '../../../src/main/core/policy/what-if.ts'
import { sodRule } from '../../../src/shared/model/sod-rule.ts'
import { numberOf, type Step } from '../result.ts'
import { stopwatch } from '../timing.ts'

const RIGHTS = 4_000
const HELD = 20
const SIDE = 6

/** The same numbers on every machine. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Input: `identities`, `rules`. Half the rules name rights, half tags; a third have a safeguard. Everybody holds 20 rights of 4,000. */
export const sod: Step = (input) => {
  const [identities, rules] = [numberOf(input, 'identities'), numberOf(input, 'rules')]
  const next = chance(7)
  const some = (count: number): number[] => Array.from({ length: count }, () => Math.floor(next() * RIGHTS))
  const catalogue = Array.from({ length: RIGHTS }, (_, id): CatalogueEntry => ({
    id, nativeId: `R${id}`, source: `S${id % 7}`, application: `A${id % 41}`, tags: id % 10 === 0 ? [`t${id % (rules * 2)}`] : [],
  }))
  const set = Array.from({ length: rules }, (_, n) => {
    const side = (tag: number) => (n % 2 === 0 ? some(SIDE).map((id) => `R${id}`) : { tags: [`t${tag * 10 % (rules * 2)}`], entitlements: some(2).map((id) => `R${id}`) })
    return sodRule.parse({
      id: `r${n}`, name: `R${n}`, severity: 'high', description: '', left: side(n), right: side(n + 1), ...(n % 3 === 0 ? { compensating: some(2).map((id) => `R${id}`) } : {}),
    })
  })
  const held = Int32Array.from({ length: identities * HELD }, () => Math.floor(next() * RIGHTS))

  const stop = stopwatch()
  const resolved = resolveRules(set, catalogue)
  let conflicts = 0
  for (let one = 0; one < identities; one++) conflicts += hitsOf(resolved, held.subarray(one * HELD, (one + 1) * HELD)).length
  const { seconds, cpuSeconds } = stop()

  const stopWhatIf = stopwatch()
  const asked = Math.min(identities, 10_000)
  for (let one = 0; one < asked; one++) {
    whatIf(resolved, held.subarray(one * HELD, (one + 1) * HELD), { gets: some(1), loses: [held[one * HELD] ?? 0] }, () => null)
  }
  const whatIfSeconds = stopWhatIf().seconds

  const bareStart = performance.now()
  let sum = 0
  for (const right of held) sum += resolved.placesOf.get(right)?.length ?? 0
  const bareSeconds = (performance.now() - bareStart) / 1000
  return Promise.resolve({ figures: { seconds, cpuSeconds, conflicts, bareSeconds, whatIfMs: (whatIfSeconds * 1000) / asked, checksum: sum } })
}
