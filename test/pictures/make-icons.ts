// `node test/pictures/make-icons.ts`: draws resources/icon.svg in every size a system asks for, with the browser that is there.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../support/browser.ts'

const resource = (name: string): string => fileURLToPath(new URL(`../../resources/${name}`, import.meta.url))

interface Drawn { readonly size: number; readonly png: Buffer }

const draw = async (sizes: readonly number[]): Promise<readonly Drawn[]> => {
  const svg = await readFile(resource('icon.svg'), 'utf8')
  const browser = await openBrowser()
  try {
    const drawn: Drawn[] = []
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: size, height: size } })
      await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
      drawn.push({ size, png: await page.screenshot({ omitBackground: true }) })
      await page.close()
    }
    return drawn
  } finally {
    await browser.close()
  }
}

/** Windows: a directory of pictures, each a PNG of its own (understood since Windows Vista); 256 is written as 0. */
export const ico = (pictures: readonly Drawn[]): Buffer => {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ size, png }, at) => {
    const entry = 6 + 16 * at
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

const icnsTypes: Readonly<Record<number, string>> = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }

/** macOS: a sequence of boxes, each four letters, its length, and a PNG. */
export const icns = (pictures: readonly Drawn[]): Buffer => {
  const boxes = pictures.flatMap(({ size, png }) => {
    const type = icnsTypes[size]
    if (type === undefined) return []
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32BE(8 + png.length, 4)
    return [head, png]
  })
  const body = Buffer.concat(boxes)
  const head = Buffer.alloc(8)
  head.write('icns', 0, 'latin1')
  head.writeUInt32BE(8 + body.length, 4)
  return Buffer.concat([head, body])
}

if (import.meta.main) {
  const drawn = await draw([16, 24, 32, 48, 64, 128, 256, 512, 1024])
  await writeFile(resource('icon.ico'), ico(drawn.filter(({ size }) => size <= 256)))
  await writeFile(resource('icon.icns'), icns(drawn))
  const largest = drawn.find(({ size }) => size === 512)
  if (largest !== undefined) await writeFile(resource('icon.png'), largest.png)
}
