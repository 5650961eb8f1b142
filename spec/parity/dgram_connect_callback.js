// connect() of a bound socket with a third argument that is no function: thrown, unless it is as good as none
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const cases = [['number', 5], ['text', 'callback'], ['true', true], ['object', {}], ['false', false], ['0', 0], ['empty', '']];
const next = () => {
  if (cases.length === 0) return;
  const [label, callback] = cases.shift();
  const socket = dgram.createSocket('udp4');
  socket.on('connect', () => log('connect'));
  socket.bind(0, '127.0.0.1', () => {
    attempt(label, () => socket.connect(9, '127.0.0.1', callback));
    log(socket.listenerCount('connect'));
    setImmediate(() => socket.close(next));
  });
};
next();
