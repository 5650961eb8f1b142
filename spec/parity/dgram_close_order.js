// close(): 'close' by tick, its callback among the listeners of that event, without arguments
const dgram = require('dgram');
const { log } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.bind(0, () => {
  socket.on('close', (...args) => log('close before', args.length));
  process.nextTick(() => log('tick before'));
  log(socket.close((...args) => {
    log('callback', args.length, socket.listenerCount('close'));
    process.nextTick(() => log('tick of the callback'));
  }) === socket);
  socket.on('close', () => log('close after'));
  process.nextTick(() => log('tick after'));
  setImmediate(() => log('immediate'));
});
