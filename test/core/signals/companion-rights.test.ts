import { describe, expect, it } from 'vitest'
import type { SignalOf } from '../../../src/shared/model/signal.ts'
import { organisation, shippedWeights } from '../../support/population-builder.ts'

type Org = ReturnType<typeof organisation>

/**
 * Twenty people with DESK, of whom `both` hold PAY too, and forty without, of whom two do; anna holds exactly these two rights, and
 * nobody knows more about her.
 */
const desk = (both: number): Org => organisation().person('anna').people('d', 20).people('o', 40).grantAll('d', 20, 'DESK').grantAll('d', both, 'PAY')
  .grantAll('o', 2, 'PAY').grant('anna', 'DESK').grant('anna', 'PAY')
const companion = (org: Org, right = 'PAY'): SignalOf<'companion-right'> | undefined =>
  org.weigh('anna', right).packet.signals.find((signal) => signal.kind === 'companion-right')

describe('the right that goes with it, where nobody is a peer', () => {
  it.each([
    [20, 'nearly-all'], [13, 'most'], [7, 'some'], [2, 'few'], [0, 'hardly'],
  ])('of the 20 others with the other right, %i hold it: weighs as %s', (both, key) => {
    const found = companion(desk(both))
    expect(found).toMatchObject({
      facts: { right: 'DESK', others: 20, holders: both, everybody: Math.round((100 * (both + 2)) / 60) }, quality: 'inferred', weight: shippedWeights.weights[`companion-right.${key}`]?.value,
    })
  })

  it('says beside it that there is nobody to compare with, and decides nothing by itself', () => {
    const { packet, recommendation } = desk(20).weigh('anna', 'PAY')
    expect(packet.signals.map(({ kind }) => kind)).toContain('no-peer-group')
    expect(recommendation).toMatchObject({ action: 'look-closer', rules: ['no-evidence-look-closer'] })
  })

  it('the right it goes with most is named, and of equals the one more people hold', () => {
    const org = desk(4).people('v', 10).grantAll('v', 10, 'VAULT').grantAll('v', 9, 'PAY').grant('anna', 'VAULT')
    expect(companion(org)?.facts).toMatchObject({ right: 'VAULT', others: 10, holders: 9 })
  })

  it('the person judged vouches for nothing: holding both is counted among the others only', () => {
    const org = organisation().person('anna').people('d', 6).people('o', 2).grantAll('d', 6, 'DESK').grantAll('o', 1, 'PAY').grant('anna', 'DESK').grant('anna', 'PAY')
    expect(companion(org)?.facts).toMatchObject({ others: 6, holders: 0, everybody: 13 })
  })

  it('what everybody holds goes with everything, and what nobody else holds with nothing: no evidence either way', () => {
    const usual = organisation().person('anna').people('d', 20).grantAll('d', 20, 'DESK').grantAll('d', 20, 'PAY').grant('anna', 'DESK').grant('anna', 'PAY')
    expect(companion(usual)).toMatchObject({ facts: { holders: 20, everybody: 100 }, weight: 0 })
    const lone = organisation().person('anna').people('d', 20).grantAll('d', 20, 'DESK').grant('anna', 'DESK').grant('anna', 'PAY')
    expect(companion(lone)).toBeUndefined()
  })

  it('few of those with the other right are no evidence against it where of everybody far fewer hold it', () => {
    const org = organisation().person('anna').people('d', 20).people('o', 200).grantAll('d', 20, 'DESK').grantAll('d', 3, 'PAY').grant('anna', 'DESK').grant('anna', 'PAY')
    expect(companion(org)).toMatchObject({ facts: { others: 20, holders: 3, everybody: 1 }, weight: 0 })
  })

  it('among many rights one goes with anything by chance: whoever has five others is not judged like this', () => {
    const org = desk(20)
    for (const right of ['A', 'B', 'C']) org.grant('anna', right)
    expect(companion(org)).toBeDefined()
    expect(companion(org.grant('anna', 'D'))).toBeUndefined()
  })

  it('four others are too few to say anything, and people who left count for nobody', () => {
    const org = organisation().person('anna').people('d', 4).people('gone', 9, { status: 'inactive' }).grantAll('d', 4, 'DESK').grantAll('gone', 9, 'DESK')
    expect(companion(org.grant('anna', 'DESK').grant('anna', 'PAY'))).toBeUndefined()
  })

  it('is silent where there is a peer group', () => {
    const clerk = { department: 'Finance', title: 'Clerk' }
    const org = organisation().person('anna', clerk).people('c', 8, clerk).grantAll('c', 8, 'DESK').grant('anna', 'DESK').grant('anna', 'PAY')
    expect(companion(org)).toBeUndefined()
  })
})
