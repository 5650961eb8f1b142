// resetAndDestroy(): 'close'(false) here, 'error' read ECONNRESET and 'close'(true) there
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  trace('peer', peer, ['data', 'end', 'finish', 'error', 'close']);
  peer.on('close', () => server.close());
  peer.write('ready');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const lines = [];
  for (const name of ['end', 'finish', 'error', 'close']) socket.on(name, (arg) => lines.push([name, arg]));
  socket.on('data', () => {
    log('returns', socket.resetAndDestroy());
    log(socket.destroyed, socket.readyState);
  });
  server.on('close', () => {
    for (const line of lines) log('socket', line[0], line[1]);
  });
});
