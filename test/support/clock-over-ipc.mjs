// Preloaded (`node --import`) into a Plugboard that is started for a test: its clock is moved over the channel to its parent,
// so that nothing in the product has to know how.
const realNow = Date.now
let aheadMs = 0
Date.now = () => realNow() + aheadMs

process.on('message', ({ advanceMs }) => {
  aheadMs += advanceMs
  process.send({ aheadMs })
})
// Not a reason to stay.
process.channel.unref()
// A test run that is killed takes its servers along.
process.once('disconnect', () => process.exit())
