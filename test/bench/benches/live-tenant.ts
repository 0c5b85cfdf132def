import { count, figure, type Bench } from '../result.ts'

export const liveTenantBench: Bench = {
  name: 'live-tenant',
  title: 'A whole Entra tenant, and the same after 1 % changed',
  about:
    'Full sync of a fake tenant over HTTPS (its server in a process of its own): users, groups, memberships and ten sign-ins a membership, through the ' +
    'official SDK into mirror, raw extract, projection, inventory, snapshot and usage. Then a sync after 1 % of users and memberships changed. The limits Graph ' +
    'puts on requests are kept on a clock that jumps over the waiting, which is told apart.',
  run: async (scale, folder, step, report) => {
    const sizes = { users: Math.ceil(scale / 20), groups: Math.ceil(scale / 50), memberships: scale, signIns: scale * 10 }
    const result = await step('live-tenant', { folder, ...sizes })
    const full = figure(result, 'fullSeconds')
    report({
      what: 'full sync', size: scale, seconds: full, peakMb: result.peakMb,
      note: `${count(sizes.users)} users, ${count(sizes.groups)} groups, ${count(sizes.signIns)} sign-ins: ${count(figure(result, 'records'))} records in ${count(figure(result, 'pages'))} pages, ${count(figure(result, 'grants'))} grants`,
    })
    report({
      what: 'of it waiting for the source', size: scale, seconds: figure(result, 'fullSource'), ratio: figure(result, 'fullSource') / full,
      note: `share of the full sync; the source's limits would add ${count(Math.round(figure(result, 'fullLimits')))} s in earnest`,
    })
    report({
      what: 'sync after 1 % changed', size: scale, seconds: figure(result, 'againSeconds'), ratio: figure(result, 'againSeconds') / full, aim: '≤ 0.05 of the full one',
      note: `${count(figure(result, 'againRecords'))} records asked for again`,
    })
  },
}
