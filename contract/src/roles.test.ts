import { expect, test } from 'vitest'
import { roleCan, roleCodes, roles, type Cell } from './roles.ts'

const cellsOf = (code: (typeof roleCodes)[number]) =>
  (Object.values(roles[code].sees) as Partial<Record<string, Cell>>[]).flatMap((cells) => Object.values(cells))

test('what a role may open for a purpose it has the right to open, and nobody else has that right', () => {
  for (const code of roleCodes)
    expect([code, roleCan(code, 'children.reveal')]).toEqual([code, cellsOf(code).includes('reveal')])
})

test('an office sees names, the contact card and needs: no identity number, no health, no case notes', () => {
  for (const cells of Object.values(roles.partner_cadre.sees))
    expect(Object.keys(cells).toSorted()).toEqual(['address', 'aid', 'birth', 'family', 'full_name', 'phones', 'schooling']) // prettier-ignore
})

test('psychological material is the counsellor’s alone; whoever runs the system sees no child', () => {
  for (const code of roleCodes) {
    const cells = Object.values(roles[code].sees) as Partial<Record<string, Cell>>[]
    expect([code, cells.some((one) => (one['psychological'] ?? 'no') !== 'no')]).toEqual([code, code === 'counsellor'])
  }
  for (const code of ['administrator', 'security_officer', 'auditor'] as const) {
    expect(roles[code].sees).toEqual({})
    expect(roleCan(code, 'children.read')).toBe(false)
  }
})
