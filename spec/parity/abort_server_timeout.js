// AbortSignal.timeout closes a server
const net = require('net');
const { log, trace } = require('./prelude');

const signal = AbortSignal.timeout(20);
const server = trace('server', net.createServer(), ['listening', 'close', 'error']);
server.listen({ port: 0, signal }, () => log('callback', signal.aborted));
server.on('close', () => log(signal.aborted, signal.reason.name, signal.reason.message));
