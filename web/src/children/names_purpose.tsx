// Whoever sees counts first says what the names are for; two hours later they are asked again.
import { useState, type FormEvent } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { childOps } from '@nuanyang/contract/children.ts'
import { Problem } from '../kernel/problem.ts'
import { useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { ProblemLine } from '../ui/page.tsx'
import { childText } from './child.text.ts'
import { PurposeChoice, purposeOf, type Purpose } from './purpose.tsx'

export function needsPurpose(error: unknown): boolean {
  return error instanceof Problem && error.code === 'names_need_purpose'
}

/** Stands where names would: everything on the page that was refused for this is asked again once it is said. */
export function NamesPurpose() {
  const t = useWords(childText)
  const say = useSay()
  const queries = useQueryClient()
  const write = useWrite(childOps.state_purpose)
  const [purpose, setPurpose] = useState<Purpose>({ chosen: null, other: '' })
  const [tried, setTried] = useState(false)
  const words = purposeOf(purpose, (key) => t(key as 'names_for_check'))
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!words || (await write.send({ body: { purpose: words } })).is !== 'done') return
    await queries.invalidateQueries({
      predicate: ({ queryKey, state }) => needsPurpose(state.error) || queryKey[0] === 'today.get',
    })
  }
  return (
    <section className="empty">
      <h2>{t('names_title')}</h2>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <PurposeChoice
          label={t('names_title')}
          hint={t('names_help')}
          ready={(['names_for_check', 'names_for_case', 'names_for_visit'] as const).map((value) => ({
            value,
            label: t(value),
          }))}
          other={{ option: t('names_other'), label: t('names_other_label') }}
          value={purpose}
          onChange={setPurpose}
          error={tried && !words ? t('names_need') : undefined}
        />
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
        <div>
          <Button kind="primary" submit busy={write.busy}>
            {t('names_open')}
          </Button>
        </div>
      </form>
    </section>
  )
}
