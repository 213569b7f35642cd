// Every file that arrives goes past the office's own virus scanner, when SCAN_COMMAND names one: before a verb sees it, and before a
// transaction is open, because a scanner may take its time.
import { execFile } from 'node:child_process'
import { problem } from './problem.ts'

const limitMs = 120_000

/**
 * @param command program and its arguments; the file's path is added at the end. Exit 0: clean, 1: refused, anything else: it did not work
 * @throws upload_infected, scan_failed
 */
export async function scanFile(command: string | null, path: string): Promise<void> {
  if (command === null) return
  const [program, ...args] = command.split(/\s+/)
  const code = await new Promise<number>((done) => {
    execFile(program!, [...args, path], { timeout: limitMs, killSignal: 'SIGKILL' }, (error) =>
      done(error === null ? 0 : typeof error.code === 'number' ? error.code : -1),
    )
  })
  if (code === 1) throw problem('upload_infected')
  if (code !== 0) throw problem('scan_failed')
}
