// addSourceSpecificMembership() and dropSourceSpecificMembership(): strings, then what the system says
const dgram = require('dgram');
const { attempt } = require('./prelude');

const socket = dgram.createSocket('udp4');
socket.bind(0, () => {
  for (const method of ['addSourceSpecificMembership', 'dropSourceSpecificMembership']) {
    attempt(`${method} nothing`, () => socket[method]());
    attempt('source number', () => socket[method](5, '232.1.1.1'));
    attempt('source true', () => socket[method](true));
    attempt('source object', () => socket[method]({}, '232.1.1.1'));
    attempt('no group', () => socket[method]('127.0.0.1'));
    attempt('group number', () => socket[method]('127.0.0.1', 5));
    attempt('group false', () => socket[method]('127.0.0.1', false));
    attempt('source first', () => socket[method](5, 5));
    attempt('source text', () => socket[method]('nothing', '232.1.1.1'));
    attempt('group text', () => socket[method]('127.0.0.1', 'nothing'));
    attempt('group unicast', () => socket[method]('127.0.0.1', '127.0.0.1', '127.0.0.1'));
    attempt('interface text', () => socket[method]('127.0.0.1', '232.1.1.1', 'nothing'));
  }
  attempt('drop before add', () => socket.dropSourceSpecificMembership('127.0.0.1', '232.1.1.1', '127.0.0.1'));
  attempt('add', () => socket.addSourceSpecificMembership('127.0.0.1', '232.1.1.1', '127.0.0.1'));
  attempt('add again', () => socket.addSourceSpecificMembership('127.0.0.1', '232.1.1.1', '127.0.0.1'));
  attempt('another source', () => socket.addSourceSpecificMembership('127.0.0.2', '232.1.1.1', '127.0.0.1'));
  attempt('drop', () => socket.dropSourceSpecificMembership('127.0.0.1', '232.1.1.1', '127.0.0.1'));
  attempt('drop again', () => socket.dropSourceSpecificMembership('127.0.0.1', '232.1.1.1', '127.0.0.1'));
  socket.close();
});
