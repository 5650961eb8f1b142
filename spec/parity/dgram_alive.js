// a bound socket keeps the program alive, one that was never bound does not
const dgram = require('dgram');
const { log, trace } = require('./prelude');

process.on('exit', (code) => log('exit', code));
dgram.createSocket('udp4').on('message', () => log('never'));
const socket = trace('socket', dgram.createSocket('udp4'), ['close']);
socket.unref().ref();
socket.bind(0, '127.0.0.1', () => {
  setTimeout(() => {
    log('still here');
    socket.close();
  }, 20).unref();
});
