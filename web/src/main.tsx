import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { startOutbox } from './kernel/outbox_browser.ts'
import { makeQueryClient, refresh } from './kernel/query.ts'
import { watchSession } from './kernel/session.ts'
import { makeRouter } from './routes.tsx'
import { language } from './ui/language.ts'
import { followSystemTheme } from './ui/theme.ts'
import './ui/tokens.css'
import './ui/kit.css'
import './ui/table.css'
import './ui/page.css'
import './shell/shell.css'

document.documentElement.lang = language() === 'en' ? 'en' : 'zh-CN'
followSystemTheme()
const queries = makeQueryClient()
watchSession(queries)
startOutbox((feature) => refresh(queries, feature))

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={makeRouter()} />
    </QueryClientProvider>
  </StrictMode>,
)
