import { useQuery } from '@tanstack/react-query'
import { BookOpen, Plus, Scale } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toHash } from '../../../components/hash-route.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { useKeptDrafts } from './kept-drafts.ts'
import { LibraryDialog } from './library-dialog.tsx'
import { emptyRule, isSameRule, startRuleDraft } from './rule-draft.ts'
import { RuleEditor } from './rule-editor.tsx'
import { RuleList } from './rule-list.tsx'

interface RulesProps {
  readonly open: string | undefined
  readonly mayChange: boolean
  readonly asOf: string
}

/** Rules in force beside the one that is open: its two sides, and whom it catches while it is being written. */
export const RulesView = ({ open, mayChange, asOf }: RulesProps) => {
  const engine = useEngine()
  const overview = useQuery(engine.policies.sodOverview.queryOptions())
  const drafts = useKeptDrafts()
  const [isInLibrary, setInLibrary] = useState(false)
  if (overview.isError) return <div className="policies-body"><FailureView error={overview.error} isInline onRetry={() => void overview.refetch()} /></div>
  if (overview.data === undefined) return <div className="policies-body"><Skeleton lines={8} /></div>
  const { rules, rulesHash } = overview.data
  const saved = open === 'new' ? emptyRule : rules.find(({ rule }) => rule.id === open)?.rule
  const unsaved = new Set(rules.filter(({ rule }) => {
    const draft = drafts.of(rule.id)
    return draft !== undefined && !isSameRule(draft.rule, rule)
  }).map(({ rule }) => rule.id))
  const isNewStarted = drafts.of('new') !== undefined
  const actions = mayChange ? (
    <div className="rule-actions">
      <a className="button" href={toHash('policies', 'rules', 'new')}><Plus size={16} aria-hidden="true" />{t.policies.rules.add}</a>
      <button type="button" className="button" onClick={() => setInLibrary(true)}><BookOpen size={16} aria-hidden="true" />{t.policies.rules.library}</button>
    </div>
  ) : null
  return (
    <>
      {rules.length === 0 && open !== 'new' ? (
        <div className="policies-body">
          <EmptyView isInline title={t.policies.rules.none} text={t.policies.rules.noneText}>{actions}</EmptyView>
        </div>
      ) : (
        <div className="policies-split">
          <div className="split-list">
            {actions}
            <RuleList rules={rules} open={open} unsaved={unsaved} isNewStarted={isNewStarted || open === 'new'} />
          </div>
          {saved === undefined || open === undefined ? (
            <EmptyView title={t.policies.rules.choose} text={mayChange ? t.policies.rules.chooseText : ''} sign={<Scale size={20} aria-hidden="true" />} />
          ) : (
            <RuleEditor
              key={`${open} ${rulesHash}`} saved={saved} isNew={open === 'new'} rules={rules.map(({ rule }) => rule)} rulesHash={rulesHash}
              draft={drafts.of(open) ?? startRuleDraft(saved)} mayChange={mayChange} asOf={asOf}
              onDraft={(draft) => drafts.keep(open, draft)} onDone={() => drafts.drop(open)}
            />
          )}
        </div>
      )}
      {isInLibrary ? <LibraryDialog rules={rules.map(({ rule }) => rule)} rulesHash={rulesHash} onClose={() => setInLibrary(false)} /> : null}
    </>
  )
}
