// getConnections(): by tick, error first; counts what was accepted and is not destroyed yet
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((socket) => {
  log(server.getConnections((err, count) => log('open', err, count)) === server);
  log('after the call');
  server.getConnections(() => {
    socket.destroy();
    server.getConnections((err, count) => log('destroyed', err, count));
    server.close((err) => log('closed', err));
    server.getConnections((err, count) => log('closing', err, count));
  });
});
server.getConnections((err, count) => log('before listen', err, count));
log('end of main');
server.listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').resume());
