import type { Person, PersonId } from '../../people.ts'

const DEVICES: Readonly<Partial<Record<PersonId, string>>> = {
  ada: 'laptop',
  lena: 'tablet',
  grace: 'laptop',
  kenji: 'phone',
}

export const deviceTitle = ({ id, name }: Person) => `${name}’s ${DEVICES[id] ?? 'device'}`
