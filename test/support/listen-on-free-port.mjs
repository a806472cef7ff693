// Preloaded (`node --import`) into npm servers that are started for a test: whatever port they ask for,
// they listen on a free one of loopback and tell the test which. Several of them have a fixed port.
import { Server } from 'node:net'

const listen = Server.prototype.listen

Server.prototype.listen = function (...args) {
  const ready = args.findLast((argument) => typeof argument === 'function')
  this.once('listening', () => process.send?.({ port: this.address().port }))
  return Reflect.apply(listen, this, [{ port: 0, host: '127.0.0.1' }, ...(ready ? [ready] : [])])
}

// A test run that is killed takes its servers along.
process.once('disconnect', () => process.exit())
