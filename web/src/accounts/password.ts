import { shortestPassword } from '@nuanyang/contract/accounts.ts'

/** How many letters are still missing; a Chinese character counts twice. Length is what makes a password good: there are no
 *  rules about digits and signs (OWASP ASVS 2.1), and the server looks for well-known ones. */
export function lettersMissing(password: string): number {
  let length = 0
  for (const letter of password) length += letter > '\u2e7f' ? 2 : 1
  return Math.max(0, shortestPassword - length)
}
