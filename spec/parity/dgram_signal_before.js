// a signal that was aborted before: the socket is closed from the start
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = dgram.createSocket({ type: 'udp4', signal: AbortSignal.abort() }, () => log('message'));
trace('socket', socket, ['listening', 'error', 'close']);
log('created', socket.type);
attempt('bind', () => socket.bind(0));
attempt('send', () => socket.send('x', 1));
attempt('close', () => socket.close());
process.nextTick(() => log('tick'));
