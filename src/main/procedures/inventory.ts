import { confirmedPage } from '../storage/account-lists.ts'
import { holdersPage, undescribedPage } from '../storage/entitlement-detail.ts'
import { personAccess } from '../storage/person-detail.ts'
import { searchInventory } from '../storage/search.ts'
import { listSnapshots } from '../storage/snapshots.ts'
import { confirmMatch } from '../use-cases/confirm-match.ts'
import { describeEntitlement } from '../use-cases/describe-entitlement.ts'
import { listOrphans } from '../use-cases/list-orphans.ts'
import { showEntitlement, showEntitlementUsage, showPerson, showSnapshot } from '../use-cases/show-inventory.ts'
import { undoMatch } from '../use-cases/undo-match.ts'
import { insiderAnswersOf, type Engine } from './implementer.ts'

export function inventoryProcedures(engine: Engine) {
  const { context } = engine
  const { inventory } = insiderAnswersOf(engine)
  return {
    search: inventory.search.handler(({ input }) => searchInventory(context.store.db, input)),
    person: inventory.person.handler(({ input }) => showPerson(context, input.identityId, engine.asOf)),
    personAccess: inventory.personAccess.handler(({ input }) => personAccess(context.store.db, input.identityId, input)),
    entitlement: inventory.entitlement.handler(({ input }) => showEntitlement(context, input.entitlementId)),
    holders: inventory.holders.handler(({ input }) => holdersPage(context.store.db, input)),
    entitlementUsage: inventory.entitlementUsage.handler(({ input }) => showEntitlementUsage(context, input.entitlementId, engine.asOf)),
    orphans: inventory.orphans.handler(({ input }) => listOrphans(context, input)),
    confirmMatch: inventory.confirmMatch.handler(({ input, context: { actor } }) => confirmMatch(context, actor, input)),
    undoMatch: inventory.undoMatch.handler(({ input, context: { actor } }) => undoMatch(context, actor, input)),
    confirmedMatches: inventory.confirmedMatches.handler(({ input }) => confirmedPage(context.store.db, input)),
    undescribed: inventory.undescribed.handler(({ input }) => undescribedPage(context.store.db, input)),
    describe: inventory.describe.handler(({ input, context: { actor } }) => describeEntitlement(context, actor, input)),
    snapshots: inventory.snapshots.handler(async () => [...(await listSnapshots(context.store.db))]),
    snapshotRows: inventory.snapshotRows.handler(({ input }) => showSnapshot(context, input)),
  }
}
