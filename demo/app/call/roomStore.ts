import { TEAM } from '../../people.ts'
import { events, type Room } from '../../protocol.ts'
import { serverLink } from '../connection/serverLink.ts'
import { createStore } from '../createStore.ts'

/** Who is in the simulated call. */
export const roomStore = createStore<Room>({
  people: TEAM.map((id) => ({ id, isMuted: false, isCameraOff: false })),
  speakers: [],
})

serverLink.on<Room | null>(events.room, (room) => {
  if (room) roomStore.set(room)
})
