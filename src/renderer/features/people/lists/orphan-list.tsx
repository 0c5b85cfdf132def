import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { shownAccount } from '../../../../shared/contract/inventory.ts'
import { t } from '../../../texts/texts.ts'
import { UndoMatch } from '../undo-match.tsx'
import { FindPerson } from './find-person.tsx'
import { Pager } from './pager.tsx'

const words = t.inventory.orphans
const pageSize = 50

interface Suggestion { readonly identityId: number; readonly displayName: string; readonly why: string }
type Orphan = z.infer<typeof shownAccount> & { readonly grants: number; readonly suggestions: readonly Suggestion[] }

const OrphanRow = ({ orphan, isOfficer, matched, onMatched }: {
  readonly orphan: Orphan; readonly isOfficer: boolean; readonly matched: string | null; readonly onMatched: (person: string) => void
}) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [isFinding, setFinding] = useState(false)
  const login = orphan.login ?? orphan.nativeId
  const confirm = useMutation(engine.inventory.confirmMatch.mutationOptions())
  const failure = confirm.isError ? toFailure(confirm.error) : null
  const match = (identityId: number, name: string): void => {
    setFinding(false)
    confirm.mutate({ accountId: orphan.id, identityId }, {
      onSuccess: () => {
        onMatched(name)
        announce(words.confirmed(login, name))
        void queries.invalidateQueries({ queryKey: engine.inventory.person.key() })
        void queries.invalidateQueries({ queryKey: engine.inventory.confirmedMatches.key() })
      },
    })
  }
  return (
    <tr>
      <td><DirectoryText>{login}</DirectoryText>{orphan.displayName === null ? null : <><br /><span className="faint small"><DirectoryText>{orphan.displayName}</DirectoryText></span></>}</td>
      <td><DirectoryText>{orphan.source}</DirectoryText></td>
      <td className="number">{formatNumber(orphan.grants)}</td>
      <td>{t.inventory.link[orphan.linkReason]}</td>
      <td className="grow">
        {matched !== null ? (
          <span className="section-bar" role="status">
            <span className="badge good"><CircleCheckBig size={13} aria-hidden="true" />{words.justConfirmed}</span>
            <DirectoryText>{matched}</DirectoryText>
            <UndoMatch accountId={orphan.id} login={login} />
          </span>
        ) : (
          <ul className="suggestions">
            {orphan.suggestions.map((one) => (
              <li key={one.identityId}>
                <span className="cell-lines">
                  <a href={`#/people/person/${one.identityId}`}><DirectoryText>{one.displayName}</DirectoryText></a>
                  <span className="faint small" title={one.why}><DirectoryText>{one.why}</DirectoryText></span>
                </span>
                {isOfficer ? (
                  <button type="button" className="button small" disabled={confirm.isPending} aria-label={words.confirmLabel(login, one.displayName)} onClick={() => match(one.identityId, one.displayName)}>{words.confirm}</button>
                ) : null}
              </li>
            ))}
            {isOfficer || orphan.suggestions.length === 0 ? <li><span className="faint">{orphan.suggestions.length === 0 ? words.noSuggestion : ''}</span>{isOfficer ? <button type="button" className="button quiet small" aria-label={words.findOf(login)} onClick={() => setFinding(true)}>{words.someoneElse}</button> : null}</li> : null}
          </ul>
        )}
        {failure === null ? null : <p role="alert" className="field-error"><DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText></p>}
        {isFinding ? <FindPerson title={words.find(login)} onChoose={match} onClose={() => setFinding(false)} /> : null}
      </td>
    </tr>
  )
}

/** Accounts nobody stands behind, those that hold most first, with names that come near. */
export const OrphanList = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const [from, setFrom] = useState(0)
  // Confirmed rows stay where they are until the list is opened again, so that a slip can be undone.
  const [matched, setMatched] = useState<ReadonlyMap<number, string>>(new Map())
  const page = useQuery(engine.inventory.orphans.queryOptions({ input: { from, limit: pageSize }, placeholderData: keepPreviousData, staleTime: matched.size > 0 ? Infinity : 5_000 }))
  if (page.isError) return <FailureView error={page.error} isInline onRetry={() => void page.refetch()} />
  if (page.data === undefined) return <Skeleton lines={10} />
  if (page.data.total === 0) return <EmptyView isInline title={words.none} text={words.noneText} />
  const { columns } = words
  return (
    <div className="section">
      <p className="soft">{words.text}</p>
      <div className="sheet" aria-busy={page.isPlaceholderData}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{columns.account}</th><th scope="col">{columns.source}</th><th scope="col" className="number">{columns.grants}</th><th scope="col">{columns.why}</th><th scope="col">{columns.suggestion}</th>
            </tr>
          </thead>
          <tbody>
            {page.data.accounts.map((orphan) => (
              <OrphanRow key={orphan.id} orphan={orphan} isOfficer={isOfficer} matched={matched.get(orphan.id) ?? null}
                onMatched={(person) => setMatched((before) => new Map(before).set(orphan.id, person))} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager from={from} size={pageSize} total={page.data.total} onFrom={setFrom} />
    </div>
  )
}
