import { z } from 'zod'
import { modelName, type InstalledModel, type Thinking } from '../../../shared/model/language-model.ts'
import { modelFailure } from '../../core/narrative/prompt/failure-messages.ts'
import type { Detection, ModelPlace } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import { guardedClient, type Patience } from './guarded-client.ts'

const versionReply = z.object({ version: z.string().max(60).regex(/^[\w.+-]+$/) })

// The fields of the official types, and the two that say a model runs elsewhere, which those types do not know.
const listedModel = z.object({
  name: modelName, digest: z.string().regex(/^(sha256:)?[0-9a-f]{64}$/).transform((digest) => digest.replace('sha256:', '')),
  size: z.number().int().nonnegative().catch(0),
  details: z.object({
    family: z.string().max(80).catch(''), parameter_size: z.string().max(40).catch(''), quantization_level: z.string().max(40).catch(''),
  }).partial().nullable().catch(null).default(null),
  remote_host: z.string().optional().catch('unreadable'), remote_model: z.string().optional().catch('unreadable'),
})
const listReply = z.object({ models: z.array(z.unknown()).max(1_000).nullable() })

const shownModel = z.object({
  capabilities: z.array(z.string()).catch([]).default([]),
  thinking: z.object({ values: z.array(z.union([z.boolean(), z.string()])) }).optional().catch(undefined),
  remote_host: z.string().optional().catch('unreadable'), remote_model: z.string().optional().catch('unreadable'),
})

export type ListedModel = z.infer<typeof listedModel>

/** Version and models of the server. A model whose name or digest is not what Ollama writes is passed over. */
export async function detect(place: ModelPlace, patience: Patience, signal?: AbortSignal): Promise<Detection> {
  try {
    const client = guardedClient(place, patience, signal)
    const version = versionReply.safeParse(await client.version())
    if (!version.success) throw new ModelError('not-ollama')
    const models: InstalledModel[] = []
    for (const listed of await listModels(place, patience, signal)) models.push(await described(place, patience, listed, signal))
    return { state: 'ready', version: version.data.version, models }
  } catch (error) {
    if (error instanceof ModelError) return { state: 'failed', failure: error.failure }
    return { state: 'failed', failure: modelFailure('not-ollama') }
  }
}

export async function listModels(place: ModelPlace, patience: Patience, signal?: AbortSignal): Promise<readonly ListedModel[]> {
  const reply = listReply.safeParse(await guardedClient(place, patience, signal).list())
  if (!reply.success) throw new ModelError('not-ollama')
  return (reply.data.models ?? []).flatMap((model) => {
    const listed = listedModel.safeParse(model)
    return listed.success ? [listed.data] : []
  })
}

/** Anything that says "elsewhere" counts, in the list, in the description or in the name. */
export function isRemote(model: Pick<ListedModel, 'name' | 'remote_host' | 'remote_model'>): boolean {
  return (model.remote_host ?? '') !== '' || (model.remote_model ?? '') !== '' || /[:-]cloud$/i.test(model.name)
}

async function described(place: ModelPlace, patience: Patience, listed: ListedModel, signal: AbortSignal | undefined): Promise<InstalledModel> {
  // A remote model is not even asked about: the server would pass the question on.
  const shown = isRemote(listed) ? null : await describe(place, patience, listed.name, signal)
  const capabilities = (shown?.capabilities ?? []).filter((word) => /^[a-z][a-z-]{0,30}$/.test(word))
  const isElsewhere = isRemote({ ...listed, ...(shown?.remote_host === undefined ? {} : { remote_host: shown.remote_host }) })
    || (shown?.remote_model ?? '') !== ''
  return {
    name: listed.name, digest: listed.digest, bytes: listed.size, family: listed.details?.family ?? '',
    parameters: listed.details?.parameter_size ?? '', quantization: listed.details?.quantization_level ?? '', capabilities,
    // Servers before 0.6.4 name no capabilities; whether such a model can chat shows in the exam.
    obstacle: isElsewhere ? 'remote-model' : capabilities.length > 0 && !capabilities.includes('completion') ? 'cannot-chat' : null,
    thinking: thinkingOf(capabilities, shown?.thinking?.values),
  }
}

function thinkingOf(capabilities: readonly string[], values: readonly (boolean | string)[] | undefined): Thinking {
  if (!capabilities.includes('thinking')) return 'none'
  return values !== undefined && !values.includes(false) && values.includes('low') ? 'low' : 'off'
}

async function describe(
  place: ModelPlace, patience: Patience, model: string, signal: AbortSignal | undefined,
): Promise<z.infer<typeof shownModel> | null> {
  try {
    const shown = shownModel.safeParse(await guardedClient(place, patience, signal).show({ model }))
    return shown.success ? shown.data : null
  } catch (error) {
    // One model that cannot be described (deleted a moment ago, damaged) must not hide the others.
    if (error instanceof ModelError && (error.code === 'no-model' || error.code === 'server-error')) return null
    throw error
  }
}
