// A ends and B ends with it: the events of both ends, each in its own order
const net = require('net');
const { log, trace } = require('./prelude');

const names = ['data', 'end', 'prefinish', 'finish', 'error', 'close'];
const lines = [];
const server = net.createServer((peer) => {
  for (const name of names) peer.on(name, (...args) => lines.push([name, ...args]));
});
server.on('close', () => {
  for (const line of lines) log('B', line[0], line[1]);
});
server.listen(0, '127.0.0.1', () => {
  const socket = trace('A', net.connect(server.address().port, '127.0.0.1'), names);
  socket.on('connect', () => {
    log('end returns', socket.end('bye', () => log('A end callback')));
    log(socket.writable, socket.writableEnded, socket.writableFinished, socket.readyState);
  });
  socket.on('finish', () => log(socket.writableFinished, socket.readyState, socket.destroyed));
  socket.on('end', () => log(socket.readableEnded, socket.readyState, socket.destroyed));
  socket.on('close', () => server.close());
});
