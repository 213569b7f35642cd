// Loaded into the server of a test before anything else (`node --import`): the computer's clock stands where the test puts it and runs on
// from there. The product knows nothing of it; it is the machine that has another date.
const RealDate = Date
let shift = 0

function moveTo(now: string): void {
  shift = RealDate.parse(now) - RealDate.now()
}

globalThis.Date = new Proxy(RealDate, {
  construct: (real, given: [], target) =>
    Reflect.construct(real, given.length === 0 ? [RealDate.now() + shift] : given, target) as object,
  apply: () => new RealDate(RealDate.now() + shift).toString(),
  get: (real, name) => (name === 'now' ? () => RealDate.now() + shift : (Reflect.get(real, name) as unknown)),
})

const start = process.env['TEST_NOW']
if (start) moveTo(start)
process.on('message', (told: { now?: string; said?: number }) => {
  if (!told.now) return
  moveTo(told.now)
  process.send?.({ moved: told.now })
})
// Waiting for the next word must not keep a program alive that is done.
process.channel?.unref()
