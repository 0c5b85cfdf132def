import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { languageModelStatus } from '../../../../shared/contract/language-model.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { t } from '../../../texts/texts.ts'

export type LanguageModelStatus = z.infer<typeof languageModelStatus>
export type ModelLine = LanguageModelStatus['models'][number]

/** The state of the language model, and what an officer may change about it. Everything changed is looked at again. */
export const useLanguageModel = () => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.settings.languageModel
  const status = useQuery(engine.languageModel.status.queryOptions({ staleTime: 0 }))
  const onSettled = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: engine.languageModel.status.key() })
    // The words on items depend on which model is in use.
    await queries.invalidateQueries({ queryKey: engine.review.item.key() })
  }
  const choose = useMutation(engine.languageModel.choose.mutationOptions({
    onSettled, onSuccess: ({ chosen }) => announce(words.announceChosen(chosen?.model ?? '')),
  }))
  const off = useMutation(engine.languageModel.off.mutationOptions({ onSettled, onSuccess: () => announce(words.announceOff) }))
  const setHost = useMutation(engine.languageModel.setHost.mutationOptions({ onSettled, onSuccess: ({ host }) => announce(words.saved(host)) }))
  const allowHost = useMutation(engine.languageModel.allowHost.mutationOptions({ onSettled }))
  const failed = [choose, off, setHost, allowHost].find(({ isError }) => isError)
  return { status, choose, off, setHost, allowHost, failed, refresh: onSettled }
}
