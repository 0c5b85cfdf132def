import { t } from '../../../texts/texts.ts'
import { QuestionText, useQuestions } from './question-list.tsx'

/** Questions about the open item, with what came back, beside everything else that is known of it. */
export const ItemQuestions = ({ itemId }: { readonly itemId: number }) => {
  const about = (useQuestions().data ?? []).filter((question) => question.itemId === itemId)
  if (about.length === 0) return null
  return (
    <section className="item-questions">
      <h2>{t.review.depth.questions.onItem}</h2>
      {about.map((question) => <div key={question.question}><QuestionText question={question} /></div>)}
    </section>
  )
}
