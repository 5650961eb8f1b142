// maxConnections: one too many gets 'drop', its client sees connect, end and close; a free place is used again
const net = require('net');
const { log, mask, trace } = require('./prelude');

let port, first, dropped;
const server = net.createServer((socket) => {
  log('connection', server.maxConnections);
  if (first) {
    socket.destroy();
    return server.close(() => log('closed'));
  }
  first = socket;
  const second = trace('second', net.connect(port, '127.0.0.1'), ['connect', 'end', 'close']).resume();
  second.on('close', () => {
    log(dropped.localAddress, dropped.localPort, dropped.localFamily);
    log(dropped.remoteAddress, dropped.remotePort > 0, dropped.remoteFamily);
    first.destroy();
    net.connect(port, '127.0.0.1').resume();
  });
});
server.on('drop', (info) => { dropped = info; });
server.maxConnections = 1;
server.listen(0, '127.0.0.1', () => {
  port = server.address().port;
  mask(port, 'PORT');
  net.connect(port, '127.0.0.1').resume();
});
