// pause() and resume() in one go: 'pause' inside the call, 'resume' by tick, and only if there was a change
const net = require('net');
const { log, trace } = require('./prelude');

const socket = trace('socket', new net.Socket(), ['pause', 'resume']);
log(socket.readableFlowing);
socket.resume();
log('resumed', socket.readableFlowing);
socket.resume();
socket.pause();
log('paused', socket.readableFlowing);
socket.pause();
socket.resume();
log('resumed', socket.readableFlowing);
process.nextTick(() => log('tick'));
setImmediate(() => {
  log('immediate');
  socket.pause();
  socket.resume();
  socket.pause();
  setImmediate(() => {
    log('last', socket.readableFlowing, socket.isPaused());
    socket.destroy();
  });
});
