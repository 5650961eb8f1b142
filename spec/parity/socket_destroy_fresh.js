// destroy() of sockets that never connected: 'close' by tick, with 'error' before it if one was given
const net = require('net');
const { log } = require('./prelude');

const watch = (name, socket) => {
  socket.on('error', (err) => log(name, 'error', err));
  socket.on('close', () => log(name, 'close'));
  return socket;
};
const plain = watch('plain', new net.Socket());
plain.destroy();
log(plain.destroyed, plain.readyState, plain.pending, plain.writable);
const failed = watch('failed', new net.Socket());
failed.destroy(new Error('enough'));
process.nextTick(() => log('tick'));
