// made in an I/O callback: tick, then immediate, then timer
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((socket) => {
  setTimeout(() => log('timer'), 0);
  setImmediate(() => {
    log('immediate');
    process.nextTick(() => log('tick of the immediate'));
  });
  process.nextTick(() => log('tick'));
  socket.on('close', () => log('closed'));
  log('connection');
  setTimeout(() => {
    socket.destroy();
    server.close();
  }, 10);
});
server.listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').resume());
