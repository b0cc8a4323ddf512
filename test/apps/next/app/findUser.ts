/** In place of a sign-in: everybody is user 42. */
export async function findUser(_request: Request) {
  return { uid: '42', channels: ['standup'] }
}
