import type { Display, Rectangle } from 'electron'
import type { WindowPlace } from './desk-memory.ts'

/** Names an arrangement of displays by where they lie and how large they are. */
export const arrangementOf = (displays: readonly Pick<Display, 'bounds'>[]): string =>
  displays.map(({ bounds: { x, y, width, height } }) => `${width}x${height}@${x},${y}`).toSorted().join(' ')

const seenOf = (place: Rectangle, area: Rectangle): number => {
  const width = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x)
  const height = Math.min(place.y + place.height, area.y + area.height) - Math.max(place.y, area.y)
  return Math.max(0, width) * Math.max(0, height)
}

const smallest = { width: 960, height: 600 }
const usual = { width: 1440, height: 900 }

export interface Opening { readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number }; readonly isMaximised: boolean }

/** Where the window opens: where it stood under this arrangement, as long as a good part of it can be seen there; else in the middle. */
export const openingPlace = (kept: WindowPlace | undefined, displays: readonly Pick<Display, 'workArea'>[]): Opening => {
  if (kept !== undefined) {
    const { isMaximised, ...bounds } = kept
    const sized = { ...bounds, width: Math.max(bounds.width, smallest.width), height: Math.max(bounds.height, smallest.height) }
    if (displays.some(({ workArea }) => seenOf(sized, workArea) >= sized.width * sized.height * 0.5)) return { bounds: sized, isMaximised }
  }
  const room = displays[0]?.workArea ?? usual
  return { bounds: { width: Math.min(usual.width, room.width), height: Math.min(usual.height, room.height) }, isMaximised: false }
}
