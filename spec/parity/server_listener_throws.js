// a 'connection' listener that throws: uncaughtException, the other listeners are skipped, the server goes on
const net = require('net');
const { log } = require('./prelude');

let count = 0;
process.on('uncaughtException', (err, origin) => log('uncaught', err, origin));
const server = net.createServer((socket) => {
  count += 1;
  log('connection', count);
  socket.destroy();
  process.nextTick(() => log('tick', server.listening));
  if (count === 1) throw new Error('first');
});
server.on('connection', () => {
  log('second listener');
  server.close(() => log('closed'));
});
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  net.connect(port, '127.0.0.1').resume().on('close', () => net.connect(port, '127.0.0.1').resume());
});
