import type { CampaignSpec } from '../../../../shared/model/campaign.ts'
import { Field, TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'
import type { StepProps } from './step-props.ts'

/** What it is called, as of when it judges, and which control it proves. */
export const NameStep = ({ draft, problems, onChange }: StepProps) => {
  const words = t.campaigns.wizard
  const { spec, asOf } = draft
  const setControl = (change: Partial<CampaignSpec['control']>): void => onChange({ spec: { ...spec, control: { ...spec.control, ...change } } })
  return (
    <div className="form-stack step-form">
      <TextField label={words.nameLabel} hint={words.nameHint} value={spec.name} error={problems.name} onChange={(name) => onChange({ spec: { ...spec, name: name.slice(0, 200) } })} />
      <div className="number-field"><TextField label={words.asOf} hint={words.asOfHint} type="date" value={asOf} error={problems.asOf} onChange={(day) => onChange({ asOf: day })} /></div>
      <fieldset className="plain-set sheet">
        <legend>{words.control}</legend>
        <p className="soft small">{words.controlText}</p>
        <TextField label={words.controlId} value={spec.control.id} onChange={(id) => setControl({ id })} />
        <Field label={words.controlWords}>
          {(wired) => <textarea {...wired} rows={2} value={spec.control.text} onChange={(event) => setControl({ text: event.target.value })} />}
        </Field>
        <div className="field-two">
          <TextField label={words.controlOwner} hint={words.controlOwnerHint} value={spec.control.owner} onChange={(owner) => setControl({ owner })} />
          <TextField label={words.frequency} value={spec.control.frequency} onChange={(frequency) => setControl({ frequency })} />
        </div>
        <TextField label={words.frameworks} hint={words.frameworksHint} value={spec.control.frameworks.join(', ')}
          onChange={(text) => setControl({ frameworks: text === '' ? [] : text.split(',').map((one, at) => (at === 0 ? one.trimStart() : one.replace(/^ /, ''))) })} />
      </fieldset>
    </div>
  )
}
