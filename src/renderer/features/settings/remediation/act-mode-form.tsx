import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { actMode, automaticRule, type AutomaticRule, type RemediationSettings } from '../../../../shared/model/remediation.ts'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'
import { JiraFields, ServiceNowFields } from './desk-fields.tsx'

type Stored = Awaited<ReturnType<Client['remediation']['actMode']>>

/** The whole of it is saved at once, with the officer's passphrase: it may let Muster change sources. */
export const ActModeForm = ({ stored, canChange }: { readonly stored: Stored; readonly canChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.remediation.settings
  const { hasSecret, ...before } = stored
  const [settings, setSettings] = useState<RemediationSettings>(before)
  const [secrets, setSecrets] = useState({ servicenow: '', jira: '' })
  const [passphrase, setPassphrase] = useState('')
  const change = (part: Partial<RemediationSettings>): void => setSettings((now) => ({ ...now, ...part }))
  const saving = useMutation({
    mutationFn: async () => {
      await engine.remediation.setActMode.call({ settings, passphrase })
      for (const system of ['servicenow', 'jira'] as const) {
        if (secrets[system] !== '') await engine.remediation.setTicketSecret.call({ system, secret: secrets[system] })
      }
    },
    onSuccess: async () => {
      announce(words.saved)
      await queries.invalidateQueries({ queryKey: engine.remediation.key() })
    },
  })
  const toggle = (rule: AutomaticRule, isOn: boolean): void =>
    change({ automatic: automaticRule.options.filter((one) => (one === rule ? isOn : settings.automatic.includes(one))) })
  const failure = saving.error === null ? null : toFailure(saving.error)
  const days = (text: string): number => Math.min(365, Math.max(1, Number.parseInt(text, 10) || 1))
  return (
    <form className="form-stack" onSubmit={(event) => { event.preventDefault(); if (passphrase !== '' && !saving.isPending) saving.mutate() }}>
      <fieldset disabled={!canChange}>
        <legend>{words.mode}</legend>
        {actMode.options.map((mode) => (
          <label key={mode} className="choice">
            <input type="radio" name="act-mode" value={mode} checked={settings.mode === mode} onChange={() => change({ mode })} />
            <span><strong>{words.modes[mode].name}</strong><span className="faint">{words.modes[mode].text}</span></span>
          </label>
        ))}
      </fieldset>
      {settings.mode === 'automatic' ? (
        <fieldset disabled={!canChange}>
          <legend>{words.rulesLabel}</legend>
          {automaticRule.options.map((rule) => (
            <label key={rule} className="choice">
              <input type="checkbox" checked={settings.automatic.includes(rule)} onChange={(event) => toggle(rule, event.target.checked)} />
              <span>{words.rules[rule]}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <fieldset disabled={!canChange}>
        <legend>{words.sla}</legend>
        <div className="field-pair">
          <TextField label={words.urgent} type="number" value={String(settings.slaDays.urgent)} onChange={(text) => change({ slaDays: { ...settings.slaDays, urgent: days(text) } })} />
          <TextField label={words.standard} type="number" value={String(settings.slaDays.standard)} onChange={(text) => change({ slaDays: { ...settings.slaDays, standard: days(text) } })} />
        </div>
        <label className="choice">
          <input type="checkbox" checked={settings.separatesDuties} onChange={(event) => change({ separatesDuties: event.target.checked })} />
          <span>{words.separate}</span>
        </label>
      </fieldset>
      <fieldset disabled={!canChange}>
        <legend>{words.desks}</legend>
        <ServiceNowFields desk={settings.serviceNow} secret={secrets.servicenow} hasSecret={hasSecret.servicenow}
          onDesk={(serviceNow) => change({ serviceNow })} onSecret={(servicenow) => setSecrets((now) => ({ ...now, servicenow }))} />
        <JiraFields desk={settings.jira} secret={secrets.jira} hasSecret={hasSecret.jira}
          onDesk={(jira) => change({ jira })} onSecret={(jira) => setSecrets((now) => ({ ...now, jira }))} />
      </fieldset>
      {canChange ? (
        <div className="settings-form">
          <TextField label={words.passphrase} isSecret value={passphrase} onChange={setPassphrase} />
          <button type="submit" className="button primary" disabled={passphrase === '' || saving.isPending}>{words.save}</button>
        </div>
      ) : <p className="faint">{words.readOnly}</p>}
      <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
    </form>
  )
}
