// destroy() while the lookup is under way: its answer is ignored, no attempt is made
const net = require('net');
const { log, trace } = require('./prelude');

let answer;
const socket = new net.Socket();
trace('socket', socket, ['connectionAttempt', 'connect', 'error', 'close']);
const lookup = (host, options, done) => { answer = done; };
socket.connect({ port: 8080, host: 'some.name', lookup: lookup, autoSelectFamily: false });
setImmediate(() => {
  socket.destroy();
  log('destroyed', socket.connecting, socket.readyState);
  setTimeout(() => {
    answer(null, '127.0.0.1', 4);
    log('answered', socket.connecting, socket.destroyed);
  }, 10);
});
