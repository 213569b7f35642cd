import { Nothing, operations, Type } from '@nuanyang/contract/kernel.ts'

const SessionLine = Type.Object({
  id: Type.String(),
  device: Type.String(),
  address: Type.String(),
  seen_at: Type.String(),
  current: Type.Boolean(),
})

export const accountsOps = operations('accounts', {
  sign_in: {
    post: '/sign-in',
    may: 'anyone',
    body: Type.Object({
      username: Type.String(),
      password: Type.String(),
      code: Type.Optional(Type.String()),
      shared_computer: Type.Optional(Type.Boolean()),
    }),
    ok: Type.Object({ needs: Type.Union([Type.Literal('code'), Type.Null()]) }),
  },
  sign_out: { post: '/sign-out', may: 'signed_in', body: Type.Object({}), ok: Nothing },
  switch_membership: {
    post: '/session/membership',
    may: 'signed_in',
    body: Type.Object({ membership_id: Type.String() }),
    ok: Nothing,
  },
  change_password: {
    post: '/me/password',
    may: 'signed_in',
    body: Type.Object({ current: Type.String(), password: Type.String() }),
    ok: Nothing,
  },
  me: {
    get: '/me',
    may: 'signed_in',
    ok: Type.Object({ totp_on: Type.Boolean(), recovery_left: Type.Integer(), sessions: Type.Array(SessionLine) }),
  },
  totp_begin: {
    post: '/me/totp',
    may: 'signed_in',
    body: Type.Object({}),
    ok: Type.Object({ uri: Type.String(), secret: Type.String() }),
  },
  totp_confirm: {
    post: '/me/totp/confirm',
    may: 'signed_in',
    body: Type.Object({ code: Type.String() }),
    ok: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
  },
  totp_end: { post: '/me/totp/end', may: 'signed_in', body: Type.Object({ password: Type.String() }), ok: Nothing },
  end_session: { post: '/me/sessions/:id/end', may: 'signed_in', body: Type.Object({}), ok: Nothing },
  end_others: { post: '/me/sessions/end-others', may: 'signed_in', body: Type.Object({}), ok: Nothing },
})
