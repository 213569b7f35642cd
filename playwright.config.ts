import { defineConfig } from '@playwright/test'

const root = process.getuid?.() === 0
/** Where `npm run check` wants the count; without a file the report would go to the terminal. */
const report = process.env['PLAYWRIGHT_JSON_OUTPUT_NAME']

/** The system's Chromium: browser downloads fail on closed networks. Nothing of it may talk to the network by itself. */
const launchOptions = {
  executablePath: '/usr/bin/chromium',
  // Without a UTF-8 locale Chromium neither opens nor names a file in Chinese.
  env: { ...(process.env as Record<string, string>), LC_ALL: 'C.UTF-8' },
  args: [
    ...(root ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

// Each worker has a real server of its own (e2e/server.ts). Main days carry the tag @phone and run at both sizes.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A browser on a busy build machine can miss a moment; what fails three times is broken. Retries are listed as flaky.
  retries: process.env['CI'] ? 2 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: report ? [['list'], ['json']] : [['list']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions,
    // Recording everything that is done is a sixth of the processor's work: `npm run check` records what it tries again. A file run by
    // hand is recorded at once.
    trace: report ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'computer', use: { viewport: { width: 1440, height: 900 } } },
    { name: 'phone', grep: /@phone/, use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } },
  ],
})
