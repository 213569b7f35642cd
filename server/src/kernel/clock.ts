/** A moment; tests hand in a fixed one. */
export type Clock = () => Date

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day in Asia/Shanghai as YYYY-MM-DD: the product's only notion of "today". */
export function shanghaiDay(at: Date): string {
  return shanghai.format(at)
}

const shanghaiTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

/** HH:MM in Asia/Shanghai. */
export function shanghaiMinute(at: Date): string {
  return shanghaiTime.format(at)
}
