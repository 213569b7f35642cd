// Accounts: the verbs behind contract/src/accounts.ts.
export { get, list } from './accounts.list.ts'
export { add_membership, end_membership, hand_over, handOverSteps, type HandOverSide } from './accounts.memberships.ts'
export { create, create_many, disable, enable, get_credentials, rename, reset_password } from './accounts.people.ts'
export {
  end_other_sessions,
  end_session,
  get_session,
  list_sessions,
  set_language,
  sign_out,
  switch_membership,
} from './accounts.sessions.ts'
export { set_up, setup_status } from './accounts.set_up.ts'
export { change_own_password, sign_in } from './accounts.sign_in.ts'
export { begin_totp, confirm_totp, disable_totp, new_recovery_codes, verify_totp } from './accounts.totp.ts'
