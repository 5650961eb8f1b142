// localPort chooses our port: one that is taken fails and the error names both ends
const net = require('net');
const { log, mask, trace } = require('./prelude');

const server = net.createServer((peer) => peer.end().resume());
const taken = net.createServer();
server.listen(0, '127.0.0.1', () => taken.listen(0, '127.0.0.1', () => {
  mask(server.address().port, 'PORT');
  mask(taken.address().port, 'TAKEN');
  const options = { port: server.address().port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort: taken.address().port };
  const socket = trace('socket', net.connect(options), ['connect', 'error', 'close']);
  socket.on('error', (err) => log(err.code, err.syscall, err.address, err.port));
  socket.on('close', () => taken.close(() => {
    const second = trace('second', net.connect(options), ['connect', 'error', 'close']);
    second.on('connect', () => log(second.localPort, second.remotePort));
    second.resume().on('close', () => server.close());
  }));
}));
