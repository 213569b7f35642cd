// Ant Design for the heavy desktop pages that need it (trees, calendars), in the look of the house. It weighs more than all
// phone pages together: only pages that the phone never opens may import this file, and they are fetched when opened.
import type { ReactNode } from 'react'
import { ConfigProvider, theme as ant } from 'antd'
import zhCn from 'antd/locale/zh_CN'
import enUs from 'antd/locale/en_US'
import { useLanguage } from './language.ts'
import { useIsDark } from './theme.ts'

/** A token of tokens.css as it stands now. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

export function AntTheme({ children }: { children: ReactNode }) {
  const dark = useIsDark()
  const language = useLanguage()
  const [sun, sunSoft, ink, ink2, line, edge, wash, sheet] = (
    ['sun', 'sun-soft', 'ink', 'ink-2', 'line', 'edge', 'wash', 'sheet'] as const
  ).map(token) as [string, string, string, string, string, string, string, string]
  const float = token('float')
  return (
    <ConfigProvider
      locale={language === 'en' ? enUs : zhCn}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      theme={{
        algorithm: dark ? ant.darkAlgorithm : ant.defaultAlgorithm,
        cssVar: { key: 'ny' },
        token: {
          colorPrimary: sun,
          colorLink: sun,
          colorPrimaryBg: sunSoft,
          colorSuccess: token('leaf'),
          colorWarning: token('amber'),
          colorError: token('brick'),
          colorInfo: token('lake'),
          colorText: ink,
          colorTextSecondary: ink2,
          colorTextTertiary: ink2,
          colorTextPlaceholder: ink2,
          colorBgLayout: token('paper'),
          colorBgContainer: sheet,
          colorBgElevated: sheet,
          colorFillAlter: wash,
          colorBorder: edge,
          colorBorderSecondary: line,
          colorSplit: line,
          borderRadius: 8,
          controlHeight: 40,
          fontSize: 16,
          fontSizeSM: 14,
          lineHeight: 1.6,
          fontSizeHeading1: 24,
          fontSizeHeading2: 20,
          fontWeightStrong: 600,
          fontFamily: token('face'),
          boxShadow: float,
          boxShadowSecondary: float,
          motionDurationMid: '0.12s',
          motionDurationSlow: '0.14s',
        },
        components: {
          Button: { primaryShadow: 'none', defaultShadow: 'none', paddingInline: 16, primaryColor: token('on-sun') },
          Input: { activeShadow: `0 0 0 1px ${sun}` },
          Select: { optionSelectedBg: sunSoft, optionSelectedColor: sun },
          Form: { labelColor: ink2 },
          Table: {
            headerBg: 'transparent',
            headerColor: ink2,
            headerSplitColor: 'transparent',
            borderColor: line,
            rowHoverBg: wash,
            rowSelectedBg: sunSoft,
            rowSelectedHoverBg: sunSoft,
            cellPaddingBlock: 9,
            cellPaddingInline: 12,
          },
          Tabs: { itemColor: ink2, itemSelectedColor: ink, inkBarColor: sun, horizontalItemGutter: 28 },
          Progress: { defaultColor: sun, remainingColor: line },
        },
      }}
    >
      {children}
    </ConfigProvider>
  )
}
