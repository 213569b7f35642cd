import { defineConfig } from 'vitest/config'

// Files of one worker share the modules they load: the server is loaded once instead of by every file, half of the processor's work. No
// module keeps what a database said, and each file has a database of its own.
const isolate = false

// The suffix of a test file says what it needs: *.test.ts nothing, *.pg.test.ts a real PostgreSQL.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          isolate,
          include: ['safety.test.ts', '{contract,domain,server,web,bench,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.pg.test.ts'],
          // Setting a document loads a compiler and its faces: on a busy machine that alone takes seconds.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pg',
          isolate,
          include: ['{server,db}/**/*.pg.test.ts'],
          globalSetup: ['server/src/testing/setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // A busy build machine can miss a moment; what fails twice is broken. The report lists what was tried again.
          retry: process.env['CI'] ? 1 : 0,
        },
      },
    ],
  },
})
