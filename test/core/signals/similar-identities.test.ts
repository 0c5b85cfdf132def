import { describe, expect, it } from 'vitest'
import type { SignalOf } from '../../../src/shared/model/signal.ts'
import { organisation, shippedWeights } from '../../support/population-builder.ts'

const clerk = { department: 'Finance', title: 'Clerk' }
const rights = Array.from({ length: 8 }, (_, n) => `A${n}`)

/** Anna and twenty people of the same job, twelve of whom do the same work; `holding` of those hold PAY as well, as anna does. */
function office(holding: number, department: string | null = 'Finance') {
  const spec = department === null ? {} : clerk
  const org = organisation().person('anna', spec).people('same', 12, spec).people('other', 8, spec)
  for (const right of rights) org.grant('anna', right).grantAll('same', 12, right)
  for (let n = 0; n < 8; n++) org.grantAll('other', 8, `B${n}`)
  return org.grant('anna', 'PAY').grantAll('same', holding, 'PAY')
}
const similar = (org: ReturnType<typeof organisation>, right = 'PAY'): SignalOf<'similar-identities'> | undefined =>
  org.weigh('anna', right).packet.signals.find((signal) => signal.kind === 'similar-identities')

describe('the people whose other access is most alike', () => {
  it.each([
    [12, 10, 'nearly-all'], [0, 0, 'none'],
  ])('%i of the twelve hold it: %i of the ten closest, which weighs as %s', (holding, holders, key) => {
    const found = similar(office(holding))
    expect(found).toMatchObject({ facts: { people: 10, holders, likeness: 100 }, quality: 'inferred', weight: shippedWeights.weights[`similar-identities.${key}`]?.value })
  })

  it('the right under review does not choose the people: they are the same whether anybody else holds it or not', () => {
    expect(similar(office(0))?.facts.likeness).toBe(similar(office(12))?.facts.likeness)
  })

  it('are a second opinion beside colleagues HR names, not a second count of the same group where it names none', () => {
    expect(similar(office(12, null))).toBeUndefined()
    expect(office(12, null).weigh('anna', 'PAY').packet.signals.find((signal) => signal.kind === 'peer-prevalence')?.facts.basis).toBe('similar-access')
  })

  it('are not invented where a person has too few other rights', () => {
    const org = organisation().person('anna', clerk).people('same', 12, clerk).grant('anna', 'PAY').grantAll('same', 12, 'PAY')
    expect(similar(org)).toBeUndefined()
  })
})
