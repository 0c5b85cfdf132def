import type { SodLibrary } from '../../shared/model/policy.ts'
import { taggedEntitlements } from '../storage/policy-catalogue.ts'
import { listProtected } from '../storage/protected-objects.ts'
import { listExemptions } from '../storage/sod-exemptions.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import { endExemption, grantExemption } from '../use-cases/exempt.ts'
import { endProtection, protectObject } from '../use-cases/protect-object.ts'
import { setSodRules } from '../use-cases/set-sod-rules.ts'
import { previewRule, showConflicts, sodOverview } from '../use-cases/show-conflicts.ts'
import { listTags, setTag, suggestTags } from '../use-cases/tag-entitlements.ts'
import { whatIf } from '../use-cases/what-if.ts'
import { insiderAnswersOf, type Engine } from './implementer.ts'

export function policyProcedures(engine: Engine, library: SodLibrary) {
  const { context, asOf } = engine
  const { policies } = insiderAnswersOf(engine)
  return {
    sodRules: policies.sodRules.handler(() => allSodRules(context.store.db)),
    sodOverview: policies.sodOverview.handler(() => sodOverview(context, asOf)),
    setSodRules: policies.setSodRules.handler(({ input, context: { actor } }) => setSodRules(context, actor, input)),
    previewRule: policies.previewRule.handler(({ input }) => previewRule(context, input, asOf)),
    conflicts: policies.conflicts.handler(({ input }) => showConflicts(context, input, asOf)),
    whatIf: policies.whatIf.handler(({ input }) => whatIf(context, input, asOf)),
    library: policies.library.handler(() => library),
    tags: policies.tags.handler(() => listTags(context, library)),
    tagged: policies.tagged.handler(({ input }) => taggedEntitlements(context.store.db, input.tag)),
    suggestTags: policies.suggestTags.handler(({ input }) => suggestTags(context, library, input.tag)),
    setTag: policies.setTag.handler(({ input, context: { actor } }) => setTag(context, actor, input)),
    exemptions: policies.exemptions.handler(() => listExemptions(context.store.db, asOf)),
    grantExemption: policies.grantExemption.handler(({ input, context: { actor } }) => grantExemption(context, actor, input, asOf)),
    endExemption: policies.endExemption.handler(({ input, context: { actor } }) => endExemption(context, actor, input, asOf)),
    protectedObjects: policies.protectedObjects.handler(() => listProtected(context.store.db)),
    protect: policies.protect.handler(({ input, context: { actor } }) => protectObject(context, actor, input)),
    endProtection: policies.endProtection.handler(({ input, context: { actor } }) => endProtection(context, actor, input)),
  }
}
