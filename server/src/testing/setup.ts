import type { TestProject } from 'vitest/node'
import { startTestCluster } from './cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** folder of the test server's unix socket */
    pg_socket: string
    pg_major: number
  }
}

/** Starts the test server once per run: the embedded one, or with TEST_PG=15 the distribution's. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster(process.env['TEST_PG'] ?? '', (line) => process.stdout.write(`${line}\n`))
  process.stdout.write(`PostgreSQL ${cluster.major}\n`)
  project.provide('pg_socket', cluster.socket)
  project.provide('pg_major', cluster.major)
  return () => cluster.stop()
}
