// write() on a socket that never connected: callback Socket is closed, 'error', 'close'
const net = require('net');
const { log } = require('./prelude');

const run = (name, action, after) => {
  const socket = new net.Socket();
  socket.on('error', (err) => log(name, 'error', err));
  socket.on('finish', () => log(name, 'finish'));
  socket.on('close', () => {
    log(name, 'close', socket.destroyed);
    after();
  });
  log(name, 'returns', action(socket));
  log(name, socket.destroyed);
};
const write = (socket) => socket.write('x', (err) => log('callback', err));
const ending = (socket) => socket.end('x', (err) => log('end callback', err));
run('write', write, () => run('end with data', ending, () => log('done')));
