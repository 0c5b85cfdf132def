import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { Question } from '../../../../shared/model/question.ts'
import { t } from '../../../texts/texts.ts'
import './questions.css'

const words = t.review.depth.questions

export const useQuestions = () => {
  const engine = useEngine()
  return useQuery(engine.review.questions.queryOptions({ staleTime: 15_000 }))
}

const AnswerForm = ({ question, onDone }: { readonly question: Question; readonly onDone: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const id = useId()
  const [text, setText] = useState(question.answer ?? '')
  const sending = useMutation({
    mutationFn: () => engine.review.answer.call({ question: question.question, text: text.trim() }),
    onSuccess: () => {
      announce(words.sent)
      void queries.invalidateQueries({ queryKey: engine.review.questions.key() })
      onDone()
    },
  })
  const failure = sending.error === null ? null : toFailure(sending.error)
  return (
    <form className="answer-form" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '' && !sending.isPending) sending.mutate() }}>
      <div className="field wide">
        <label htmlFor={`${id}-text`}>{words.answerLabel(plainText(question.askedByName))}</label>
        <textarea id={`${id}-text`} rows={2} maxLength={4000} value={text} aria-describedby={`${id}-problem`} onChange={(event) => setText(event.target.value)} />
        <span className="field-error" id={`${id}-problem`} role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</span>
      </div>
      <button type="submit" className="button primary" disabled={text.trim() === '' || sending.isPending}>{sending.isPending ? words.sending : words.send}</button>
    </form>
  )
}

/** What was asked and what came back; directory words and people's words are text, whatever they look like. */
export const QuestionText = ({ question }: { readonly question: Question }) => (
  <>
    <p className="question-said"><DirectoryText>{question.text}</DirectoryText></p>
    <p className="faint">{words.asked(plainText(question.askedByName), formatDay(question.askedAt.slice(0, 10)))}</p>
    {question.answer === null ? <p className="soft">{question.canAnswer ? words.waitingForYou : words.waiting(plainText(question.askedOfName))}</p> : (
      <>
        <p className="question-said is-answer"><DirectoryText>{question.answer}</DirectoryText></p>
        <p className="faint">{words.answered(plainText(question.answeredBy ?? ''), formatDay((question.answeredAt ?? '').slice(0, 10)))}</p>
      </>
    )}
  </>
)

const QuestionCard = ({ question }: { readonly question: Question }) => {
  const [isOpen, setOpen] = useState(question.answer === null)
  return (
    <li className="question-card">
      <p><strong><DirectoryText>{question.entitlementName}</DirectoryText></strong>
        <span className="soft">, <DirectoryText>{question.subjectName}</DirectoryText> · <DirectoryText>{question.application}</DirectoryText></span></p>
      {question.description === null ? null : <p className="faint"><DirectoryText>{question.description}</DirectoryText></p>}
      <QuestionText question={question} />
      {!question.canAnswer ? null : isOpen ? <AnswerForm question={question} onDone={() => setOpen(false)} />
        : <p><button type="button" className="button quiet small" onClick={() => setOpen(true)}>{words.change}</button></p>}
    </li>
  )
}

const Section = ({ title, questions }: { readonly title: string; readonly questions: readonly Question[] }) =>
  (questions.length === 0 ? null : (
    <section className="question-section">
      <h2>{title}</h2>
      <ul>{questions.map((question) => <QuestionCard key={question.question} question={question} />)}</ul>
    </section>
  ))

/** Everything asked of the acting person, and what they asked themselves. */
export const QuestionList = () => {
  const found = useQuestions()
  if (found.isError) return <FailureView error={found.error} isInline onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Skeleton lines={5} />
  if (found.data.length === 0) return <EmptyView isInline title={words.none} text={words.noneText} />
  return (
    <div className="question-list">
      <Section title={words.forYou} questions={found.data.filter(({ canAnswer, answer }) => canAnswer && answer === null)} />
      <Section title={words.yours} questions={found.data.filter(({ isMine }) => isMine)} />
      <Section title={words.others} questions={found.data.filter(({ isMine, canAnswer, answer }) => !isMine && !(canAnswer && answer === null))} />
    </div>
  )
}
