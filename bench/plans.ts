// Reading a work plan of four thousand characters: the median of thirty readings in a process that has read before, as the page does it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../server/src/kernel/config.ts'
import { readPlans } from '../domain/src/plans/read.ts'
import type { Bench, Result } from './harness.ts'

export function benchPlans(bench: Bench): Promise<Result[]> {
  const folder = join(projectFolder, 'domain', 'src', 'plans', 'fixtures')
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
    .slice(0, 4000)
  const times = Array.from({ length: 40 }, () => {
    const begun = performance.now()
    readPlans(text, { today: '2026-08-15' })
    return performance.now() - begun
  })
    .slice(10)
    .toSorted((a, b) => a - b)
  return Promise.resolve([bench.result('plans.read_ms', { value: times[15]!, unit: 'ms', p95_ms: times[28]! })])
}
