// bind(): 'listening' by tick, its callback among the listeners of that event
const dgram = require('dgram');
const { log } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.on('listening', (...args) => log('listening before', args.length, socket.listenerCount('listening')));
process.nextTick(() => log('tick before'));
log(socket.bind(0, '127.0.0.1', (...args) => {
  log('callback', args.length, socket.listenerCount('listening'), socket.listenerCount('error'), socket.address().address);
  process.nextTick(() => log('tick of the callback'));
}) === socket);
log(socket.listenerCount('listening'), socket.listenerCount('error'));
socket.on('listening', () => {
  log('listening after');
  socket.close();
});
process.nextTick(() => log('tick after'));
setImmediate(() => log('immediate'));
