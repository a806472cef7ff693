// `node --import ./server/scripts/production.mjs …`: React and tRPC look at this variable while they load, to
// leave their slow checks and their stack traces out. Nothing of ours depends on it.
process.env.NODE_ENV ??= 'production'
