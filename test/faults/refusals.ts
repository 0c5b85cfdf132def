import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { createApp, StartError } from '../../src/main/app.ts'
import { asOf } from '../support/workspace-builder.ts'

export async function errorOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const caught: unknown = await work.then(() => 'it worked', (error: unknown) => error)
  expect(caught).toBeInstanceOf(Error)
  return caught as Error & { code: string }
}

export async function startErrorOf(folder: string): Promise<{ code: string; message: string }> {
  const error = await errorOf(createApp({ folder, asOf, host: 'cli', threads: false }).then((app) => app.close()))
  expect(error).toBeInstanceOf(StartError)
  return error
}

export async function sha256Of(path: string): Promise<string> {
  return createHash('sha256').update(await readFile(path)).digest('hex')
}
