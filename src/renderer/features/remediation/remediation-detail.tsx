import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatDay, formatMoment, formatNumber } from '../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import type { RemediationDetail as Detail } from './remediation-types.ts'
import { StateBadge } from './state-badge.tsx'

const words = t.remediation.detail

/** Sources Muster can give a right back in. */
const givingSources: ReadonlySet<Detail['sourceKind']> = new Set(['entra', 'okta'])
/** Roles that rule a whole directory or organisation, as the live sources name them. */
const administratorRole = /^(directory-role|admin-role):/

const isAdministratorRole = ({ remove }: Detail): boolean => administratorRole.test(remove.nativeId)
const canGive = (one: Detail): boolean => givingSources.has(one.sourceKind) && !isAdministratorRole(one) && !one.isProtected

const giveWords = (one: Detail): string =>
  one.state === 'restored' ? words.givenBack : isAdministratorRole(one) ? words.giveRoleByHand : one.isProtected ? words.giveProtectedByHand
    : canGive(one) ? words.giveByConnector : words.giveByHand

const Effect = ({ one }: { readonly one: Detail }) => {
  const { effect } = one
  return (
    <section className="section">
      <h3>{words.effect}</h3>
      <p className={effect.byConnector ? 'effect-said good' : 'effect-said warm'}>
        <strong>{effect.byConnector ? words.byConnector : words.notByConnector}</strong>{' '}
        {effect.reason === null ? null : <DirectoryText>{effect.reason}</DirectoryText>}{' '}
        {effect.instead === null ? null : <DirectoryText>{effect.instead}</DirectoryText>}
      </p>
      <dl className="remediation-facts">
        <dt>{words.remove}</dt>
        <dd><DirectoryText>{effect.remove.name}</DirectoryText> {words.from} <DirectoryText>{one.accountName}</DirectoryText></dd>
        <dt>{words.how}</dt>
        <dd>{t.remediation.ways[effect.way]}</dd>
        <dt>{words.alsoLost}</dt>
        <dd>
          {effect.alsoLost.count === 0 ? words.nothingElse : effect.alsoLost.names.map((name, at) => <span key={name}>{at === 0 ? '' : ', '}<DirectoryText>{name}</DirectoryText></span>)}
          {effect.alsoLost.count > effect.alsoLost.names.length ? ` ${words.andMore(effect.alsoLost.count - effect.alsoLost.names.length)}` : null}
        </dd>
        {effect.othersThroughPath === 0 ? null : (
          <>
            <dt>{words.others}</dt>
            <dd>{words.othersCount(effect.othersThroughPath, formatNumber(effect.othersThroughPath))}</dd>
          </>
        )}
        {effect.stillHeldThrough.length === 0 ? null : (
          <>
            <dt>{words.stays}</dt>
            <dd>{effect.stillHeldThrough.map((way, at) => <span key={way}>{at === 0 ? '' : ', '}<DirectoryText>{way}</DirectoryText></span>)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** What was taken away wrongly and is to be held again. */
const GivingBack = ({ one }: { readonly one: Detail }) => (
  <section className="section">
    <h3>{words.giveBack}</h3>
    <p className="effect-said warm">{giveWords(one)}</p>
    <dl className="remediation-facts">
      <dt>{words.toGive}</dt>
      <dd><DirectoryText>{one.remove.name}</DirectoryText></dd>
      <dt>{words.to}</dt>
      <dd><DirectoryText>{one.accountName}</DirectoryText> · <DirectoryText>{one.source}</DirectoryText></dd>
    </dl>
  </section>
)

const Facts = ({ one }: { readonly one: Detail }) => (
  <section className="section">
    <h3>{words.facts}</h3>
    <dl className="remediation-facts">
      <dt>{words.basis}</dt>
      <dd>{t.remediation.basis[one.basis]}{one.decidedBy.length === 0 ? null : <>: <DirectoryText>{one.decidedBy.join(', ')}</DirectoryText></>}</dd>
      <dt>{words.campaign}</dt>
      <dd><a href={`#/campaigns/${one.campaign}`}><DirectoryText>{one.campaignName}</DirectoryText></a></dd>
      <dt>{words.account}</dt>
      <dd><DirectoryText>{one.account}</DirectoryText>{one.isProtected ? <> <span className="badge warm">{words.isProtected}</span></> : null}</dd>
      <dt>{words.due}</dt>
      <dd>{formatDay(one.dueOn)}{one.isOverdue ? <> <span className="badge hot">{t.remediation.overdue}</span></> : null}</dd>
      {one.means === null ? null : (<><dt>{words.by}</dt><dd>{t.remediation.means[one.means]}{one.requestedBy === null ? null : <>, <DirectoryText>{one.requestedBy}</DirectoryText></>}</dd></>)}
      {one.ticket === null ? null : (<><dt>{words.ticket}</dt><dd><DirectoryText>{one.ticket.key}</DirectoryText> <span className="faint mono"><DirectoryText>{one.ticket.url}</DirectoryText></span></dd></>)}
      {one.ticketState === null ? null : (
        <>
          <dt>{words.ticketState}</dt>
          <dd>{t.remediation.ticketStates[one.ticketState.state]}{one.ticketState.said === '' ? null : <>: <DirectoryText>{one.ticketState.said}</DirectoryText></>} <span className="faint">{formatMoment(one.ticketState.at)}</span></dd>
        </>
      )}
      {one.restore === null ? null : (
        <>
          <dt>{words.restore}</dt>
          <dd>
            {t.remediation.means[one.restore.means]}{one.restore.ticket === null ? null : <>: <DirectoryText>{one.restore.ticket.key}</DirectoryText></>}, <DirectoryText>{one.restore.requestedBy}</DirectoryText>
            {one.restore.givenAt === null ? null : <p className="soft">{words.givenAt(formatMoment(one.restore.givenAt))}</p>}
          </dd>
        </>
      )}
      {one.hindrance === null ? null : (<><dt>{words.hindrance}</dt><dd><DirectoryText>{one.hindrance}</DirectoryText></dd></>)}
      {one.proof === null ? null : (
        <>
          <dt>{words.proof}</dt>
          <dd>{words.proofText(formatNumber(one.proof.snapshot), formatDay(one.proof.asOf))}<p className="faint mono proof-hash">{one.proof.contentHash}</p></dd>
        </>
      )}
      <dt>{words.lookback}</dt>
      <dd>{one.lookback.lastUsed !== null ? <span className="outcome-look-closer">{words.usedOn(formatMoment(one.lookback.lastUsed))}</span>
        : one.lookback.knownUntil === null ? words.useUnknown : words.notUsed(formatDay(one.lookback.knownUntil.slice(0, 10)))}</dd>
    </dl>
  </section>
)

export type DetailAction = 'remove' | 'ticket' | 'list' | 'done' | 'take-back' | 'reopen' | 'give-back' | 'give-ticket'

const actionsOf = (one: Detail, mode: 'advise' | 'approve' | 'automatic'): readonly DetailAction[] => {
  const isToDo = one.state === 'planned' || one.state === 'came-back' || one.state === 'requested'
  return [
    ...(isToDo && one.effect.byConnector && mode !== 'advise' ? ['remove' as const] : []), ...(isToDo ? ['ticket' as const, 'list' as const, 'done' as const] : []),
    ...(one.state === 'came-back' || (one.state === 'applied' && one.isStillThere) ? ['reopen' as const] : []),
    ...(isToDo || one.state === 'applied' || one.state === 'verified-gone' ? ['take-back' as const] : []),
    ...(one.state === 'restoring' && mode !== 'advise' && canGive(one) ? ['give-back' as const] : []),
    ...(one.state === 'restoring' && one.restore?.ticket == null ? ['give-ticket' as const] : []),
  ]
}

interface DetailProps {
  readonly id: number
  readonly mayChange: boolean
  readonly mode: 'advise' | 'approve' | 'automatic'
  readonly onAct: (action: DetailAction, one: Detail) => void
}

/** One removal: what it takes and hits, what can be done, and everything that happened. */
export const RemediationDetail = ({ id, mayChange, mode, onAct }: DetailProps) => {
  const engine = useEngine()
  const query = useQuery(engine.remediation.detail.queryOptions({ input: { id } }))
  if (query.isError) return <FailureView error={query.error} isInline onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={8} />
  const one = query.data
  const label: Readonly<Record<DetailAction, string>> = {
    remove: t.remediation.act.remove, ticket: t.remediation.act.ticket, list: t.remediation.act.list, done: t.remediation.act.done, reopen: t.remediation.act.reopen,
    'give-back': t.remediation.act.giveBack, 'give-ticket': t.remediation.act.ticket,
    'take-back': one.state === 'applied' || one.state === 'verified-gone' ? t.remediation.act.takeBack : t.remediation.act.withdraw,
  }
  return (
    <article aria-labelledby="remediation-title">
      <header className="remediation-title">
        <h2 id="remediation-title"><DirectoryText>{one.entitlementName}</DirectoryText></h2>
        <p className="soft"><DirectoryText>{one.subjectName}</DirectoryText> · <DirectoryText>{one.application}</DirectoryText>{one.source === one.application ? null : <> · <DirectoryText>{one.source}</DirectoryText></>}</p>
        <p className="badges"><StateBadge of={one} />{one.isOverdue ? <span className="badge hot">{t.remediation.overdue}</span> : null}</p>
      </header>
      {mayChange ? (
        <div className="remediation-actions" role="group" aria-label={words.actions}>
          {actionsOf(one, mode).map((action, at) => (
            <button key={action} type="button" className={at === 0 ? 'button primary' : 'button'} onClick={() => onAct(action, one)}>{label[action]}</button>
          ))}
        </div>
      ) : null}
      {mayChange && mode === 'advise' && one.effect.byConnector && one.state === 'planned'
        ? <p className="faint">{t.remediation.act.adviseOnly} <a href="#/settings/remediation">{t.remediation.act.toSettings}</a></p> : null}
      {one.state === 'restoring' || one.state === 'restored' ? <GivingBack one={one} /> : <Effect one={one} />}
      <Facts one={one} />
      <section className="section">
        <h3>{words.history}</h3>
        <ol className="timeline">
          {one.steps.map((step) => (
            <li key={`${step.eventSeq}-${step.kind}`} className={step.kind === 'came-back' || step.kind === 'still-there' ? 'hot' : step.kind === 'verified-gone' ? 'good' : ''}>
              <p><strong>{t.remediation.steps[step.kind]}</strong> <span className="faint">{formatMoment(step.at)} · <DirectoryText>{step.by}</DirectoryText></span></p>
              <p className="soft"><DirectoryText>{step.detail}</DirectoryText></p>
            </li>
          ))}
        </ol>
      </section>
    </article>
  )
}

export const NoDetail = () => <EmptyView isInline title={words.choose} text={words.chooseText} />
