// The head of a file: who this is, who cares, where the parents are, and what is still missing.
import { useState } from 'react'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import {
  askWhom,
  contradictionWords,
  requirementWords,
  type Contradiction,
  type DossierFacts,
  type Requirement,
} from '@nuanyang/domain/dossier.ts'
import { parentStates } from '@nuanyang/domain/values/parent_state.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { Icon } from '../ui/icons.tsx'
import { fill, listed, useSay, useWords, type Values, type Words } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Seal, State } from '../ui/state.tsx'
import { childText } from './child.text.ts'
import { fieldFor, sectionOf } from './child.fields.ts'
import { ageBandWords, exitWords, factWords, kinWords, sexWords } from './values.text.ts'
import { classWords, kin, wordOf } from './words.ts'

export function Face({ file }: { file: ChildFile }) {
  const t = useWords(childText)
  const phone = useIsPhone()
  const { language } = t
  const age =
    file.age !== null
      ? fill(factWords.years, { n: file.age }, language)
      : file.age_band && wordOf(ageBandWords, file.age_band, language)
  const who = listed([file.sex && wordOf(sexWords, file.sex, language), age], language)
  const home = file.units.find((unit) => unit.as === 'residence')?.name
  const place = [home, file.villager_group].filter(Boolean).join(language === 'zh' ? '' : ', ')
  const study = classWords(phone ? { ...file, school_name: null } : file, language)
  return (
    <div className="face">
      <Seal name={file.name} size={phone ? 'm' : 'l'} />
      <div className="grow">
        <h1 tabIndex={-1}>{file.name}</h1>
        {phone ? (
          <p className="small dim">{listed([who, study], language)}</p>
        ) : (
          <>
            <Parts of={[who, study, place]} />
            <Parts dim of={careWords(file, language)} />
          </>
        )}
        {file.waiting_changes > 0 && (
          <To to={paths.child(file.id)} search={{ tab: 'history' }}>
            <State kind="asked">{t('changes_wait', { n: file.waiting_changes })}</State>
          </To>
        )}
        {file.status === 'exited' && (
          <State kind="none">
            {t('exited_line', {
              day: plainDay(file.exited_on ?? '', language),
              why: file.exit_reason ? exitWords[file.exit_reason][language] : '',
            })}
          </State>
        )}
      </div>
    </div>
  )
}

function Parts({ of, dim }: { of: readonly (string | null | false)[]; dim?: boolean }) {
  const parts = of.filter(Boolean)
  if (parts.length === 0) return null
  return (
    <p className={dim ? 'parts dim' : 'parts'}>
      {parts.map((part, at) => (
        <span key={at}>{part}</span>
      ))}
    </p>
  )
}

function careWords(file: ChildFile, language: 'zh' | 'en'): string[] {
  const say = (key: keyof typeof childText, values: Values) => fill(childText[key], values, language)
  const out: string[] = []
  const { carer } = file
  if (carer && (carer.name || carer.relation)) {
    const values = {
      kin: kin(carer.relation, carer.relation_words, language),
      name: carer.name ?? '',
      age: carer.age ?? 0,
    }
    const key = !carer.name
      ? 'cares_self'
      : !carer.relation
        ? 'cares_name'
        : carer.age === null
          ? 'cares'
          : 'cares_aged'
    out.push(say(key, values))
  }
  for (const which of ['father', 'mother'] as const) {
    const parent = file[which]
    if (!parent?.state || parent.state === 'unknown') continue
    const values = {
      who: kinWords[which][language],
      place: parent.work_place ?? '',
      what: labelOf(parentStates, parent.state, language),
    }
    out.push(say(parent.state === 'away' ? (parent.work_place ? 'is_in' : 'is_away') : 'is', values))
  }
  return out
}

interface Gap {
  code: string
  words: string
  ask: string
  contradicts: boolean
}

function useGaps(file: ChildFile): Gap[] {
  const say = useSay()
  const facts = file as unknown as DossierFacts
  return [
    ...file.contradictions.map((code) => ({
      code,
      words: say((contradictionWords as Record<string, Words>)[code as Contradiction] ?? { zh: code, en: code }),
      ask: '',
      contradicts: true,
    })),
    ...file.missing.map((code) => {
      const known = (requirementWords as Record<string, Words>)[code]
      return {
        code,
        words: say(known ?? { zh: code, en: code }),
        ask: known ? say(askWhom(code as Requirement, facts)) : '',
        contradicts: false,
      }
    }),
  ]
}

/** What is missing and what cannot all be true, each with who could know; pressing one opens its field. */
export function Gaps({ file }: { file: ChildFile }) {
  const t = useWords(childText)
  const phone = useIsPhone()
  const gaps = useGaps(file)
  const [open, setOpen] = useState(false)
  if (gaps.length === 0) return null
  const missing = gaps.filter((gap) => !gap.contradicts)
  const against = gaps.filter((gap) => gap.contradicts)
  const state = (
    <>
      {against.length > 0 && <State kind="late">{t('contradicts', { n: against.length })}</State>}
      {missing.length > 0 && <State kind="soon">{t('short_of', { n: missing.length })}</State>}
    </>
  )
  if (phone)
    return (
      <>
        <button type="button" className="gapline no-print" onClick={() => setOpen(true)}>
          {state}
          <span className="grow gapline-words">
            {gaps.map((gap) => gap.words).join(t.language === 'zh' ? '、' : ', ')}
          </span>
          <Icon name="right" />
        </button>
        {open && (
          <Dialog title={t('short_of', { n: gaps.length })} onClose={() => setOpen(false)}>
            <ul className="gaplist">
              {gaps.map((gap) => (
                <li key={gap.code}>
                  <span className="grow">
                    {gap.words}
                    <small className="dim">{gap.ask}</small>
                  </span>
                  <GapLink file={file} gap={gap} words={t('add_it')} />
                </li>
              ))}
            </ul>
          </Dialog>
        )}
      </>
    )
  return (
    <>
      {against.length > 0 && <Band kind="against" file={file} gaps={against} />}
      {missing.length > 0 && <Band kind="missing" file={file} gaps={missing} />}
    </>
  )
}

/** As many as fit in two lines; the rest is counted. */
const shownAtOnce = 6

function Band({ kind, file, gaps }: { kind: 'against' | 'missing'; file: ChildFile; gaps: readonly Gap[] }) {
  const t = useWords(childText)
  const [all, setAll] = useState(false)
  const shown = all ? gaps : gaps.slice(0, shownAtOnce)
  return (
    <div className={`gaps gaps-${kind}`}>
      <State kind={kind === 'against' ? 'late' : 'soon'}>
        {t(kind === 'against' ? 'contradicts' : 'short_of', { n: gaps.length })}
      </State>
      {shown.map((gap) => (
        <span key={gap.code} className="gap">
          <GapLink file={file} gap={gap} words={gap.words} />
          {gap.ask && <span className="dim small">{gap.ask}</span>}
        </span>
      ))}
      {gaps.length > shown.length && (
        <button type="button" className="gaps-more" onClick={() => setAll(true)}>
          {t('gaps_more', { n: gaps.length - shown.length })}
        </button>
      )}
    </div>
  )
}

function GapLink({ file, gap, words }: { file: ChildFile; gap: Gap; words: string }) {
  const field = fieldFor(gap.code)
  if (!file.can_write || !field) return <>{words}</>
  return (
    <To to={paths.childEdit(file.id)} search={{ section: sectionOf(field), field }}>
      {words}
    </To>
  )
}
