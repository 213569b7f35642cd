import { Nothing, operations, Type } from '@nuanyang/contract/kernel.ts'
import { DivisionCode, WrittenInDivision } from '@nuanyang/contract/divisions.ts'

export const setupOps = operations('setup', {
  begin: {
    post: '/setup',
    may: 'anyone',
    body: Type.Object({
      code: Type.String(),
      kind: Type.Enum(['village', 'school', 'township', 'county'] as const),
      place_code: Type.Optional(DivisionCode),
      written_in: Type.Optional(WrittenInDivision),
      unit_name: Type.String(),
      name: Type.String(),
      username: Type.String(),
      password: Type.String(),
      separate_admins: Type.Boolean(),
    }),
    ok: Nothing,
  },
  demo: { post: '/setup/demo', may: 'anyone', body: Type.Object({ code: Type.String() }), ok: Nothing },
})
