// One part of a file: facts with their names. What is not known is said once, in words, never as an empty line.
import { lazy, Suspense } from 'react'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { saidDay } from '../ui/dates.ts'
import { useWords } from '../ui/language.ts'
import { Masked, NotCollected } from '../ui/state.tsx'
import { childText } from './child.text.ts'
import { besidePlace, blocks, groupOf, placeCodeOf, type Block, type Section } from './child.fields.ts'
import { PhoneLink } from './child.kin.tsx'
import { shortName } from './field_names.ts'
import type { Reveal } from './reveal.tsx'
import { factAt, isKnown, saidValue, whoSees } from './words.ts'

const Place = lazy(async () => ({ default: (await import('./child.place_named.tsx')).Place }))

export function Facts({ file, section, reveal }: { file: ChildFile; section: Section; reveal: Reveal }) {
  const t = useWords(childText)
  const seen = blocks[section].filter((block) => visible(file, block).length > 0)
  if (seen.length === 0) {
    const group = groupOf(blocks[section][0]!.first[0]!)
    return <p className="dim closed">{t('closed_part', { who: whoSees(group, t.language) })}</p>
  }
  return (
    <div className="blocks">
      {seen.map((block) => (
        <FactBlock key={block.title} file={file} block={block} section={section} reveal={reveal} />
      ))}
    </div>
  )
}

function visible(file: ChildFile, block: Block): FieldPath[] {
  return [...block.first, ...block.more].filter((path) => file.groups[groupOf(path)] !== 'no' && !besidePlace.has(path))
}

/** What is written when there is something to say: its absence is no gap. */
const notAsked: ReadonlySet<FieldPath> = new Set<FieldPath>([
  'remark',
  'carer.relation_words',
  'carer.why_changed',
  'phones',
  'former_name',
  'special_note',
  'economy_note',
  'aid_note',
  'improper_care',
])

function FactBlock({
  file,
  block,
  section,
  reveal,
}: {
  file: ChildFile
  block: Block
  section: Section
  reveal: Reveal
}) {
  const t = useWords(childText)
  const { language } = t
  const paths_ = visible(file, block)
  const known = (path: FieldPath) => isKnown(factAt(file, path)) || hidden(file, path)
  const rows = paths_.filter((path) => known(path) || block.first.includes(path))
  const unknown = paths_.filter((path) => !rows.includes(path) && !notAsked.has(path))
  const shut = paths_.every((path) => hidden(file, path))
  const person =
    block.title === 'father' || block.title === 'mother' || block.title === 'carer' ? file[block.title] : null
  return (
    <section className="block">
      <header>
        <h3>{t(block.title)}</h3>
        {person?.stated_on && (
          <span className="dim small date">{t('stated', { day: saidDay(person.stated_on, language) })}</span>
        )}
        <span className="grow" />
        {file.can_write && !shut && (
          <To
            className="small no-print"
            to={paths.childEdit(file.id)}
            search={{ section, field: paths_[0]! }}
            aria-label={t('edit_part', { part: t(block.title) })}
          >
            {t('edit')}
          </To>
        )}
      </header>
      {shut ? (
        <p className="dim">{t('closed_part', { who: whoSees(groupOf(paths_[0]!), language) })}</p>
      ) : (
        rows.length > 0 && (
          <dl className="facts">
            {rows.map((path) => (
              <Fact key={path} file={file} path={path} reveal={reveal} />
            ))}
          </dl>
        )
      )}
      {unknown.length > 0 && (
        <p className="dim small">
          {t('nothing_folded', {
            n: unknown.length,
            names: unknown.map((path) => shortName(path, language)).join(language === 'zh' ? '、' : ', '),
          })}
        </p>
      )}
    </section>
  )
}

/** There, but masked without a shape (aid, health beside a 户籍 link): the reader is told that much. */
function hidden(file: ChildFile, path: FieldPath): boolean {
  const group = groupOf(path)
  return file.groups[group] === 'masked' && group !== 'phones' && group !== 'identity_no' && group !== 'birth'
}

function Fact({ file, path, reveal }: { file: ChildFile; path: FieldPath; reveal: Reveal }) {
  const t = useWords(childText)
  return (
    <>
      <dt>{shortName(path, t.language)}</dt>
      <dd>
        {hidden(file, path) ? (
          <span className="dim">{t('hidden')}</span>
        ) : (
          <FactValue file={file} path={path} reveal={reveal} />
        )}
      </dd>
    </>
  )
}

function FactValue({ file, path, reveal }: { file: ChildFile; path: FieldPath; reveal: Reveal }) {
  const { language } = useWords(childText)
  const value = factAt(file, path)
  if (!isKnown(value)) return <NotCollected />
  const group = groupOf(path)
  // The kind of paper is no number: it has nothing to cover.
  const masked = (group === 'phones' || path.endsWith('identity_no')) && file.groups[group] !== 'open'
  const whole = masked ? reveal.values?.[path] : (value as string | readonly string[])
  if (masked && whole === undefined)
    return [value].flat().map((each, at) => (
      <span key={at} className="kin-phone">
        <Masked value={String(each)} onOpen={reveal.may(path) ? () => reveal.ask() : undefined} />
      </span>
    ))
  if (group === 'phones') return [whole].flat().map((phone) => <PhoneLink key={String(phone)} phone={String(phone)} />)
  const code = placeCodeOf(path)
  if (code && file.groups[group] === 'open')
    return (
      <Suspense fallback={String(value)}>
        <Place words={String(value)} code={factAt(file, code) as string | null} />
      </Suspense>
    )
  return <span className={/_on$|since$/.test(path) ? 'date' : undefined}>{saidValue(path, whole, language)}</span>
}
