// readableFlowing at every step
const net = require('net');
const { log } = require('./prelude');

const flowing = (label, socket) => log(label, socket.readableFlowing, socket.isPaused());
const run = (name, action) => {
  const socket = new net.Socket();
  flowing(`${name} new`, socket);
  action(socket);
  flowing(`${name} done`, socket);
  process.nextTick(() => process.nextTick(() => {
    flowing(`${name} ticked`, socket);
    socket.destroy();
    flowing(`${name} destroyed`, socket);
  }));
};
const listener = () => log('never');
run('data', (socket) => socket.on('data', listener));
run('once', (socket) => socket.once('data', listener));
run('readable', (socket) => socket.on('readable', () => { }));
run('resume', (socket) => socket.resume());
run('pause', (socket) => socket.pause());
run('pause, data', (socket) => socket.pause().on('data', listener));
run('data, pause', (socket) => socket.on('data', listener).pause());
run('data, off', (socket) => socket.on('data', listener).off('data', listener));
run('readable, data', (socket) => socket.on('readable', () => { }).on('data', listener));
run('pipe', (socket) => socket.pipe(new net.Socket()));
