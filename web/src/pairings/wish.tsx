// 想要的帮扶: what the child wishes of a helper. The helper reads it, so it says nothing of the family.
import { useState } from 'react'
import { pairingOps, type ChildWish, type PairingGoal } from '@nuanyang/contract/pairings.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { Choices, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, ProblemLine } from '../ui/page.tsx'
import { GoalChips } from './pairings.asking.tsx'
import { pairingsText } from './pairings.text.ts'
import { partsOf, wordsOf } from './several.ts'

export function WishDialog({
  child,
  onSaved,
  onClose,
}: {
  child: { id: string; name: string }
  onSaved?: () => void
  onClose: () => void
}) {
  const t = useWords(pairingsText)
  const wish = useOp(pairingOps.wish, { id: child.id })
  return (
    <Dialog title={t('wish_of', { name: child.name })} onClose={onClose}>
      <Loaded of={wish} rows={4}>
        {(kept) => (
          <WishForm
            key={kept.version}
            child={child}
            wish={kept}
            onDone={() => {
              onSaved?.()
              onClose()
            }}
          />
        )}
      </Loaded>
    </Dialog>
  )
}

function WishForm({
  child,
  wish,
  onDone,
}: {
  child: { id: string; name: string }
  wish: ChildWish
  onDone: () => void
}) {
  const t = useWords(pairingsText)
  const say = useSay()
  const write = useWrite(pairingOps.set_wish, { refreshes: ['boards'] })
  const [goals, setGoals] = useState<readonly PairingGoal[]>(wish.goals)
  const [subjects, setSubjects] = useState(wordsOf(wish.subjects))
  const [languages, setLanguages] = useState(wordsOf(wish.languages))
  const [sex, setSex] = useState(wish.helper_sex)
  const [words, setWords] = useState(wish.words ?? '')
  async function save(): Promise<void> {
    const body = {
      version: wish.version,
      goals: [...goals],
      subjects: partsOf(subjects),
      languages: partsOf(languages).slice(0, 4),
      helper_sex: sex,
      words: words.trim() || null,
    }
    const written = await write.send({ id: child.id, body }, t('wish_of', { name: child.name }))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('saved'))
    onDone()
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p className="dim">{t('wish_help')}</p>
      <TextInput optional label={t('wish_words')} value={words} maxLength={200} onChange={setWords} />
      <GoalChips value={goals} onChange={setGoals} />
      <TextInput optional label={t('wish_subjects')} hint={t('several')} value={subjects} onChange={setSubjects} />
      <TextInput optional label={t('wish_languages')} hint={t('several')} value={languages} onChange={setLanguages} />
      <Choices
        label={t('wish_sex')}
        value={sex}
        onChange={setSex}
        options={(['female', 'male'] as const).map((value) => ({ value, label: t(`wish_${value}`) }))}
      />
      {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
      <Button kind="primary" submit busy={write.busy}>
        {t('save')}
      </Button>
    </form>
  )
}
