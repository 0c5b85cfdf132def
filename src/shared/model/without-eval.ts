import { config } from 'zod'

// For pages whose policy forbids making code out of text: the library would try it once and be refused, loudly. To be imported before
// any schema.
config({ jitless: true })
