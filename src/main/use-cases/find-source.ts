import { liveSourceKind, type LiveSourceKind } from '../../shared/model/live-source.ts'
import type { FileSource, LiveSource, Source, SourceKind } from '../../shared/model/source.ts'
import type { Queries } from '../storage/database.ts'
import { findSource } from '../storage/sources.ts'
import { Refusal } from './context.ts'

export async function sourceNamed(queries: Queries, name: string): Promise<Source> {
  const source = await findSource(queries, name)
  if (source === undefined) throw new Refusal('not-found', `There is no source called “${name}”.`)
  return source
}

export async function fileSourceNamed(queries: Queries, name: string): Promise<FileSource> {
  const source = await sourceNamed(queries, name)
  if (!isFileSource(source)) throw new Refusal('invalid', `“${name}” is asked over the network; it has no file and no columns to map.`)
  return source
}

export async function liveSourceNamed(queries: Queries, name: string): Promise<LiveSource> {
  const source = await sourceNamed(queries, name)
  if (!isLiveSource(source)) throw new Refusal('invalid', `“${name}” is read from a file; there is no connection to set up.`)
  return source
}

export function isLiveKind(kind: SourceKind): kind is LiveSourceKind {
  return liveSourceKind.safeParse(kind).success
}

export function isFileSource(source: Source): source is FileSource {
  return source.config.from === 'file'
}

export function isLiveSource(source: Source): source is LiveSource {
  return source.config.from !== 'file'
}
