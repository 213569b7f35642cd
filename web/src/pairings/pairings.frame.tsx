// The tabs over everything under 结对; whoever helps a child of their own has one more.
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Tabs } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { pairingsText } from './pairings.text.ts'

export type PairingTab = 'pairings' | 'suggest' | 'register' | 'boards' | 'mine'

export function PairingTabs({ current }: { current: PairingTab }) {
  const t = useWords(pairingsText)
  const reads = useRight('helpers.read')
  const pairs = useRight('pairings.write')
  const answers = useRight('children.export') || pairs || reads
  const own = useOp(pairingOps.mine, {}).data?.items.length ?? 0
  const tabs = [
    ...(answers ? [{ key: 'pairings', label: t('tab_pairings'), to: paths.pairings() }] : []),
    ...(pairs ? [{ key: 'suggest', label: t('tab_suggest'), to: paths.suggestPairings() }] : []),
    ...(reads ? [{ key: 'register', label: t('tab_register'), to: paths.helperRegister() }] : []),
    ...(answers ? [{ key: 'boards', label: t('tab_boards'), to: paths.boards() }] : []),
    ...(own > 0 ? [{ key: 'mine', label: t('tab_mine'), to: paths.ownPairings() }] : []),
  ]
  if (tabs.length < 2) return null
  return <Tabs tabs={tabs} current={current} label={t('title')} />
}
