import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { socketUrl, superuser } from '../kernel/postgres.cluster.ts'
import { withClient } from '../kernel/roles.ts'
import { templateName, testPassword } from './cluster.ts'
import './setup.ts'

export interface TestDatabase {
  name: string
  /** as nuanyang_app: what the application may */
  appUrl: string
  /** as nuanyang_owner */
  ownerUrl: string
  drop(): Promise<void>
}

/** A migrated database of its own, cloned from the template. One per test file; drop it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  return cloneDatabase(inject('pg_socket'), templateName)
}

/** An empty database with roles and extensions but without tables: what a restore or a first migration meets. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const made = await cloneDatabase(inject('pg_socket'), 'template0')
  await withClient(urlOf(inject('pg_socket'), superuser, made.name), async (client) => {
    for (const name of ['pg_trgm', 'btree_gist']) await client.query(`create extension ${name}`)
  })
  return made
}

async function cloneDatabase(socket: string, template: string): Promise<TestDatabase> {
  const name = `t_${randomBytes(8).toString('hex')}`
  await withClient(urlOf(socket, superuser, 'postgres'), (client) =>
    client.query(`create database ${name} owner nuanyang_owner template ${template}`),
  )
  return {
    name,
    appUrl: urlOf(socket, 'nuanyang_app', name),
    ownerUrl: urlOf(socket, 'nuanyang_owner', name),
    drop: async () => {
      await withClient(urlOf(socket, superuser, 'postgres'), (client) =>
        client.query(`drop database ${name} with (force)`),
      )
    },
  }
}

function urlOf(socket: string, role: string, database: string): string {
  return socketUrl(socket, role, testPassword, database)
}
