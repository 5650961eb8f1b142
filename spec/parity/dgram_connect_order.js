// connect(): 'listening' of the socket that it binds, then 'connect', its callback among the listeners
const dgram = require('dgram');
const { log, mask, trace } = require('./prelude');

const server = dgram.createSocket('udp4');
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  mask(port, 'PORT');
  const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
  socket.on('connect', (...args) => {
    log('connect before', args.length, socket.listenerCount('connect'));
    log(socket.remoteAddress());
  });
  process.nextTick(() => log('tick before'));
  log(socket.connect(port, '127.0.0.1', (...args) => {
    log('callback', args.length, socket.listenerCount('connect'), socket.address().address);
    process.nextTick(() => log('tick of the callback'));
    socket.close();
    server.close();
  }));
  log(socket.listenerCount('connect'));
  socket.on('connect', () => log('connect after'));
  process.nextTick(() => log('tick after'));
});
