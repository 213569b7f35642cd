import type { Operation } from '@nuanyang/contract/kernel.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation
  }
}
