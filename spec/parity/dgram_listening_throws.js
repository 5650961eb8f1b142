// a listener of 'listening' that throws: uncaught, and the socket is bound
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
process.on('uncaughtException', (err) => {
  log('uncaught', err, socket.address().address);
  attempt('bind', () => socket.bind(0));
  socket.send('still alive', socket.address().port, '127.0.0.1');
});
socket.on('message', (message) => {
  log('message', message);
  socket.close();
});
socket.on('listening', () => { throw new Error('in listening'); });
socket.bind(0, '127.0.0.1', () => log('never'));
