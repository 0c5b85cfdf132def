import type { FileSourceKind } from '../../../../shared/model/source.ts'

/** What `organisation.json` of a generated organisation says: the files, in which state of which day, and how to read them. */
export interface SampleManifest {
  readonly name: string
  readonly seed: number
  readonly people: number
  readonly asOf: string
  readonly sources: readonly SampleSource[]
}

export interface SampleSource {
  readonly source: string
  readonly kind: FileSourceKind
  readonly accountsOf: string | null
  /** Oldest first. */
  readonly files: readonly { readonly name: string; readonly asOf: string; readonly rows: number }[]
  readonly columns: Readonly<Record<string, string>>
}

export interface SampleStep {
  readonly source: string
  readonly file: string
  readonly asOf: string
  readonly rows: number
}

const kindOrder: readonly FileSourceKind[] = ['hr', 'csv-entitlements', 'csv-sign-ins']

/** Every state of every source in the order of its days; on one day people come first, then what they hold, then what they used. */
export const stepsInOrder = (manifest: SampleManifest): readonly SampleStep[] =>
  manifest.sources
    .flatMap((source) => source.files.map((file) => ({ kind: source.kind, source: source.source, file: file.name, asOf: file.asOf, rows: file.rows })))
    .toSorted((a, b) => a.asOf.localeCompare(b.asOf) || kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
    .map(({ source, file, asOf, rows }) => ({ source, file, asOf, rows }))
