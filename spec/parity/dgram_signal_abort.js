// abort() closes, without an 'error'; once more, or after close(), it does nothing
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const controller = new AbortController();
const socket = trace('socket', dgram.createSocket({ type: 'udp4', signal: controller.signal }), ['listening', 'error', 'close']);
socket.bind(0, '127.0.0.1', () => {
  process.nextTick(() => log('tick before'));
  controller.abort();
  attempt('address', () => socket.address());
  process.nextTick(() => log('tick after'));
  controller.abort();
  const second = new AbortController();
  const other = trace('other', dgram.createSocket({ type: 'udp4', signal: second.signal }), ['error', 'close']);
  other.close();
  attempt('closed', () => second.abort());
  other.on('close', () => attempt('closed long ago', () => second.abort()));
});
