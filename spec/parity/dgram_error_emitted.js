// an 'error' that the script emits closes nothing, and takes no callback of bind() with it that has run
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
socket.bind(0, '127.0.0.1', () => {
  log(socket.emit('error', new Error('made up')));
  log(socket.address().address);
  socket.once('message', (message) => {
    log('message', message);
    socket.removeAllListeners('error');
    attempt('unheard', () => socket.emit('error', new Error('nobody listens')));
    attempt('no error', () => socket.emit('error', 'a string'));
    socket.close();
  });
  socket.send('alive', socket.address().port, '127.0.0.1');
});
