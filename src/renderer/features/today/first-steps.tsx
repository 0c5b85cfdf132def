import { t } from '../../texts/texts.ts'

const { title, steps, act } = t.today.firstSteps

/** The way from nothing to a first campaign, while no source is connected: the lists that would stand here are all empty. */
export const FirstSteps = () => (
  <section className="section">
    <h2>{title}</h2>
    <ol className="first-steps sheet">
      {steps.map(([name, text], at) => (
        <li key={name}>
          <span className="step-number numbers" aria-hidden="true">{at + 1}</span>
          <div>
            <h3>{name}</h3>
            <p className="soft">{text}</p>
          </div>
          {at === 0 ? <a className="button primary" href="#/sources/add">{act}</a> : null}
        </li>
      ))}
    </ol>
  </section>
)
