// The frame before anybody is known: brand, language, one column.
import type { ReactNode } from 'react'
import { Icon, Mark } from '../ui/icons.tsx'
import { setLanguage, useLanguage, useWords } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { shellText } from './shell.text.ts'

export function LanguageMenu() {
  const language = useLanguage()
  return (
    <Menu
      className="unit"
      label="语言 Language"
      items={[
        {
          key: 'zh',
          label: <span lang="zh-CN">中文</span>,
          checked: language === 'zh',
          onSelect: () => setLanguage('zh'),
        },
        {
          key: 'en',
          label: <span lang="en">English</span>,
          checked: language === 'en',
          onSelect: () => setLanguage('en'),
        },
      ]}
    >
      <span>{language === 'zh' ? '中文' : 'English'}</span>
      <Icon name="down" size={16} />
    </Menu>
  )
}

export function Door({ children, narrow, foot }: { children: ReactNode; narrow?: boolean; foot?: ReactNode }) {
  const t = useWords(shellText)
  return (
    <div className="door">
      <header className="door-top">
        <span className="brand">
          <Mark />
          <span>{t('brand')}</span>
        </span>
        <LanguageMenu />
      </header>
      <main className={`door-main${narrow ? ' door-narrow' : ''}`} id="main" tabIndex={-1}>
        {children}
      </main>
      {foot && <footer className="door-foot">{foot}</footer>}
    </div>
  )
}
