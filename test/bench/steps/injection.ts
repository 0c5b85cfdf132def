import type { Weighed } from '../../../src/main/core/signals/weigh.ts'
import { buildPrompt } from '../../../src/main/core/narrative/prompt/build-prompt.ts'
import { englishWriter } from '../../../src/main/core/narrative/plain-text.ts'
import { renderNarrative } from '../../../src/main/core/narrative/render.ts'
import { templateNarrative } from '../../../src/main/core/narrative/template.ts'
import { csvCell } from '../../../src/main/reports/bundle/items-csv.ts'
import { safeText } from '../../../src/main/reports/evidence-pdf/safe-text.ts'
import { hostileNames } from '../../fixtures/hostile-texts.ts'
import { harmlessOffice, officeNamed } from '../../support/hostile-office.ts'
import type { Step } from '../result.ts'

/** Every hostile text in every place a source can write to: does any byte of the prompt, the verdict or the escaping change? */
export const injection: Step = () => {
  const [prompt, verdict] = [JSON.stringify(buildPrompt(harmlessOffice.packet)), JSON.stringify(harmlessOffice.recommendation)]
  const figures = { texts: hostileNames.length, prompts: 0, verdicts: 0, sentences: 0, formulas: 0, controls: 0 }
  const own = JSON.stringify(wordsOf('Accounts payable', harmlessOffice))
  for (const text of hostileNames) {
    const office = officeNamed(text)
    const { packet, recommendation } = office
    if (JSON.stringify(buildPrompt(packet)) !== prompt) figures.prompts += 1
    if (JSON.stringify(recommendation) !== verdict) figures.verdicts += 1
    if (JSON.stringify(wordsOf(text, office)) !== own) figures.sentences += 1
    if (/^"?\s*[=+\-@＝＋－＠]/u.test(csvCell(text))) figures.formulas += 1
    if (/[\p{Cc}\p{Cf}]/u.test(safeText(text))) figures.controls += 1
  }
  return Promise.resolve({ figures })
}

/** The narrative's own words, what was filled in left out. */
function wordsOf(text: string, { packet, recommendation }: Weighed): readonly string[] {
  const { claims } = renderNarrative(templateNarrative(packet, recommendation), packet, { USER: text, ENT: text, APP: text }, englishWriter)
  return claims.flatMap(({ pieces }) => pieces.filter(({ isFact }) => !isFact).map((piece) => piece.text))
}
