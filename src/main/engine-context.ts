import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { clockOf } from './own-clock.ts'
import { exitsOf } from './own-exits.ts'
import { builtEntry, resource, root } from './own-files.ts'
import { authority, enrolment, signing } from './own-signing.ts'
import { signalWeights } from '../shared/model/recommendation.ts'
import { csvEntitlements } from './connectors/csv/entitlements.ts'
import { csvSignIns } from './connectors/csv/sign-ins.ts'
import { hr } from './connectors/hr/hr.ts'
import { historyReader } from './connectors/history/read-history.ts'
import { keepRawFile } from './connectors/raw-file/keep-raw-file.ts'
import { circuitBreaker } from './narrators/circuit-breaker.ts'
import { ollamaModels } from './narrators/ollama/narrator.ts'
import { templateNarrator } from './narrators/template.ts'
import { workQueue } from './narrators/work-queue.ts'
import { bundleName } from './reports/bundle/bundle-format.ts'
import { itemsCsv } from './reports/bundle/items-csv.ts'
import { verifyBundle as checkBundle } from './reports/bundle/verify-bundle.ts'
import { writeBundle } from './reports/bundle/write-bundle.ts'
import { zipBundle } from './reports/bundle/zip-bundle.ts'
import { readFrameworks } from './reports/bundle/read-frameworks.ts'
import { writeEvidencePdf } from './reports/evidence-pdf/write-evidence-pdf.ts'
import { createExchange } from './exchange/exchange.ts'
import { addSignatureField } from './reports/signing/pdf-signature-field.ts'
import { rawFolder } from './secrets/raw-folder.ts'
import type { FileSeals } from './secrets/sealed-files.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { WorkspaceKey } from './secrets/workspace-key.ts'
import type { Store } from './storage/database.ts'
import type { WorkspaceSettings } from './storage/workspace.ts'
import type { Context, Reports, WorkspacePaths } from './use-cases/context.ts'

export const reports: Reports = {
  writeEvidencePdf, writeBundle, bundleName, itemsCsv, zipBundle, addSignatureField,
  verifyBundle: (bundle, options) => checkBundle(bundle, { ...options, thread: builtEntry('reports/bundle/reader-thread.ts', 'bundle-reader.js') }),
  verifierPath: resource('verify/verify.mjs'),
  fonts: pathToFileURL(resource('fonts/')),
  frameworks: () => readFrameworks(resource('frameworks')),
}

/** How the workspace's files lie on the disk. */
export interface Protection {
  readonly seals: FileSeals | null
  readonly key: WorkspaceKey
}

/** A context around one store: what use cases may reach. */
export function contextOf(paths: WorkspacePaths, store: Store, settings: Pick<WorkspaceSettings, 'logId'>, secrets: SecretStore, { seals, key }: Protection): Context {
  const raw = rawFolder(paths.raw, seals)
  return {
    store, paths, logId: settings.logId, productVersion: z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version, ...travelling(), signing, authority, reports, ...exitsOf(store), historyReader, secrets, workspaceKey: key, rawFolder: raw,
    keepRawFile: (input) => keepRawFile(raw.seals === null ? input : { ...input, sealed: { seal: raw.seals.seal, placeFor: raw.placeFor } }),
    connectors: { 'csv-entitlements': csvEntitlements, 'csv-sign-ins': csvSignIns, hr },
    narrator: templateNarrator,
    languageModel: { models: ollamaModels(), queue: workQueue(), breaker: circuitBreaker(() => performance.now()) },
    weights: signalWeights.parse(JSON.parse(readFileSync(resource('signal-weights.json'), 'utf8'))),
  }
}

/** What also works where there is no workspace yet. */
export function travelling(): Pick<Context, 'clock' | 'hash' | 'exchange' | 'enrolment'> {
  return {
    clock: clockOf(),
    hash: (bytes) => createHash('sha256').update(bytes).digest(),
    exchange: createExchange(builtEntry('exchange/reader-thread.ts', 'packet-reader.js')),
    enrolment,
  }
}
