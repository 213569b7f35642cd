// Behind the QR of a printed card: the file of its child for those who may see it, else who can help.
import { useParams } from '@tanstack/react-router'
import { childOps } from '@nuanyang/contract/children.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { ButtonLink } from '../ui/controls.tsx'
import { Go } from '../ui/go.tsx'
import { useWords } from '../ui/language.ts'
import { Loaded, Page, Refusal } from '../ui/page.tsx'
import { cardText } from './card.text.ts'

export function CardPage() {
  const t = useWords(cardText)
  const { code } = useParams({ strict: false }) as { code: string }
  const { memberships } = useSignedIn()
  const unit = useActiveMembership()
  const found = useOp(childOps.find_card, { code })
  const refused = found.error instanceof Problem && (found.error.status === 404 || found.error.status === 403)
  return (
    <Page title={t('title')} back={paths.children()}>
      {refused ? (
        <Refusal title={t('refused')} actions={<ButtonLink to={paths.children()}>{t('children')}</ButtonLink>}>
          {t('who')}
          {memberships.length > 1 && unit && ` ${t('other_unit', { unit: unit.unit_name })}`}
        </Refusal>
      ) : (
        <Loaded of={found} rows={4}>
          {({ id }) => <Go to={paths.child(id)} />}
        </Loaded>
      )}
    </Page>
  )
}
