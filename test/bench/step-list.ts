import type { Step } from './result.ts'

/** Loaded only when asked for: a step's memory must not hold the other benches' code. */
export const steps: Readonly<Record<string, () => Promise<Step>>> = {
  'write-files': async () => (await import('./steps/files.ts')).writeFiles,
  'make-workspace': async () => (await import('./steps/workspace.ts')).makeWorkspace,
  'bare-inserts': async () => (await import('./steps/bare.ts')).bareInserts,
  sync: async () => (await import('./steps/sync.ts')).sync,
  score: async () => (await import('./steps/score.ts')).score,
  'live-tenant': async () => (await import('./steps/live-tenant.ts')).liveTenant,
  sod: async () => (await import('./steps/sod.ts')).sod,
  decide: async () => (await import('./steps/decide.ts')).decide,
  'launch-campaign': async () => (await import('./steps/campaign.ts')).launchCampaign,
  'screen-reads': async () => (await import('./steps/screen-reads.ts')).screenReads,
  'write-evidence': async () => (await import('./steps/pdf.ts')).writeEvidence,
  pdf: async () => (await import('./steps/pdf.ts')).pdf,
  seal: async () => (await import('./steps/bundle.ts')).seal,
  'verify-bundle': async () => (await import('./steps/bundle.ts')).verify,
  faithfulness: async () => (await import('./steps/faithfulness.ts')).faithfulness,
  injection: async () => (await import('./steps/injection.ts')).injection,
  'verify-alone': async () => (await import('./steps/bundle.ts')).verifyAlone,
}
