import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CopyPlus } from 'lucide-react'
import type { Campaign } from '../../../shared/model/campaign.ts'
import { useEngine } from '../../api/engine.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { goTo } from '../../components/hash-route.ts'
import { plainText } from '../../components/plain-text.ts'
import { t } from '../../texts/texts.ts'
import { FailureLine } from '../../components/failure-line.tsx'

/** A new draft with the same rules; opens it. */
export const DuplicateButton = ({ campaign, asOf, isSmall = false }: { readonly campaign: Campaign; readonly asOf: string; readonly isSmall?: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const copying = useMutation({
    mutationFn: () => engine.campaigns.duplicate.call({ campaign: campaign.id, asOf }),
    onSuccess: (made) => {
      announce(t.campaigns.duplicated(plainText(made.spec.name)))
      void queries.invalidateQueries({ queryKey: engine.campaigns.list.key() })
      void queries.invalidateQueries({ queryKey: engine.workspace.key() })
      goTo('campaigns', String(made.id))
    },
  })
  return (
    <>
      <button type="button" className={isSmall ? 'button quiet small' : 'button quiet'} disabled={copying.isPending} aria-label={t.campaigns.duplicateOf(plainText(campaign.spec.name))} onClick={() => copying.mutate()}>
        <CopyPlus size={14} aria-hidden="true" />
        {t.campaigns.duplicate}
      </button>
      <FailureLine error={copying.error} />
    </>
  )
}
