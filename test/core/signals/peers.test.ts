import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SignalOf } from '../../../src/shared/model/signal.ts'
import { prepare, weighGrant } from '../../../src/main/core/signals/weigh.ts'
import type { Weighed } from '../../../src/main/core/signals/weigh.ts'
import { organisation, shippedWeights } from '../../support/population-builder.ts'

function share({ packet }: Weighed): SignalOf<'peer-prevalence'>['facts'] | undefined {
  return packet.signals.find((signal) => signal.kind === 'peer-prevalence')?.facts
}
const clerk = { department: 'Finance', title: 'Clerk' }

describe('peers: the person judged is left out before the group is measured', () => {
  it('counts nobody as their own colleague, whatever the groups', () => {
    const person = fc.record({ department: fc.constantFrom('A', 'B', null), title: fc.constantFrom('x', 'y', null), holds: fc.boolean() })
    fc.assert(fc.property(fc.array(person, { minLength: 1, maxLength: 30 }), (people) => {
      const org = organisation().right('R').right('OTHER')
      people.forEach((one, at) => {
        org.person(`p${at}`, { department: one.department, title: one.title }).grant(`p${at}`, one.holds ? 'R' : 'OTHER')
      })
      const population = org.build()
      const prepared = prepare(population, shippedWeights)
      for (let grant = 0; grant < population.grants.count; grant++) {
        const facts = share(weighGrant(prepared, grant))
        const self = people[(population.grants.id[grant] ?? 0) - 1]
        if (facts === undefined || self === undefined) continue
        const group = people.filter((one) => one !== self
          && (
            !facts.basis.includes('department') || one.department === self.department
          ) && (!facts.basis.includes('title') || one.title === self.title))
        expect(facts.peers).toBe(group.length)
        expect(facts.holders).toBe(group.filter((one) => one.holds === self.holds).length)
      }
    }), { numRuns: 200 })
  })

  it('a right only one person holds is held by none of the others', () => {
    expect(
      share(organisation().person('anna', clerk).people('c', 9, clerk).grantAll('c', 9, 'X').grant('anna', 'PAY').weigh('anna', 'PAY')),
    )
      .toEqual({ basis: 'department-and-title', group: 'Clerk, Finance', peers: 9, holders: 0, percent: 0 })
  })

  it('a person holding the right twice is one holder', () => {
    const org = organisation().person('anna', clerk).people('c', 6, clerk).grantAll('c', 6, 'PAY')
      .account('c1-admin', 'c1').grant('c1-admin', 'PAY')
    expect(
      share(org.grant('anna', 'PAY').account('anna2', 'anna').grant('anna2', 'PAY').weigh('anna', 'PAY')),
    ).toMatchObject({ peers: 6, holders: 6, percent: 100 })
  })

  it('people who left, services and shared logins are nobody\'s colleagues', () => {
    const org = organisation().person('anna', clerk).people('c', 5, clerk).people(
      'gone', 4, { ...clerk, status: 'gone' },
    ).people('svc', 4, { ...clerk, kind: 'service' })
    expect(
      share(org.grantAll('c', 5, 'PAY').grantAll('gone', 4, 'PAY').grantAll('svc', 4, 'PAY').grant('anna', 'PAY').weigh('anna', 'PAY')),
    ).toMatchObject({ peers: 5, holders: 5 })
  })

  it('spelling does not split a department', () => {
    const org = organisation().person('anna', clerk).people('c', 5, { department: ' finance ', title: 'CLERK' }).grantAll('c', 5, 'PAY')
    expect(share(org.grant('anna', 'PAY').weigh('anna', 'PAY'))).toMatchObject({ basis: 'department-and-title', peers: 5 })
  })

  it('falls back to the wider group that makes the right usual, and says which', () => {
    const org = organisation().person('boss').person('anna', { department: 'Finance', title: 'Controller', manager: 'boss' })
      .people('c', 8, clerk).people(
        'team', 6, { department: 'Sales', title: 'Agent', manager: 'boss' },
      ).grantAll('team', 6, 'TEAM').grantAll('c', 8, 'FIN')
    expect(share(org.grant('anna', 'FIN').grant('anna', 'TEAM').weigh('anna', 'FIN'))).toMatchObject({ basis: 'department', holders: 8 })
    expect(share(org.weigh('anna', 'TEAM'))).toMatchObject({ basis: 'manager', holders: 6 })
  })

  it('says that there is no peer group rather than comparing with four people', () => {
    const { packet, recommendation } = organisation().person('anna', clerk).people('c', 4, clerk)
      .grantAll('c', 4, 'PAY').grant('anna', 'PAY').weigh('anna', 'PAY')
    expect(packet.signals.find((signal) => signal.kind === 'no-peer-group')?.facts).toEqual({ largestGroup: 4, needed: 5 })
    expect(recommendation).toMatchObject({ action: 'look-closer', rules: ['no-evidence-look-closer'] })
  })
})

describe('similar access, where HR says nothing', () => {
  const rights = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`)
  /** Two kinds of work with their own rights; anna does the first and has one right of the second. */
  function matrix(extra: readonly string[] = []) {
    const org = organisation().person('anna').people('a', 12).people('b', 12)
    for (let n = 1; n <= 12; n++) {
      for (const right of rights('A', 8)) org.grant(`a${n}`, right)
      for (const right of rights('B', 8)) org.grant(`b${n}`, right)
    }
    for (const right of [...rights('A', 8), ...extra]) org.grant('anna', right)
    return org
  }

  it('finds the people with the same other rights', () => {
    expect(share(matrix().weigh('anna', 'A3'))).toMatchObject(
      { basis: 'similar-access', holders: share(matrix().weigh('anna', 'A3'))?.peers, percent: 100 },
    )
  })

  it('a right of another kind of work does not bring its own holders along', () => {
    expect(share(matrix(['B1']).weigh('anna', 'B1'))).toMatchObject({ basis: 'similar-access', holders: 0 })
  })

  it('the right under test changes nothing about who is compared', () => {
    const population = (isLone: boolean) => {
      const org = matrix(['B1'])
      if (isLone) for (let n = 1; n <= 12; n++) org.grant(`a${n}`, 'B1')
      return org.weigh('anna', 'B1')
    }
    expect(share(population(true))?.peers).toBe(share(population(false))?.peers)
  })

  it('with fewer than five other rights there is no peer group', () => {
    const org = organisation().people('a', 9)
    for (let n = 1; n <= 9; n++) for (const right of rights('A', 5)) org.grant(`a${n}`, right)
    expect(share(org.weigh('a1', 'A0'))).toBeUndefined()
  })
})
