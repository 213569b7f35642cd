/**
 * An end the reader can act on. The command line prints `message` alone, never a stack: it must say what is wrong, where,
 * and what to do next, in plain Chinese.
 */
export class Sentence extends Error {
  override name = 'Sentence'
}

/** The errno, SQLSTATE or Node code of a caught value, or '' when it has none. */
export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code
  return ''
}

/** The message of a caught value, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Turns the failures that a computer in an office really has (no right to write, disk full, …) into a sentence about `place`.
 * @param place the file or folder that was being used
 * @returns the sentence, or null when the failure is none of these
 */
export function explainFile(error: unknown, place: string): Sentence | null {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Sentence(
        `没有权限写入 ${place}。请把这个文件夹的权限交给现在的用户，或换一个地方：DATA_DIR=/可写的/文件夹 npm start`,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return new Sentence(`磁盘满了，${place} 写不进去。已有的数据没有动。请先腾出至少 300 MB 空间，再启动一次。`)
    case 'ENOTDIR':
    case 'EEXIST':
      return new Sentence(`${place} 应当是一个文件夹，但那里有一个同名的文件。请移开它，或用 DATA_DIR 另选一个文件夹。`)
    case 'EMFILE':
    case 'ENFILE':
      return new Sentence('这台电脑同时打开的文件太多了。请关掉一些程序再试，或用 ulimit -n 4096 放宽限制。')
    default:
      return null
  }
}

/** Runs `work`; a known file failure inside becomes a sentence about `place`, any other passes unchanged. */
export async function about<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explainFile(error, place) ?? error
  }
}
