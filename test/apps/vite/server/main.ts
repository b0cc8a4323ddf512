import express from 'express'
import { createTokenRouter } from './tokenRouter.ts'

/** In place of a sign-in: everybody is user 42. */
const findUser = async () => ({ uid: '42', channels: ['standup'] })

const app = express()
app.use('/api/agora-token', createTokenRouter(findUser))
app.use(express.static('dist'))
app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
