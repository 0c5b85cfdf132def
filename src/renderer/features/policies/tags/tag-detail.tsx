import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { toHash } from '../../../components/hash-route.ts'
import { plainText } from '../../../components/plain-text.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { TagUse } from '../../../../shared/model/policy.ts'
import { t } from '../../../texts/texts.ts'
import { SearchBox } from '../../../components/search-box.tsx'
import { useInventorySearch } from '../use-searches.ts'

/** What carries a tag and what looks like it; an officer says which. */
export const TagDetail = ({ tag, mayChange }: { readonly tag: TagUse; readonly mayChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [text, setText] = useState('')
  const words = t.policies.tags
  const carried = useQuery(engine.policies.tagged.queryOptions({ input: { tag: tag.tag } }))
  const suggested = useQuery(engine.policies.suggestTags.queryOptions({ input: { tag: tag.tag } }))
  const { found, isSearching } = useInventorySearch(text, 'entitlements')
  const setting = useMutation({
    mutationFn: (change: { entitlements: number[]; isAssigned: boolean }) => engine.policies.setTag.call({ tag: tag.tag, ...change }),
    onSuccess: async () => {
      announce(words.changed)
      await queries.invalidateQueries({ queryKey: engine.policies.key() })
    },
  })
  const set = (entitlements: number[], isAssigned: boolean): void => { if (!setting.isPending) setting.mutate({ entitlements, isAssigned }) }
  const failure = setting.error === null ? null : toFailure(setting.error)
  const rows = carried.data ?? []
  const looks = suggested.data ?? []
  return (
    <div className="split-detail">
      <header>
        <h2>{tag.name} <span className="mono faint tag-word">#{tag.tag}</span></h2>
        <p>{tag.description}</p>
        {tag.rules.length > 0 ? (
          <p className="faint">{t.policies.tabs.rules}: {tag.rules.map((rule, at) => <span key={rule}>{at === 0 ? '' : ', '}<a href={toHash('policies', 'rules', rule)}>{rule}</a></span>)}</p>
        ) : null}
      </header>
      <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
      <section className="section">
        <h3>{words.carried}</h3>
        {carried.isError ? <FailureView error={carried.error} isInline onRetry={() => void carried.refetch()} /> : carried.isPending ? <Skeleton lines={3} /> : null}
        {carried.data?.length === 0 ? <p className="soft">{words.carriedNone}</p> : null}
        <ul className="row-list">
          {rows.map((one) => (
            <li key={one.entitlementId}>
              <span className="row-main"><DirectoryText>{one.name}</DirectoryText> <span className="faint"><DirectoryText>{`${one.application} · ${one.nativeId}`}</DirectoryText></span></span>
              <span className="faint"><SentenceText>{words.given(one.by, formatMoment(one.at))}</SentenceText></span>
              {mayChange ? (
                <button type="button" className="button small quiet" aria-label={words.takeOffLabel(plainText(one.name))} onClick={() => set([one.entitlementId], false)}>{words.takeOff}</button>
              ) : null}
            </li>
          ))}
        </ul>
        {mayChange ? (
          <SearchBox
            label={words.addSearch} isLabelHidden placeholder={words.addSearch} text={text} onText={setText} isSearching={isSearching}
            choices={(found?.entitlements ?? []).filter((one) => !rows.some((row) => row.entitlementId === one.id))
              .map((one) => ({ key: String(one.id), title: one.name, detail: `${one.application} · ${one.nativeId}` }))}
            onChoose={(key) => set([Number(key)], true)}
          />
        ) : null}
      </section>
      <section className="section">
        <div className="preview-head">
          <h3>{words.suggested}</h3>
          {mayChange && looks.length > 1 ? (
            <button type="button" className="button small" onClick={() => set(looks.map((one) => one.entitlementId), true)}>{words.confirmAll(formatNumber(looks.length))}</button>
          ) : null}
        </div>
        <p className="soft">{words.suggestedText}</p>
        {suggested.isError ? <FailureView error={suggested.error} isInline onRetry={() => void suggested.refetch()} /> : suggested.isPending ? <Skeleton lines={3} /> : null}
        {suggested.data?.length === 0 ? <p className="faint">{words.suggestedNone}</p> : null}
        <ul className="row-list">
          {looks.map((one) => (
            <li key={one.entitlementId}>
              <span className="row-main"><DirectoryText>{one.name}</DirectoryText> <span className="faint"><DirectoryText>{`${one.application} · ${one.nativeId}`}</DirectoryText></span></span>
              <span className="faint">{words.because(one.because)}</span>
              {mayChange ? (
                <button type="button" className="button small" aria-label={words.confirmLabel(plainText(one.name))} onClick={() => set([one.entitlementId], true)}>{words.confirm}</button>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
