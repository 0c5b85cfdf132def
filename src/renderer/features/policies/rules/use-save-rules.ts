import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { toHash } from '../../../components/hash-route.ts'
import type { SodRule } from '../../../../shared/model/sod-rule.ts'
import { t } from '../../../texts/texts.ts'

/** Puts a whole set of rules in force, unless somebody else has changed it since; then says so and opens the rule that was meant. */
export const useSaveRules = ({ rulesHash, onSaved }: { readonly rulesHash: string; readonly onSaved: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const saving = useMutation({
    mutationFn: ({ rules }: { rules: readonly SodRule[]; about: SodRule; isRemoval: boolean }) =>
      engine.policies.setSodRules.call({ rules: [...rules], basedOn: rulesHash }),
    onSuccess: async ({ exemptionsEnded }, { about, isRemoval }) => {
      const ended = exemptionsEnded === 0 ? '' : ` ${t.policies.rules.savedEnded(exemptionsEnded)}`
      announce(`${isRemoval ? t.policies.rules.deleted(about.name) : t.policies.rules.saved(about.name)}${ended}`)
      onSaved()
      await queries.invalidateQueries({ queryKey: engine.policies.key() })
      window.location.hash = isRemoval ? toHash('policies', 'rules') : toHash('policies', 'rules', about.id)
    },
  })
  const failure = saving.error === null ? null : toFailure(saving.error)
  return {
    save: (rules: readonly SodRule[], about: SodRule, isRemoval = false): void => saving.mutate({ rules, about, isRemoval }),
    isSaving: saving.isPending,
    problem: failure === null ? null : (failure.message ?? t.failureTitle[failure.kind]),
  }
}
