import { orphanAccounts, searchInventory } from '../storage/search.ts'
import { listSnapshots } from '../storage/snapshots.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { confirmMatch } from '../use-cases/confirm-match.ts'
import { setSodRules } from '../use-cases/set-sod-rules.ts'
import { showPerson, showSnapshot } from '../use-cases/show-inventory.ts'
import { insiderAnswersOf, type Engine } from './implementer.ts'

export function inventoryProcedures(engine: Engine) {
  const { context } = engine
  const { inventory } = insiderAnswersOf(engine)
  return {
    search: inventory.search.handler(({ input }) => searchInventory(context.store.db, input)),
    person: inventory.person.handler(({ input }) => showPerson(context, input.identityId)),
    orphans: inventory.orphans.handler(({ input }) => orphanAccounts(context.store.db, input)),
    confirmMatch: inventory.confirmMatch.handler(({ input, context: { actor } }) => confirmMatch(context, actor, input)),
    snapshots: inventory.snapshots.handler(async () => [...(await listSnapshots(context.store.db))]),
    snapshotRows: inventory.snapshotRows.handler(({ input }) => showSnapshot(context, input)),
    sodRules: inventory.sodRules.handler(() => allSodRules(context.store.db)),
    setSodRules: inventory.setSodRules.handler(({ input, context: { actor } }) => setSodRules(context, actor, { rules: input.rules, basedOn: null })),
  }
}
