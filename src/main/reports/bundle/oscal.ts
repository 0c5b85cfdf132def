// The seal's outcome in the form other tools read: OSCAL assessment results. Derived from the report and never read back.
import { hash as hashOnce } from 'node:crypto'
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { NAMES } from './bundle-format.ts'

const OSCAL = '1.1.2'

/**
 * Assessment results (NIST OSCAL 1.1.2) of one campaign: a result for its span, an observation for each check, a finding for the control. Ids
 * are made from the log and what they name, so the same seal gives the same file.
 */
export function oscalResults(head: ReportHead): string {
  const { campaign, checks, exceptions, workspace, controlTotals: { progress } } = head
  const { control, name } = campaign.spec
  const id = (what: string): string => uuidOf(`${workspace.log}\n${campaign.id}\n${campaign.version}\n${what}`)
  const officer = id(`party ${campaign.sealedBy}`)
  const document = {
    'assessment-results': {
      uuid: id('document'),
      metadata: {
        title: `${name}: access certification`, 'last-modified': campaign.sealedAt, version: String(campaign.version), 'oscal-version': OSCAL,
        roles: [{ id: 'assessor', title: 'Compliance officer' }],
        parties: [{ uuid: officer, type: 'person', name: campaign.sealedBy }],
        'responsible-parties': [{ 'role-id': 'assessor', 'party-uuids': [officer] }],
      },
      'import-ap': { href: `#${id('plan')}` },
      results: [{
        uuid: id('result'), title: name,
        description: `${progress.items} items reviewed: ${progress.kept} kept, ${progress.keptUntil} kept until a date, ${progress.revoked} revoked, `
          + `${progress.lookCloser} to look closer at, ${progress.undecided} undecided.`,
        start: campaign.launchedAt, end: campaign.closedAt,
        'reviewed-controls': { 'control-selections': [{ 'include-controls': [{ 'control-id': tokenOf(control.id) }] }] },
        observations: checks.map((check) => ({
          uuid: id(`check ${check.code}`), title: check.title, description: `${check.passed ? 'Passed' : 'FAILED'}. ${check.detail}`, methods: ['EXAMINE'],
          types: ['control-objective'], collected: campaign.sealedAt,
          'relevant-evidence': [{ href: `./${NAMES.evidence}`, description: `checks, code ${check.code}` }],
        })),
        findings: [{
          uuid: id('finding'), title: `${control.id}: ${exceptions.length === 0 ? 'no exceptions' : `${exceptions.length} exceptions`}`,
          description: exceptions.length === 0 ? 'Sealed without exceptions.' : exceptions.join(' '),
          target: {
            type: 'objective-id', 'target-id': tokenOf(control.id), description: control.text,
            status: { state: exceptions.length === 0 && checks.every(({ passed }) => passed) ? 'satisfied' : 'not-satisfied' },
          },
          ...(checks.length === 0 ? {} : { 'related-observations': checks.map((check) => ({ 'observation-uuid': id(`check ${check.code}`) })) }),
        }],
      }],
      'back-matter': {
        resources: [
          { uuid: id('plan'), title: 'Rules fixed before launch', description: `campaign.spec in ${NAMES.evidence}, SHA-256 of its canonical form ${campaign.specHash}` },
          { uuid: id('evidence'), title: 'The report\'s figures', rlinks: [{ href: `./${NAMES.evidence}` }] },
          { uuid: id('report'), title: 'The signed report', rlinks: [{ href: `./${NAMES.report}` }] },
        ],
      },
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** A UUID of version 5's form over SHA-256: OSCAL asks for the form, and a file written twice has to be the same. */
function uuidOf(name: string): string {
  const hex = hashOnce('sha256', `muster-oscal-v1\n${name}`, 'hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** OSCAL's token: begins with a letter or underscore, then letters, digits, dots, hyphens, underscores. */
function tokenOf(text: string): string {
  const plain = text.trim().replace(/[^\p{L}\p{N}._-]+/gu, '-')
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`
}
