import type { ReactNode } from 'react'
import { t } from '../../texts/texts.ts'

type List = keyof typeof t.inventory.lists
const lists: readonly List[] = ['search', 'orphans', 'confirmed', 'undescribed']

/** The search and the work lists beside each other. */
export const ListFrame = ({ at, children }: { readonly at: List; readonly children: ReactNode }) => (
  <div className="page">
    <div className="page-inner">
      <div className="people-head">
        <h1>{t.inventory.title}</h1>
        <nav aria-label={t.inventory.title}>
          <ul className="tab-links">
            {lists.map((list) => (
              <li key={list}>
                <a href={list === 'search' ? '#/people' : `#/people/${list}`} aria-current={list === at ? 'page' : undefined}>{t.inventory.lists[list]}</a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {children}
    </div>
  </div>
)
