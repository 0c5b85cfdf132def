import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const read = (path: string): Buffer => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)))

describe('what is packaged', () => {
  it('has every fuse of Electron that would let others use the app turned off', async () => {
    const path = new URL('../../../resources/packaging/set-fuses.mjs', import.meta.url).href
    const { fuses } = (await import(path)) as { fuses: Record<string, boolean> }
    expect(fuses).toMatchObject({
      RunAsNode: false, EnableNodeOptionsEnvironmentVariable: false, EnableNodeCliInspectArguments: false, GrantFileProtocolExtraPrivileges: false,
      OnlyLoadAppFromAsar: true, EnableEmbeddedAsarIntegrityValidation: true, EnableCookieEncryption: true,
    })
    expect(read('electron-builder.yml').toString()).toContain('afterPack: ./resources/packaging/set-fuses.mjs')
  })

  it('brings resources and the built app along, belongs to its two kinds of files, and asks no server for updates', () => {
    const text = read('electron-builder.yml').toString()
    for (const part of ['- out/**', '- resources/**', '- ext: muster\n', '- ext: musterpack\n', 'npmRebuild: false', 'publish: null']) expect(text).toContain(part)
  })

  it('has an icon in each system’s own form', () => {
    const windows = read('resources/icon.ico')
    expect([windows.readUInt16LE(0), windows.readUInt16LE(2), windows.readUInt16LE(4)]).toEqual([0, 1, 7])
    const [length, offset] = [windows.readUInt32LE(14), windows.readUInt32LE(18)]
    expect(windows.subarray(offset, offset + 4).toString('latin1')).toBe('\u0089PNG')
    expect(offset + length).toBeLessThan(windows.length)
    const mac = read('resources/icon.icns')
    expect(mac.subarray(0, 4).toString('latin1')).toBe('icns')
    expect(mac.readUInt32BE(4)).toBe(mac.length)
    expect(read('resources/icon.png').subarray(1, 4).toString('latin1')).toBe('PNG')
  })
})
