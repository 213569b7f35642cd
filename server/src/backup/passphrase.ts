import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { messageOf, Sentence } from '../kernel/sentence.ts'

/** Short enough to remember as a few words, long enough for scrypt to protect. */
const leastLetters = 8

/**
 * The passphrase: from a file for scripts, else asked for on the terminal without showing it; for a new one, twice.
 * @param file the value of --passphrase-file
 */
export async function readPassphrase(file: string | null, fresh: boolean): Promise<string> {
  if (file !== null) return checked(readFile(file), fresh)
  if (!process.stdin.isTTY)
    throw new Sentence(
      '要一个口令来封住备份里的密钥。请在终端里运行，或用 --passphrase-file 文件 给出写着口令的文件（600 权限）。',
    )
  const first = checked(
    await ask(fresh ? '请设一个口令（至少 8 个字，恢复时要用，丢了就打不开）：' : '请输入备份时设的口令：'),
    fresh,
  )
  if (fresh && (await ask('再输入一次：')) !== first)
    throw new Sentence('两次输入的口令不一样。什么都没有做，请再运行一次。')
  return first
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n')[0]!.trim()
  } catch (error) {
    throw new Sentence(`口令文件读不出来：${file}（${messageOf(error)}）。`)
  }
}

function checked(passphrase: string, fresh: boolean): string {
  if (passphrase === '') throw new Sentence('口令是空的。')
  if (fresh && passphrase.length < leastLetters)
    throw new Sentence(`口令太短：至少 ${leastLetters} 个字。可以用几个不相干的词连起来。`)
  return passphrase
}

async function ask(question: string): Promise<string> {
  process.stdout.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const line = await new Promise<string>((done, fail) => {
    lines.once('line', done)
    lines.once('SIGINT', () => fail(new Sentence('\n已取消，什么都没有做。')))
    lines.once('close', () => fail(new Sentence('\n没有输入口令，什么都没有做。')))
  }).finally(() => lines.close())
  process.stdout.write('\n')
  return line.trim()
}
