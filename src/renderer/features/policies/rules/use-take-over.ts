import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import type { SodRule } from '../../../../shared/model/sod-rule.ts'
import { t } from '../../../texts/texts.ts'

/** Adds a rule of the library to those in force. */
export const useTakeOver = (rules: readonly SodRule[], rulesHash: string) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const taking = useMutation({
    mutationFn: (rule: SodRule) => engine.policies.setSodRules.call({ rules: [...rules, rule], basedOn: rulesHash }),
    onSuccess: async (_, rule) => {
      announce(t.policies.library.tookOver(rule.name))
      await queries.invalidateQueries({ queryKey: engine.policies.key() })
    },
  })
  const failure = taking.error === null ? null : toFailure(taking.error)
  return { take: (rule: SodRule): void => taking.mutate(rule), isSaving: taking.isPending, problem: failure === null ? null : (failure.message ?? t.failureTitle[failure.kind]) }
}
