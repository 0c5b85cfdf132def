import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * axe over a page of ours. They have no frames, so no second page has to be opened to gather their results, and what passed is not described:
 * together a third of the time, the same findings.
 */
export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
