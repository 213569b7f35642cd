// Load on loopback, bounded in time: a number of connections that each send the next request when the last is answered.
import { Agent, request } from 'node:http'

export interface Measured {
  per_second: number
  p95_ms: number
  answered: number
}

export interface Shot {
  method: 'GET' | 'POST'
  path: string
  body?: string
  headers?: Record<string, string>
}

/** `next(connection)` says what a connection sends; `took` sees each answer. An answer that is not 2xx ends the run with its text. */
export async function shoot(
  port: number,
  connections: number,
  seconds: number,
  next: (connection: number) => Shot,
  took: (connection: number, text: string) => void = () => undefined,
): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      while (performance.now() < until) {
        const begun = performance.now()
        const text = await send(agent, port, next(connection))
        times.push(performance.now() - begun)
        took(connection, text)
      }
    }),
  )
  agent.destroy()
  times.sort((a, b) => a - b)
  return {
    per_second: times.length / seconds,
    p95_ms: times[Math.floor(times.length * 0.95)] ?? 0,
    answered: times.length,
  }
}

export function send(agent: Agent, port: number, shot: Shot): Promise<string> {
  return new Promise((done, fail) => {
    const call = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: shot.method,
        path: shot.path,
        headers: { 'content-type': 'application/json', ...shot.headers },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          if ((answer.statusCode ?? 500) < 300) done(text)
          else fail(new Error(`${shot.method} ${shot.path}: ${answer.statusCode} ${text.slice(0, 300)}`))
        })
      },
    )
    call.on('error', fail)
    call.end(shot.body)
  })
}

/** Product and floor in turn, three rounds; the medians are compared, so a slow moment of the machine hits both. */
export async function inTurn(
  seconds: number,
  product: (seconds: number) => Promise<Measured>,
  floor: (seconds: number) => Promise<Measured>,
): Promise<{ product: Measured; floor: Measured }> {
  const rounds: { product: Measured; floor: Measured }[] = []
  await product(seconds / 3)
  await floor(seconds / 3)
  for (let n = 0; n < 3; n++) rounds.push({ product: await product(seconds), floor: await floor(seconds) })
  const median = (which: 'product' | 'floor') =>
    rounds.map((r) => r[which]).toSorted((a, b) => a.per_second - b.per_second)[1]!
  return { product: median('product'), floor: median('floor') }
}
