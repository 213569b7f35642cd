// First paint as a village phone sees it: a slow network (1.6 Mbit/s, 150 ms there and back) and a processor four times slower than this
// machine's. Printed for people to compare between releases; there is no budget, since it depends on the machine.
import { chromium } from '@playwright/test'
import { startServer, type Bench, type Result } from './harness.ts'

export async function benchFirstPaint(bench: Bench): Promise<Result[]> {
  const server = await startServer(bench.place, await bench.place.clone())
  const headers = await server.as('child_director')
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    for (const path of ['/sign-in', '/today', '/children']) {
      const context = await browser.newContext({
        viewport: { width: 360, height: 780 },
        deviceScaleFactor: 2,
        locale: 'zh-CN',
      })
      const [name, value] = headers['cookie']!.split('=') as [string, string]
      if (path !== '/sign-in') await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/' }])
      const page = await context.newPage()
      const session = await context.newCDPSession(page)
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 150,
        downloadThroughput: 200_000,
        uploadThroughput: 94_000,
      })
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await page.goto(`http://127.0.0.1:${server.port}${path}`, { waitUntil: 'networkidle' })
      const paint = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
      )
      bench.say(
        `第一次打开 ${path}（慢网、慢手机）：${paint === null ? '没有量到' : `${(paint / 1000).toFixed(1)} 秒`}`,
      )
      await context.close()
    }
  } finally {
    await browser.close()
    await server.stop()
  }
  return []
}
