// addMembership() and dropMembership(): which groups and interfaces they refuse
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.bind(0, () => {
  for (const method of ['addMembership', 'dropMembership']) {
    attempt(`${method} nothing`, () => socket[method]());
    attempt('interface alone', () => socket[method](undefined, '127.0.0.1'));
    for (const group of ['', 'nothing', '127.0.0.1', 'ff02::1', '239.1.2', '240.0.0.1']) {
      attempt(`${method} ${group}`, () => socket[method](group, '127.0.0.1'));
    }
    attempt('interface text', () => socket[method]('239.1.2.3', 'nothing'));
    attempt('interface family', () => socket[method]('239.1.2.3', '::1'));
  }
  try { socket.addMembership('127.0.0.1'); } catch (err) { log(err.name, err.code, err.errno, err.syscall, err.address); }
  attempt('drop before add', () => socket.dropMembership('239.1.2.3', '127.0.0.1'));
  attempt('add', () => socket.addMembership('239.1.2.3', '127.0.0.1'));
  attempt('add again', () => socket.addMembership('239.1.2.3', '127.0.0.1'));
  attempt('add another', () => socket.addMembership('239.1.2.4', '127.0.0.1'));
  attempt('drop', () => socket.dropMembership('239.1.2.3', '127.0.0.1'));
  attempt('drop again', () => socket.dropMembership('239.1.2.3', '127.0.0.1'));
  attempt('add once more', () => socket.addMembership('239.1.2.3', '127.0.0.1'));
  socket.close();
  attempt('closed', () => socket.addMembership('239.1.2.3'));
});
