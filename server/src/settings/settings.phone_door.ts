// The door for phones: while 手机使用 says so, the server also listens on this computer's addresses in private networks, with the
// office's certificate or in plain http. It opens and closes within seconds, without a restart.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { BlockList, isIPv4, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { House } from '../kernel/ctx.ts'
import { codeOf } from '../kernel/sentence.ts'
import { choiceKey, doorKey, noChoice, readHouse, type DoorState, type PhoneChoice } from './settings.phone_access.ts'

interface DoorParts {
  readonly app: FastifyInstance
  readonly pool: pg.Pool
  readonly house: Pick<House, 'secrets' | 'log'>
  /** Of the main server: the door uses the same port on other addresses. */
  readonly port: number
  readonly host: string
  /** How often the choice is looked at. */
  readonly everyMs?: number
  /** Where to open; this computer's private addresses. */
  readonly addresses?: () => string[]
}

/** RFC 1918, link-local and shared address space: what an office or a phone's own network uses. */
const privateNetworks = new BlockList()
privateNetworks.addSubnet('10.0.0.0', 8)
privateNetworks.addSubnet('172.16.0.0', 12)
privateNetworks.addSubnet('192.168.0.0', 16)
privateNetworks.addSubnet('169.254.0.0', 16)
privateNetworks.addSubnet('100.64.0.0', 10)

export function isPrivateAddress(address: string): boolean {
  const v4 = address.replace(/^::ffff:/, '')
  return isIPv4(v4) && privateNetworks.check(v4)
}

/** This computer's addresses in private networks. */
export function privateAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => one.family === 'IPv4' && !one.internal && isPrivateAddress(one.address))
    .map((one) => one.address)
}

export interface PhoneDoor {
  /** Looks at the choice now instead of in a few seconds. */
  look(): Promise<void>
  close(): Promise<void>
}

/** For `start`: keeps the door beside the main server, on its port; answers how to close it. */
export async function openPhoneDoor(
  app: FastifyInstance,
  parts: { pool: pg.Pool; house: House },
  host: string,
): Promise<() => Promise<void>> {
  const bound = app.server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('the main server must listen first')
  const door = await keepPhoneDoor({ app, pool: parts.pool, house: parts.house, port: bound.port, host })
  return () => door.close()
}

/**
 * Keeps the door as chosen until closed. Failures (a port in use, a network cable out) are said on the settings page and tried
 * again at the next look; they never stop the server.
 */
export async function keepPhoneDoor(parts: DoorParts): Promise<PhoneDoor> {
  const { pool } = parts
  const { log } = parts.house
  const addresses = parts.addresses ?? privateAddresses
  const db = {
    rows: async <T>(text: string, values: readonly unknown[] = []) => (await pool.query(text, [...values])).rows as T[],
  }
  const byEnvironment = !['127.0.0.1', '::1', 'localhost'].includes(parts.host)
  let servers: Server[] = []
  let seen = ''
  let looking: Promise<void> = Promise.resolve()

  async function carryOut(): Promise<void> {
    const choice = (await readHouse<PhoneChoice>(db, choiceKey)) ?? noChoice
    const wanted = byEnvironment || choice.way === 'off' || choice.way === 'proxy' ? [] : addresses()
    const now = JSON.stringify([choice.id, wanted])
    if (now === seen) return
    await closeAll(servers)
    servers = []
    const state: DoorState = {
      of: choice.id,
      open: false,
      addresses: [],
      problem: null,
      opened_by_environment: byEnvironment,
    }
    if (choice.way === 'plain' || choice.way === 'certificate') {
      if (byEnvironment)
        Object.assign(state, { open: true, addresses: addresses().map((one) => spell(parts, choice, one)) })
      else {
        const opened = await openAll(parts, choice, wanted)
        servers = opened.servers
        state.open = servers.length > 0
        state.addresses = opened.addresses
        state.problem = opened.problem
      }
    }
    await pool.query(
      'insert into house (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
      [doorKey, JSON.stringify(state)],
    )
    // A door that did not open is tried again.
    seen = state.problem ? '' : now
  }
  function look(): Promise<void> {
    looking = looking.then(carryOut).catch((error: unknown) => log.warn({ err: error }, 'phone door'))
    return looking
  }
  await look()
  const timer = setInterval(() => void look(), parts.everyMs ?? 3000).unref()
  return {
    look,
    async close() {
      clearInterval(timer)
      await looking
      await closeAll(servers)
    },
  }
}

function spell({ port }: DoorParts, choice: PhoneChoice, address: string): string {
  return `${choice.way === 'certificate' ? 'https' : 'http'}://${address}:${port}`
}

async function openAll(parts: DoorParts, choice: PhoneChoice, addresses: string[]) {
  const servers: Server[] = []
  const open: string[] = []
  let problem: DoorState['problem'] = addresses.length
    ? null
    : { zh: '这台电脑没有连上办公室网络（没有内网地址）。接好网线或 Wi-Fi 就会自己打开。', en: 'This computer has no address in a private network. Connect it and the door opens by itself.' } // prettier-ignore
  for (const address of addresses) {
    try {
      const server = makeServer(parts, choice)
      await new Promise<void>((done, fail) => server.once('error', fail).listen(parts.port, address, done))
      servers.push(server)
      open.push(spell(parts, choice, address))
    } catch (error) {
      const code = codeOf(error)
      problem = { zh: `在 ${address}:${parts.port} 打不开（${code}）。可能有别的程序占着这个端口。`, en: `${address}:${parts.port} cannot be opened (${code}). Another program may use this port.` } // prettier-ignore
    }
  }
  return { servers, addresses: open, problem: open.length > 0 ? null : problem }
}

function makeServer({ app, house }: DoorParts, choice: PhoneChoice): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    // A router that forwards the port from the internet would bring other addresses here.
    const from = request.socket.remoteAddress ?? ''
    if (!isPrivateAddress(from) && !from.startsWith('127.')) return void request.socket.destroy()
    app.routing(request, response)
  }
  if (choice.way !== 'certificate') return createServer(answer)
  return createTlsServer(
    { cert: choice.certificate ?? '', key: house.secrets.unseal(choice.private_key ?? '') },
    answer,
  )
}

async function closeAll(servers: Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((done) => {
          server.close(() => done())
          if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections()
        }),
    ),
  )
}
