// Every address of the application, spelled once. Called with `$id` they are the patterns of routes.tsx.

export const paths = {
  home: () => '/',
  signIn: () => '/sign-in',
  start: () => '/start',
  newPassword: () => '/new-password',
  me: () => '/me',
  outbox: () => '/outbox',
  today: () => '/today',
  children: () => '/children',
  child: (id: string) => `/children/${id}`,
  childEdit: (id: string) => `/children/${id}/edit`,
  newChild: () => '/children/new',
  changes: () => '/changes',
  card: (code: string) => `/cards/${code}`,
  imports: () => '/imports',
  importing: (id: string) => `/imports/${id}`,
  pairings: () => '/pairings',
  units: () => '/units',
  unit: (id: string) => `/units/${id}`,
  joint: (id: string) => `/unit_links/${id}`,
  settings: () => '/settings',
} as const
