import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * axe over a page of ours. They have no frames, so no second page has to be opened to gather their results, and what passed is not described:
 * together a third of the time, the same findings.
 */
export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })

/**
 * What axe finds on the page as it is now, one line each; WCAG 2.2 A and AA and the best practices. `part`: only what an open list shows; the
 * component library hides the rest of the page from screen readers meanwhile, on purpose.
 */
export const findings = async (page: Page, part = 'html'): Promise<readonly string[]> => {
  const { violations } = await axeOn(page).include(part).disableRules(part === 'html' ? [] : ['region', 'page-has-heading-one'])
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n').at(-1)?.trim() ?? ''}`))
}
