import { gzipSync } from 'node:zlib'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { SourceError, type Connector } from '../../src/main/connectors/connector.ts'
import type { Mapping } from '../../src/shared/model/source.ts'
import { config, inputFolder, readAll, unaccounted } from './reading.ts'

export interface Candidate {
  readonly connector: Connector
  readonly mapping: Mapping
  /** First line of a file; empty where a file has none. */
  readonly header: string
  /** What the first column is called, if the header does not say. */
  readonly firstColumn?: string
  /** A row without fault; the number makes it a row of its own. */
  readonly row: (index: number) => string
  /** A small dirty file of this kind, with rows taken and rows refused. */
  readonly fixture: string
}

/** What every connector promises, whatever it reads. */
export function connectorContract({ connector, mapping, header, row, fixture, firstColumn }: Candidate): void {
  const folder = inputFolder()
  const fileOf = (rows: number): string =>
    folder.write([...(header === '' ? [] : [header]), ...Array.from({ length: rows }, (_, index) => row(index))].join('\n') + '\n')
  const failure = async (path: string, wanted = mapping): Promise<unknown> =>
    readAll(connector, path, wanted).catch((error: unknown) => error)

  describe(`${connector.kind} keeps the connector contract`, () => {
    it('accounts for every row of a dirty file', async () => {
      const reading = await readAll(connector, fixture, mapping)
      expect(reading.rowsTaken).toBeGreaterThan(0)
      expect(reading.rejects.length).toBeGreaterThan(0)
      expect(unaccounted(reading)).toBe(0)
      for (const reject of reading.rejects) expect(reject.reason).toMatch(/^\S.*[.]$/)
    })

    it('reads the same file twice the same', async () => {
      expect(await readAll(connector, fixture, mapping)).toEqual(await readAll(connector, fixture, mapping))
    })

    it('reads a gzip copy as the file itself', async () => {
      const copy = folder.write(gzipSync(readFileSync(fixture)), 'copy.gz')
      expect(await readAll(connector, copy, mapping)).toEqual(await readAll(connector, fixture, mapping))
    })

    it('takes every row of a clean file, in batches, with rising progress', async () => {
      const reading = await readAll(connector, fileOf(12_345), mapping)
      expect(reading).toMatchObject({ rowsRead: 12_345, rowsTaken: 12_345, rejects: [], end: { isCutOff: false, merged: 0 } })
      expect(reading.batches).toBeGreaterThan(1)
      let last = 0
      for await (const batch of connector.read({ config, mapping, path: fileOf(12_345), signal: new AbortController().signal })) {
        expect(batch.rowsRead).toBeLessThanOrEqual(5_000)
        expect(batch.progress).toBeGreaterThanOrEqual(last)
        expect(batch.progress).toBeLessThanOrEqual(1)
        last = batch.progress
      }
    })

    it('stops with the abort reason at the batch in hand', async () => {
      const stop = new AbortController()
      const reading = connector.read({ config, mapping, path: fileOf(30_000), signal: stop.signal })
      expect((await reading.next()).done).toBe(false)
      stop.abort(new Error('the officer cancelled'))
      await expect(reading.next()).rejects.toThrow('the officer cancelled')
      expect((await reading.next()).done).toBe(true)
    })

    it('does not begin once aborted', async () => {
      const reading = readAll(connector, fixture, mapping, AbortSignal.abort(new Error('cancelled before')))
      await expect(reading).rejects.toThrow('cancelled before')
    })

    it('says in a sentence why a file cannot be read at all', async () => {
      mkdirSync(join(folder.path, 'a-folder'), { recursive: true })
      const cases: readonly [string, SourceError['code']][] = [
        [join(folder.path, 'nowhere.csv'), 'not-found'],
        [join(folder.path, 'a-folder'), 'not-readable'],
        [folder.write(''), 'empty'],
        [folder.write('\uFEFF'), 'empty'],
        [folder.write('\n  \n\n'), 'empty'],
        [folder.write(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8, 0])), 'not-text'],
        [folder.write(Buffer.from([1, 2, 3, 4, 5, 6, 200, 0, 7, 65])), 'not-text'],
        [folder.write(gzipSync(readFileSync(fixture)).subarray(0, 60)), 'not-readable'],
      ]
      for (const [path, code] of cases) {
        const error = await failure(path)
        expect(error).toBeInstanceOf(SourceError)
        expect(error).toMatchObject({ code, message: expect.stringMatching(/\.$/) })
        expect(String(error)).not.toContain(folder.path)
      }
    })

    it('names a mapped column the file does not have, and those it has', async () => {
      const [field = ''] = Object.keys(mapping.columns)
      const error = await failure(fixture, { ...mapping, columns: { ...mapping.columns, [field]: 'Nowhere' } })
      expect(error).toMatchObject({ code: 'column-missing', message: expect.stringContaining('“Nowhere”') })
      expect(String(error)).toContain(`“${firstColumn ?? header.split(',')[0] ?? ''}”`)
    })

    it('refuses a mapping without its required field', async () => {
      expect(await failure(fixture, { ...mapping, columns: {} })).toMatchObject({ code: 'mapping-incomplete' })
    })

    it('previews as many rows as asked, as reading would take them', async () => {
      const preview = await connector.preview(fixture, mapping, 3)
      const whole = await connector.preview(fixture, mapping, 10_000)
      const reading = await readAll(connector, fixture, mapping)
      expect(preview.rowsRead).toBe(3)
      expect(whole).toMatchObject({ rowsRead: reading.rowsRead, rowsTaken: reading.rowsTaken, rejects: reading.rejects })
      expect(whole.rows.records).toEqual([...reading.people, ...reading.grants, ...reading.signIns])
    })

    it('never crashes, never loses count, whatever bytes it is given', async () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.constantFrom(header, row(1), row(2), '"', ',', ';', '\t', '\n', '\r\n', '\r', 'ü', '\u0000', 'x', ' ', '""', '1/2/24'))
          .map((parts) => Buffer.from(parts.join(''))),
        fc.array(fc.constantFrom(row(1), row(2), `"${row(3)}`, row(4).replace(',', '"'), row(5).slice(2), `,${row(6)}`, ''))
          .map((lines) => Buffer.from([header, ...lines].join('\n'))),
      )
      await fc.assert(fc.asyncProperty(bytes, async (content) => {
        const path = folder.write(content, 'fuzz.csv')
        try {
          expect(unaccounted(await readAll(connector, path, mapping))).toBe(0)
        } catch (error) {
          if (!(error instanceof SourceError)) throw error
        }
      }), { numRuns: 150 })
    })
  })
}
