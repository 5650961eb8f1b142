// an emit of one's own sees the events that the runtime emits; without arguments where there are none
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer((socket) => {
  log('listener');
  socket.destroy();
  server.close();
});
const emit = server.emit;
server.emit = function(name, ...args) {
  log('emit', name, args.length);
  return emit.call(this, name, ...args);
};
server.on('close', () => log('closed'));
server.listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').resume());
