import { DialogBox } from '../../../components/dialog-box.tsx'
import { t } from '../../../texts/texts.ts'
import { QuestionList } from './question-list.tsx'

export const QuestionsDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <DialogBox title={t.review.depth.questions.title} onClose={onClose}>
    <div className="dialog-body"><QuestionList /></div>
  </DialogBox>
)
