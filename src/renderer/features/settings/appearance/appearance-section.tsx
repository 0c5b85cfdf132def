import { useState } from 'react'
import { applyDensity, densities, readDensity } from '../../../components/density.ts'
import { ChoiceField } from '../../../components/fields.tsx'
import { applyTheme, themes, useTheme } from '../../../components/theme.ts'
import { chooseLanguage, languageChoices, readLanguageChoice } from '../../../texts/language.ts'
import { t } from '../../../texts/texts.ts'

/** How the screens look on this machine: light or dark, room for rows, language. */
export const AppearanceSection = () => {
  const theme = useTheme()
  const [density, setDensity] = useState(readDensity)
  const words = t.shell.appearance
  return (
    <section className="settings-block">
      <h2>{words.title}</h2>
      <p className="soft settings-text">{words.text}</p>
      <div className="appearance-fields">
        <ChoiceField label={words.language} hint={`${words.languageReload} ${words.languageHint}`} value={readLanguageChoice()}
          options={languageChoices.map((choice) => [choice, words.languages[choice]] as const)} onChange={chooseLanguage} />
        <ChoiceField label={words.theme} value={theme} options={themes.map((one) => [one, t.theme[one]] as const)} onChange={applyTheme} />
        <ChoiceField label={words.density} hint={words.densityHint} value={density} options={densities.map((one) => [one, words.densities[one]] as const)}
          onChange={(chosen) => { applyDensity(chosen); setDensity(chosen) }} />
      </div>
    </section>
  )
}
