import type { JiraDesk, ServiceNowDesk } from '../../../../shared/model/remediation.ts'
import { TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'

const words = t.remediation.settings

interface DeskProps<Desk> {
  readonly desk: Desk | null
  readonly secret: string
  readonly hasSecret: boolean
  readonly onDesk: (desk: Desk | null) => void
  readonly onSecret: (secret: string) => void
}

const Use = ({ name, isUsed, onUse }: { readonly name: string; readonly isUsed: boolean; readonly onUse: (isUsed: boolean) => void }) => (
  <label className="choice">
    <input type="checkbox" checked={isUsed} onChange={(event) => onUse(event.target.checked)} />
    <span>{words.use(name)}</span>
  </label>
)

export const ServiceNowFields = ({ desk, secret, hasSecret, onDesk, onSecret }: DeskProps<ServiceNowDesk>) => (
  <>
    <Use name={t.remediation.ticket.systems.servicenow} isUsed={desk !== null} onUse={(isUsed) => onDesk(isUsed ? { url: 'https://', userName: '', table: 'incident', assignmentGroup: null } : null)} />
    {desk === null ? null : (
      <div className="field-pair">
        <TextField label={words.url} value={desk.url} onChange={(url) => onDesk({ ...desk, url })} />
        <TextField label={words.user} value={desk.userName} onChange={(userName) => onDesk({ ...desk, userName })} />
        <TextField label={words.table} value={desk.table} onChange={(table) => onDesk({ ...desk, table })} />
        <TextField label={words.group} value={desk.assignmentGroup ?? ''} onChange={(group) => onDesk({ ...desk, assignmentGroup: group === '' ? null : group })} />
        <TextField label={words.secret.servicenow} isSecret value={secret} hint={hasSecret ? words.secretKept : words.secretNone} onChange={onSecret} />
      </div>
    )}
  </>
)

export const JiraFields = ({ desk, secret, hasSecret, onDesk, onSecret }: DeskProps<JiraDesk>) => (
  <>
    <Use name={t.remediation.ticket.systems.jira} isUsed={desk !== null} onUse={(isUsed) => onDesk(isUsed ? { url: 'https://', userName: '', project: '', issueType: 'Task' } : null)} />
    {desk === null ? null : (
      <div className="field-pair">
        <TextField label={words.url} value={desk.url} onChange={(url) => onDesk({ ...desk, url })} />
        <TextField label={words.user} value={desk.userName} onChange={(userName) => onDesk({ ...desk, userName })} />
        <TextField label={words.project} value={desk.project} onChange={(project) => onDesk({ ...desk, project: project.toUpperCase() })} />
        <TextField label={words.issueType} value={desk.issueType} onChange={(issueType) => onDesk({ ...desk, issueType })} />
        <TextField label={words.secret.jira} isSecret value={secret} hint={hasSecret ? words.secretKept : words.secretNone} onChange={onSecret} />
      </div>
    )}
  </>
)
