export type Density = 'comfortable' | 'compact'
export const densities: readonly Density[] = ['comfortable', 'compact']

const storageKey = 'muster.density'

export const readDensity = (): Density => densities.find((density) => density === window.localStorage.getItem(storageKey)) ?? 'comfortable'

/** How much room rows take from now on; remembered on this machine. */
export const applyDensity = (density: Density): void => {
  window.localStorage.setItem(storageKey, density)
  if (density === 'comfortable') delete document.documentElement.dataset.density
  else document.documentElement.dataset.density = density
}
