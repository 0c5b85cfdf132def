import { TEMPLATE_NARRATOR, templateNarrative } from '../core/narrative/template.ts'
import type { Narrator } from './narrator.ts'

/** The narrator that is always there: no model, no waiting, the same words for the same evidence. */
export const templateNarrator: Narrator = {
  ...TEMPLATE_NARRATOR,
  narrate: (packet, recommendation) => Promise.resolve(templateNarrative(packet, recommendation)),
}
