// The two looks at what was written: a label is asked about before it is saved; a hint at serious harm leads to the report at once.
import { recordOps } from '@nuanyang/contract/records.ts'
import { download } from '../kernel/client.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import type { RecordForm } from './form.ts'
import { PhotoRefused } from './photos.tsx'
import { recordsText } from './records.text.ts'

export function SavingQuestions({ form }: { form: RecordForm }) {
  return (
    <>
      {form.labels && <LabelsDialog form={form} />}
      <PhotoRefused photos={form.photos} onAnswered={() => void form.photoAnswered()} />
      {form.situations && <ReportDialog form={form} situations={form.situations.found} />}
    </>
  )
}

/** Why it was not saved, and what can be done. */
export function SaveRefusal({ form }: { form: RecordForm }) {
  const t = useWords(recordsText)
  if (!form.refusal) return null
  return (
    <div className="rec-refusal">
      <ProblemLine>{form.refusal.words}</ProblemLine>
      {form.refusal.code === 'record_similar' && (
        <Button busy={form.busy} onClick={() => void form.save({ similar: true, labels: true })}>
          {t('save_anyway')}
        </Button>
      )}
    </div>
  )
}

function LabelsDialog({ form }: { form: RecordForm }) {
  const t = useWords(recordsText)
  return (
    <Dialog
      title={t('labels_title')}
      onClose={form.closeLabels}
      actions={
        <>
          <Button kind="text" onClick={() => void form.save({ labels: true })}>
            {t('save_anyway')}
          </Button>
          <Button kind="primary" onClick={form.closeLabels}>
            {t('labels_back')}
          </Button>
        </>
      }
    >
      <p>{t('labels_help')}</p>
      <ul className="rec-plain">
        {(form.labels ?? []).map((label) => (
          <li key={label.words}>{t('labels_instead', { words: label.words, instead: label.instead })}</li>
        ))}
      </ul>
    </Dialog>
  )
}

function ReportDialog({
  form,
  situations,
}: {
  form: RecordForm
  situations: NonNullable<RecordForm['situations']>['found']
}) {
  const t = useWords(recordsText)
  const say = useSay()
  const body = {
    child_ids: form.value.children.map((child) => child.id),
    situations: situations.map((one) => one.code),
    happened_on: form.value.happened_on,
    ...(form.value.place ? { place: form.value.place } : {}),
    ...(form.value.text ? { text: form.value.text } : {}),
  }
  return (
    <Dialog
      title={t('report_title')}
      onClose={form.closeSituations}
      actions={
        <>
          <Button kind="text" onClick={form.closeSituations}>
            {t('report_no')}
          </Button>
          <a className="btn btn-outline" href="tel:110">
            {t('report_call')}
          </a>
          <Button kind="primary" icon="print" onClick={() => void download(recordOps.report_form, { body })}>
            {t('report_print')}
          </Button>
        </>
      }
    >
      <p>{t('report_help')}</p>
      <ul className="rec-plain">
        {situations.map((one) => (
          <li key={one.code}>{say(one)}</li>
        ))}
      </ul>
    </Dialog>
  )
}
