// 'error' emitted by the script: the listener gets it, the server still listens; any event can be emitted by hand
const net = require('net');
const { log, trace } = require('./prelude');

const server = trace('server', net.createServer(), ['error', 'close', 'custom', 'connection']);
server.listen(0, () => {
  log(server.emit('error', new Error('by hand')), server.listening);
  log(server.emit('custom', 1, undefined, 'three'), server.emit('nobody'));
  log(server.emit('connection', 'not a socket'));
  server.close();
});
