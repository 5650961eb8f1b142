// two connections accepted in one go: ticks are drained between the two 'connection' events
const net = require('net');
const { log } = require('./prelude');

const sockets = [];
const server = net.createServer((socket) => {
  sockets.push(socket);
  const number = sockets.length;
  log('first listener', number);
  process.nextTick(() => log('tick', number));
  if (number < 2) return;
  for (const each of sockets) each.destroy();
  server.close(() => log('closed'));
});
server.on('connection', () => log('second listener'));
server.prependListener('connection', () => log('prepended'));
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').resume();
  net.connect(server.address().port, '127.0.0.1').resume();
});
